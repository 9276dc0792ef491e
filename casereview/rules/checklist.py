"""YAML -> typed checks. Every complaint at once, with file and line and what may be written."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from casereview.errors import RulesRefused
from casereview.facts.procedures import DATA, PAPERS, procedures, usual
from casereview.facts.registry import ANY_PAPER, Registry
from casereview.facts.serving import OF_RECEIPT, plain
from casereview.law.parameters import Parameter
from casereview.rules.brought import KEY, Brought, read_brought
from casereview.rules.complaints import near, not_known
from casereview.rules.condition_text import read_condition, read_situations
from casereview.rules.deduction import Deduction
from casereview.rules.item_weight import WEIGHT_KEYS, weight_of
from casereview.rules.kinds.kind import Groups, Of, Pairs
from casereview.rules.kinds.table import Kind, Part
from casereview.rules.overlay import Layered
from casereview.rules.points import points_of
from casereview.rules.schemes import Scoring, read_scoring, unknown_sections
from casereview.rules.table import KINDS
from casereview.rules.truth import Condition, Situation
from casereview.rules.verdicts import DECIDING, DECISION
from casereview.yamlfile import LineDict

SituationRow = tuple[Path, str, LineDict]  # file, name, the mapping in which it stands
_TOP = {
    "清单",
    "编号",
    "版本",
    "程序",
    "缺省",
    "说明",
    "层级",
    "定律日",
    "决定文书",
    KEY,
    "计分",
    "检查项",
}
_ITEM = {
    "编号",
    "名称",
    "问题",
    "环节",
    "三项制度",
    "种类",
    "问题等级",
    "可补正",
    "取出即改正",
    "依据",
    "整改建议",
    "当",
    "适用日期",
    "不合格情形",
    "不适用或待复核",
    "曾用编号",
    "待核实",
    *WEIGHT_KEYS,
}
LONGEST = 16  # characters of the name of a fault
_PART = {"种类", "问题", "当", "扣", "不否决"}
_WORST = ("", "严重", "一般", "轻微")
_SINGLE = (Of.PARAMETER, Of.TEXT, Of.JUDGEMENT, Of.CHOICE)
_PLAIN: dict[Of, tuple[type, str]] = {
    Of.FLAG: (bool, "只能写 true 或 false"),
    Of.INTEGER: (int, "要写整数"),
}


@dataclass(frozen=True)
class Check:
    """One item of a checklist. ``since``/``until``: days of the law between which it applies;
    ``bonus``: adds points instead of taking them;
    ``former``: ids it was known by in earlier editions; ``by_removal``: put right by taking a paper
    out of the file (取出即改正), so that its absence later is no loss; ``deduction``: how it costs
    points; ``veto_effect``: what failing it does to the case, '' for what the scheme says;
    ``unread``: its basis was not read in the source (待核实), so that it never fails; ``fault``:
    what is wrong where it fails, as papers call it (问题).
    """

    id: str
    name: str
    stage: str
    system: str
    points: Decimal
    veto: bool
    curable: bool
    basis: tuple[str, ...]
    advice: str
    kind_name: str
    kind: Kind
    when: Condition
    fails_when: str
    note: str
    since: dt.date | None = None
    until: dt.date | None = None
    bonus: bool = False
    gravity: str = ""
    former: tuple[str, ...] = ()
    by_removal: bool = False
    deduction: Deduction = Deduction()
    veto_effect: str = ""
    unread: bool = False
    fault: str = ""


@dataclass(frozen=True)
class Checklist:
    """A whole checklist with the digest of its text (and of the layers below it)."""

    id: str
    title: str
    version: str
    procedure: str
    law_day: str
    scoring: Scoring
    checks: tuple[Check, ...]
    sha256: str
    decisions: tuple[str, ...] = ()
    default: bool = False
    off: tuple[tuple[str, str], ...] = ()
    brings: tuple[Brought, ...] = ()

    def get(self, check_id: str) -> Check | None:
        """The item with this id."""
        return next((c for c in self.checks if c.id == check_id), None)


def _list(v: object) -> tuple[str, ...]:
    return (
        tuple(str(x) for x in v)
        if isinstance(v, list)
        else (str(v),)
        if v not in (None, "")
        else ()
    )


def _text(row: LineDict, key: str) -> str:
    return str(row.get(key) or "")


class _Reader:
    """Reads the rows of one effective checklist, collecting complaints."""

    def __init__(
        self,
        layers: Layered,
        parameters: dict[str, Parameter],
        kinds: set[str],
        registry: Registry,
        decisions: tuple[str, ...],
        situations: Iterable[SituationRow] = (),
    ):
        self.layers, self.parameters, self.kinds = layers, parameters, kinds
        self.registry, self.decisions = registry, decisions
        self.bad: list[str] = []
        self.situations: dict[str, Situation] = {}
        for self.path, name, owner in situations:
            read_situations([(name, owner, owner[name])], self, self.situations)
        self.path = layers.files[-1]

    def complain(self, row: LineDict, key: str, text: str) -> None:
        """One complaint at the line of a key."""
        self.bad.append(f"{self.path}：第 {row.line(key)} 行：{text}")

    def head(self, data: LineDict) -> None:
        """What the checklist says of itself."""
        for k in data:
            if k not in _TOP:
                text = f"不认识的键“{k}”，可以写 {'、'.join(sorted(_TOP))}"
                self.complain(data, k, text)
        procedure, known = _text(data, "程序"), procedures()
        if procedure and procedure not in known:
            text = f"没有程序“{procedure}”，可以写 {'、'.join(known)}（{PAPERS}/{DATA}）"
            self.complain(data, "程序", text)
        for name in self.decisions:
            self.paper(data, "决定文书", name)
        if data.get("定律日"):
            self.fact(data, "定律日", str(data["定律日"]))

    def checks(self, data: LineDict, scoring: Scoring) -> list[Check]:
        """Every item that was not complained of."""
        out: dict[str, tuple[Check, int]] = {}
        for row in data.get("检查项") or []:
            if not isinstance(row, LineDict):
                self.bad.append(f"{self.layers.files[-1]}：检查项应当是一组键")
            elif c := self.check(row, scoring):
                if c.id in out:
                    text = f"编号“{c.id}”重复（第 {out[c.id][1]} 行已有）"
                    self.bad.append(f"{self.layers.files[-1]}：第 {row.start} 行：{text}")
                out[c.id] = c, row.start
        self.path = self.layers.files[-1]
        return [c for c, _ in out.values()]

    def check(self, row: LineDict, scoring: Scoring) -> Check | None:
        """One item; None when it was complained of."""
        self.path = self.layers.origin.get(str(row.get("编号")), self.layers.files[-1])
        start = len(self.bad)
        for k in ("编号", "名称", "种类", "分值"):
            if row.get(k) is None:
                self.bad.append(f"{self.path}：第 {row.start} 行：检查项缺“{k}”")
        kind = self.kind(row, _ITEM)
        weight = weight_of(row, kind, scoring, self.complain)
        if _text(row, "问题等级") not in _WORST:
            self.complain(row, "问题等级", "问题等级只能写 严重、一般、轻微")
        self._fault(row)
        since, until = self._span(row)
        when = self.when(row)
        if len(self.bad) > start or kind is None:
            return None
        return Check(
            _text(row, "编号"),
            _text(row, "名称"),
            _text(row, "环节"),
            _text(row, "三项制度"),
            weight.points,
            weight.veto,
            row.get("可补正") is True,
            _list(row.get("依据")),
            _text(row, "整改建议"),
            _text(row, "种类"),
            kind,
            when,
            _text(row, "不合格情形"),
            _text(row, "不适用或待复核"),
            since,
            until,
            row.get("加分") is True,
            _text(row, "问题等级"),
            _list(row.get("曾用编号")),
            row.get("取出即改正") is True,
            weight.deduction,
            weight.veto_effect,
            row.get("待核实") is True,
            _text(row, "问题"),
        )

    def _fault(self, row: LineDict) -> str:
        """The name of the fault of an item or of a part of it."""
        said = _text(row, "问题")
        if len(said) > LONGEST:
            self.complain(row, "问题", f"问题最多 {LONGEST} 个字，现在 {len(said)} 个字")
        if said and said == _text(row, "名称"):
            self.complain(row, "问题", "问题要说错在哪里（如 告知晚于决定），不能与名称相同")
        return said

    def _span(self, row: LineDict) -> tuple[dt.date | None, dt.date | None]:
        span = row.get("适用日期")
        if span is None:
            return None, None
        if (
            not isinstance(span, LineDict)
            or set(span) - {"自", "至"}
            or not all(isinstance(v, dt.date) for v in span.values())
        ):
            self.complain(
                row,
                "适用日期",
                "适用日期要写成 {自: 2024-01-01} 或 {自: 2024-01-01, 至: 2025-12-31}",
            )
            return None, None
        return span.get("自"), span.get("至")

    def when(self, row: LineDict) -> Condition:
        """The condition of an item or of a part of it."""
        return read_condition(row.get("当"), row, "当", self)

    def situation(self, row: LineDict, key: str, name: str) -> Situation | None:
        """A named condition that is already read."""
        found = self.situations.get(name)
        if found is None:
            alike = near(name, self.situations)
            self.complain(row, key, f"没有情形“{name}”（或者写在它的后面），相近的有 {alike}")
        return found

    def kind(self, row: LineDict, common: set[str]) -> Kind | None:
        """The kind of check a row asks for, with its own keys."""
        name = str(row.get("种类") or "")
        cls = KINDS.get(name)
        if name and cls is None:
            self.complain(row, "种类", f"没有种类“{name}”，可以写 {'、'.join(KINDS)}")
        self._known_keys(row, name, common | set(cls.keys() if cls else ()))
        if cls is None:
            return None
        lacking = [k for k in cls.needs() if row.get(k) in (None, "", [])]
        if lacking:
            text = f"种类“{name}”要写“{'、'.join(lacking)}”"
            self.bad.append(f"{self.path}：第 {row.start} 行：{text}")
            return None
        return self._made(cls, row)

    def _known_keys(self, row: LineDict, name: str, allowed: set[str]) -> None:
        for k in row:
            if k not in allowed:
                known = "、".join(sorted(allowed))
                self.complain(row, k, f"种类“{name}”下不认识的键“{k}”，可以写 {known}")

    def _made(self, cls: type[Kind], row: LineDict) -> Kind:
        """A kind with the values of a row; what they may not be is complained of."""
        given = {key: f for key, f in cls.keys().items() if key in row}
        got = {
            f.name: self._value(row, key, f.metadata["of"])
            for key, f in given.items()
            if row[key] is not None
        }
        for key, f in given.items():
            choices = f.metadata["choices"]
            if choices and row[key] not in choices:
                self.complain(row, key, f"{key}只能写 {'、'.join(choices)}")
        if complaint := cls.refuses(got):
            self.bad.append(f"{self.path}：第 {row.start} 行：{complaint}")
        return cls(**got)

    def _value(self, row: LineDict, key: str, of: Of) -> Any:
        """The value behind a key, typed as the kind declares it."""
        value = row[key]
        if of is Of.PARTS:
            return self._parts(value)
        if of in (Of.GROUPS, Of.PAPER_GROUPS):
            return self._groups(row, key, value, of)
        if of is Of.FACT_LIMITS:
            return self._limits(row, key, value)
        if of in _PLAIN:
            kind, text = _PLAIN[of]
            if not isinstance(value, kind):
                self.complain(row, key, f"{key}{text}")
            return value
        many = (str(value),) if of in _SINGLE else _list(value)
        for one in many:
            self.verify(row, key, of, one)
        return many[0] if of in _SINGLE else many

    def _parts(self, rows: object) -> tuple[Part, ...]:
        every = [row for row in rows if isinstance(row, LineDict)] if isinstance(rows, list) else []
        return tuple(
            Part(kind, self.when(row), self._cost(row), row.get("不否决") is True, self._fault(row))
            for row in every
            if (kind := self.kind(row, _PART)) is not None
        )

    def _cost(self, row: LineDict) -> Decimal | None:
        """What a part costs, where it says so."""
        try:
            return None if row.get("扣") is None else points_of(row["扣"])
        except ValueError as e:
            self.complain(row, "扣", f"扣{e}")
            return None

    def _groups(self, row: LineDict, key: str, value: object, of: Of) -> Groups:
        if not isinstance(value, dict):
            self.complain(row, key, f"{key}要写成 名称: [词, 词]")
            return ()
        groups = tuple((str(name), _list(words)) for name, words in value.items())
        for paper in (p for _, names in groups for p in names if of is Of.PAPER_GROUPS):
            self.paper(row, key, paper)
        return groups

    def _limits(self, row: LineDict, key: str, value: object) -> Pairs:
        if not isinstance(value, LineDict):
            self.complain(row, key, f"{key}要写成 要素: 参数")
            return ()
        for fact, parameter in value.items():
            self.verify(value, fact, Of.PARAMETER, str(parameter))
            self._of_papers(row, key, str(fact))
        return tuple((str(fact), str(parameter)) for fact, parameter in value.items())

    def verify(self, row: LineDict, key: str, of: Of, value: str) -> None:
        """What a value names must exist."""
        if of is Of.PAPERS:
            self.paper(row, key, value)
        elif of is Of.FACTS or (of is Of.MIXED and "." in value):
            self.fact(row, key, value)
        elif of is Of.MIXED:
            self.paper(row, key, value)
        elif of is Of.PAPER_FACTS:
            self._of_papers(row, key, value)
        elif of is Of.PARAMETER and value not in self.parameters:
            self.complain(row, key, f"没有参数“{value}”，相近的有 {near(value, self.parameters)}")
        elif complaint := not_known(of, value):
            self.complain(row, key, complaint)

    def paper(self, row: LineDict, key: str, name: str) -> None:
        """A kind of paper that exists, or 决定文书; also with 的送达回证 after it."""
        served = name.removesuffix(OF_RECEIPT)
        if served not in self.kinds and served not in (DECIDING, ANY_PAPER):
            text = f"没有文书“{name}”，相近的有 {near(name, self.kinds)}，全部名称见“文书”文件夹"
            self.complain(row, key, text)

    def fact(self, row: LineDict, key: str, name: str) -> None:
        """A registered fact of a paper that exists."""
        paper, _, fact = name.partition(".")
        if paper == DECIDING:
            for kind in self.decisions:
                self.fact(row, key, f"{kind}.{fact}")
        elif plain(paper) not in self.kinds or paper != plain(paper):
            self.paper(row, key, paper)
        if paper == ANY_PAPER or (paper != DECIDING and plain(paper) in self.kinds):
            self._registered(row, key, f"{plain(paper)}.{fact}")

    def _registered(self, row: LineDict, key: str, name: str) -> None:
        if self.registry.get(name) is None:
            alike = "、".join(self.registry.near(name))
            self.complain(row, key, f"没有登记要素“{name}”，相近的有 {alike}")

    def _of_papers(self, row: LineDict, key: str, fact: str) -> None:
        """A fact that every paper of the row has."""
        for paper in _list(row.get("文书")):
            self.fact(row, key, f"{paper}.{fact}")


def load_checklist(
    layers: Layered,
    parameters: dict[str, Parameter],
    kinds: set[str],
    registry: Registry,
    situations: Iterable[SituationRow] = (),
) -> Checklist:
    """Type an effective checklist. ``kinds``: document kinds that exist; ``situations``: the named
    conditions of the rules folder and of the layers. Raises RulesRefused with every complaint.
    """
    data, path = layers.tree, layers.files[-1]
    decisions = _list(data.get("决定文书")) or DECISION
    reader = _Reader(layers, parameters, kinds, registry, decisions, situations)
    reader.head(data)
    brings = read_brought(data, reader)
    scoring = read_scoring(path, data, reader.bad)
    checks = reader.checks(data, scoring)
    if not checks:
        reader.bad.append(f"{path}：没有检查项")
    for key, name in unknown_sections(scoring, (c.stage for c in checks)) if not reader.bad else ():
        reader.complain(data["计分"], key, f"{key}里的“{name}”，没有检查项属于这个环节")
    if reader.bad:
        raise RulesRefused(reader.bad)
    digest = hashlib.sha256(b"".join(p.read_bytes() for p in layers.files)).hexdigest()
    return Checklist(
        _text(data, "编号") or path.stem,
        _text(data, "清单") or path.stem,
        _text(data, "版本"),
        _text(data, "程序") or usual().id,
        _text(data, "定律日") or "处罚决定书.作出日期",
        scoring,
        tuple(checks),
        digest,
        decisions,
        data.get("缺省") is True,
        tuple((i, why) for i, (why, _) in sorted(layers.off.items())),
        brings,
    )
