"""当 as text: read from YAML, written back as YAML, and said in a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from casereview.rules.condition import WORDS
from casereview.rules.kinds.kind import Of
from casereview.rules.truth import OR, Condition, Situation, Test
from casereview.yamlfile import LineDict


def said(condition: Condition) -> str:
    """A condition as a plain sentence."""
    return "，并且".join(_said(test) for test in condition)


def _said(test: Test) -> str:
    text = WORDS[test.word].says
    if test.branches:
        return "或者".join(said(branch) for branch in test.branches)
    options = dict(test.options)
    for key, _ in WORDS[test.word].keys:
        said_of = "、".join(_plain(n) for n in options.get(key, ()))
        text = text.replace(f"〈{key}〉", said_of or "—")
    return text.replace("〈〉", "、".join(_plain(n) for n in test.names))


def _plain(name: str) -> str:
    return name.replace(OR, "或者").replace(".", "的")


def parameters_of(condition: Condition) -> list[str]:
    """The numbers of the law that a condition compares with, those of its situations included."""
    out: list[str] = []
    for test in condition:
        for key, of in WORDS[test.word].keys:
            out += test.option(key) if of is Of.PARAMETER else ()
        found = test.situation
        parts = _parts(found) if found else ()
        for part in (*test.branches, *parts):
            out += parameters_of(part)
    return list(dict.fromkeys(out))


def _parts(found: Situation) -> tuple[Condition, ...]:
    """All conditions of a situation."""
    return (*found.any_of, *found.all_of, *found.doubtful, *found.possible)


def written(condition: Condition) -> dict[str, Any]:
    """A condition as the mapping that stands in YAML."""
    return {test.word: _written(test) for test in condition}


def _written(test: Test) -> Any:
    if test.branches:
        return [written(branch) for branch in test.branches]
    if test.options:
        return {key: list(names) for key, names in test.options}
    return list(test.names)


_KEYS = ("任一", "同时", "存疑", "可能")  # of a situation, in the order of its fields


class Reading(Protocol):
    """What the loader of a checklist lends: complaints at a line, and whether a name exists."""

    def complain(self, row: LineDict, key: str, text: str) -> None:
        """One complaint at the line of a key."""

    def verify(self, row: LineDict, key: str, of: Of, value: str) -> None:
        """Complain when ``value`` is not what may stand there."""

    def situation(self, row: LineDict, key: str, name: str) -> Situation | None:
        """The situation of this name; a complaint when there is none."""


def read_condition(value: object, owner: LineDict, key: str, reading: Reading) -> Condition:
    """What stands behind ``key`` of ``owner`` as a condition. What may not be written is complained
    of; None gives no condition.
    """
    if value is None:
        return ()
    if not isinstance(value, LineDict):
        reading.complain(owner, key, f"“{key}”要写成 词: 名称，词可以是 {'、'.join(WORDS)}")
        return ()
    tests = (_read_test(value, word, reading) for word in value)
    return tuple(test for test in tests if test is not None)


def _read_test(row: LineDict, word: str, reading: Reading) -> Test | None:
    if word not in WORDS:
        reading.complain(row, word, f"“当”里只能写 {'、'.join(WORDS)}，没有“{word}”")
        return None
    kind, value = WORDS[word], row[word]
    if kind.of is Of.CONDITIONS:
        return Test(word, branches=_conditions(row, word, reading))
    if kind.of is Of.OPTIONS:
        return _read_options(row, word, reading)
    names = tuple(str(v) for v in (value if isinstance(value, list) else [value]))
    if kind.of is Of.SITUATION:
        return Test(word, names, situation=reading.situation(row, word, names[0]))
    for name in names:
        for one in name.split(OR):
            reading.verify(row, word, kind.of, one)
    return Test(word, names)


def _read_options(row: LineDict, word: str, reading: Reading) -> Test | None:
    value, keys = row[word], dict(WORDS[word].keys)
    needed = set(keys) - set(WORDS[word].optional)
    known = isinstance(value, LineDict) and needed <= set(value) <= set(keys)
    if not known or not value:
        reading.complain(row, word, f"“{word}”下要写 {'、'.join(keys)}")
        return None
    options = []
    for key, given in value.items():
        names = tuple(str(v) for v in (given if isinstance(given, list) else [given]))
        for name in names:
            reading.verify(value, key, keys[key], name)
        options.append((str(key), names))
    return Test(word, options=tuple(options))


def read_situations(
    rows: Iterable[tuple[str, LineDict, LineDict]], reading: Reading, into: dict[str, Situation]
) -> None:
    """(name, the mapping it stands in, its own row) -> situations, into ``into`` as they are read,
    so that one may name those before it. Complaints go to ``reading``.
    """
    for name, owner, row in rows:
        if not isinstance(row, LineDict) or set(row) - {"说明", *_KEYS}:
            reading.complain(owner, name, f"情形“{name}”下可以写 说明、{'、'.join(_KEYS)}")
            continue
        parts = {k: _conditions(row, k, reading) for k in _KEYS}
        if not parts["任一"] and not parts["同时"]:
            reading.complain(owner, name, f"情形“{name}”要写 任一 或者 同时")
        about = str(row.get("说明") or "")
        into[name] = Situation(name, about, *parts.values())


def _conditions(row: LineDict, key: str, reading: Reading) -> tuple[Condition, ...]:
    """Several conditions, one a line."""
    rows = row.get(key)
    if rows is None:
        return ()
    if not isinstance(rows, list) or not rows:
        reading.complain(row, key, f"“{key}”下要写几组条件，每组一行，以 - 开头")
        return ()
    return tuple(read_condition(one, row, key, reading) for one in rows)
