"""An item's rule as a lawyer writes it in a cell, and back: the keys of its kind, one a line.

    文书: [事先告知书]
    要素: [违法事实, 法律依据]

What is written is YAML, so that the loader judges it as it judges the file: names that are not
registered, unknown keys and wrong values are refused there, with the nearest names.
"""

from __future__ import annotations

from typing import Any

from casereview.errors import RulesRefused
from casereview.rules.condition_text import written
from casereview.rules.kinds.kind import Declared, Of
from casereview.rules.kinds.table import KINDS, Part
from casereview.rules.points import Price, plain
from casereview.rules.truth import Condition
from casereview.yamlfile import LineDict, parse_yaml

NAMES = {cls: name for name, cls in reversed(KINDS.items())}


def declaration_of(kind: Declared) -> str:
    """The keys of a kind, or of how an item costs points, as they stand in YAML, one a line;
    defaults left out.
    """
    fields = kind.keys()
    lines = []
    for name, value in kind.declared().items():
        lines.append(f"{name}: {value_of(fields[name].metadata['of'], value)}")
    return "\n".join(lines)


def condition_of(when: Condition) -> str:
    """当, as it stands in YAML: one word a line, several names in brackets."""
    return "\n".join(f"{word}: {flow(value)}" for word, value in written(when).items())


def parsed(text: str, where: str) -> LineDict:
    """A cell as a mapping. Raises RulesRefused with the place ``where``."""
    try:
        got = parse_yaml(text, where)
    except RulesRefused as e:
        raise RulesRefused([f"{c}（每行写一个键，冒号后空一格）" for c in e.complaints]) from e
    if not isinstance(got, LineDict):
        raise RulesRefused([f"{where}：要写成“键: 值”，每行一个"])
    return got


def flow(value: Any) -> str:
    """A parsed value as YAML on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return _list(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(str(k))}: {flow(v)}" for k, v in value.items()) + "}"
    return str(value) if isinstance(value, int) else quoted(str(value))


def quoted(text: str) -> str:
    """A YAML string that can hold anything a person types."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _plain(text: str) -> str:
    """A name that needs no quotes, else quoted."""
    bare = text and not set(text) & set("[]{},:#&*!|>%@`\"'〔【〈＋ ") and not text[0].isascii()
    return text if bare else quoted(text)


def _list(values: Any) -> str:
    return "[" + ", ".join(flow(v) if isinstance(v, dict) else _plain(str(v)) for v in values) + "]"


def value_of(of: Of, value: Any) -> str:
    """A value behind a key as YAML on one line."""
    if of is Of.PARTS:
        return "[" + ", ".join(_part(part) for part in value) + "]"
    if of in (Of.GROUPS, Of.PAPER_GROUPS, Of.FACT_LIMITS):
        pairs = (f"{_plain(k)}: {_plain(v) if isinstance(v, str) else _list(v)}" for k, v in value)
        return "{" + ", ".join(pairs) + "}"
    if of in (Of.POINTS, Of.SPAN, Of.PRICES, Of.NUMBERS):
        return _points(of, value)
    if of is Of.FLAG:
        return "true" if value else "false"
    if isinstance(value, tuple):
        return _list(value)
    return str(value) if of is Of.INTEGER else _plain(str(value))


def _points(of: Of, value: Any) -> str:
    """Points, a span, or names with points."""
    if of is Of.POINTS:
        return plain(value)
    if of is Of.SPAN:
        return "[" + ", ".join(map(plain, value)) + "]"
    pairs = [(p.name, p.written()) if isinstance(p, Price) else (p[0], plain(p[1])) for p in value]
    return "{" + ", ".join(f"{_plain(name)}: {said}" for name, said in pairs) + "}"


def _part(part: Part) -> str:
    own = [f"种类: {NAMES[type(part.kind)]}", *declaration_of(part.kind).split("\n")]
    if part.costs is not None:
        own.append(f"扣: {plain(part.costs)}")
    if part.mild:
        own.append("不否决: true")
    if part.when:
        own.append("当: {" + condition_of(part.when).replace("\n", ", ") + "}")
    return "{" + ", ".join(own) + "}"
