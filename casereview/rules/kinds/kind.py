"""What all kinds of check have in common: keys a lawyer may write, a judgement, a plain sentence.

A kind is a frozen class. Each of its fields is declared with :func:`key`: the Chinese key of the
YAML, what may stand there (``Of``) and a word of explanation. The loader, the JSON schema, the
table in Excel and ``checklist show`` are all made from these declarations.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar

from casereview.model import Verdict

if TYPE_CHECKING:
    from casereview.rules.verdicts import Context

Groups = tuple[tuple[str, tuple[str, ...]], ...]
Pairs = tuple[tuple[str, str], ...]


class Of(StrEnum):
    """What may stand behind a key."""

    PAPERS = "文书名称"
    FACTS = "文书.要素"
    PAPER_FACTS = "所列文书的要素"
    FACT_LIMITS = "要素: 参数"
    PARAMETER = "参数名称"
    WORDINGS = "说法"
    GROUPS = "名称: [说法]"
    PAPER_GROUPS = "名称: [文书]"
    INTEGER = "整数"
    FLAG = "true 或 false"
    TEXT = "文字"
    TEXTS = "几个名称"
    MIXED = "文书或者要素"
    PARTS = "各项要求"
    SITUATION = "情形名称"
    CONDITIONS = "几组条件"
    OPTIONS = "几个键"
    JUDGEMENT = "专门判定的名称"
    CHOICE = "几个词里的一个"
    POINTS = "分数"
    DAY = "日期，写成 2021-07-15"
    SPAN = "[最少, 最多]"
    PRICES = "情形: 几分，按处或者按项计的写 每处 1、每项 1"
    NUMBERS = "名称: 分数"


def key(
    name: str,
    of: Of,
    *,
    needed: bool = False,
    says: str = "",
    default: Any = (),
    choices: tuple[str, ...] = (),
) -> Any:
    """A field of a kind: its key in YAML, what may stand there (``choices``: the words, where one
    of a few is asked), whether it must be written, and what it means.
    """
    meta = {"key": name, "of": of, "needed": needed, "says": says, "choices": choices}
    if needed:
        return dataclasses.field(metadata=meta)
    return dataclasses.field(default=default, metadata=meta)


@dataclass(frozen=True)
class TimeSpan:
    """Days that a check limits: the facts they run from and to (the first that is read counts), and
    the number of the law that limits them.
    """

    start: tuple[str, ...]
    end: tuple[str, ...]
    limit: str


class Declared:
    """A frozen class whose fields are declared with :func:`key`; other fields are no keys."""

    @classmethod
    def keys(cls) -> dict[str, dataclasses.Field[Any]]:
        """YAML key -> field, in the order of declaration."""
        fields = dataclasses.fields(cls)  # type: ignore[arg-type]
        return {f.metadata["key"]: f for f in fields if "key" in f.metadata}

    @classmethod
    def needs(cls) -> list[str]:
        """Keys that must be written."""
        return [name for name, f in cls.keys().items() if f.metadata["needed"]]

    def declared(self) -> dict[str, Any]:
        """What was written, by YAML key; defaults left out."""
        out = {}
        for name, f in self.keys().items():
            value = getattr(self, f.name)
            if value != f.default:
                out[name] = value
        return out


@dataclass(frozen=True)
class Kind(Declared):
    """Common to all kinds. ``version`` is raised when a kind answers otherwise than before: the
    rule of every item of that kind then counts as moved (规则已变).
    """

    version: ClassVar[int] = 1

    @classmethod
    def refuses(cls, given: dict[str, Any]) -> str:
        """A complaint about what was written together; '' when there is none."""
        return ""

    def names(self, of: Of) -> tuple[str, ...]:
        """What was written behind the keys of one sort: papers, facts, parameters."""
        out: list[str] = []
        for f in dataclasses.fields(self):
            value = getattr(self, f.name)
            if f.metadata["of"] is of and value:
                out += [value] if isinstance(value, str) else list(value)
            elif f.metadata["of"] is Of.FACT_LIMITS and of is Of.PARAMETER:
                out += [parameter for _, parameter in value]
        return tuple(dict.fromkeys(out))

    def spans(self) -> tuple[TimeSpan, ...]:
        """The days that it limits, for who would draw them."""
        return ()

    def judge(self, ctx: Context) -> Verdict:
        """Answer for one case."""
        raise TypeError(f"{type(self).__name__} must answer")

    def rule(self) -> str:
        """The requirement as a plain sentence, made from the declaration alone."""
        raise TypeError(f"{type(self).__name__} must say its rule")


def listed(names: tuple[str, ...], last: str = "、") -> str:
    """'甲、乙、丙'."""
    return last.join(names)


def short(names: tuple[str, ...]) -> str:
    """Facts as people say them: '处罚决定书的作出日期'."""
    return "或者".join(n.replace(".", "的") for n in names)
