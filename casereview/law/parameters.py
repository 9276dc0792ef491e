"""Dated numbers of the law: value, unit, counting rule and article, by the day that chooses the
law. Refuse, never guess.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from casereview.errors import RulesRefused
from casereview.yamlfile import LineDict, load_yaml


def _same_term(value: Decimal, unit: str, written: str) -> bool:
    """True when ``written`` is that number of days, or of months."""
    number = "".join(c for c in written if c.isdigit() or c == ".")
    same_unit = unit.endswith("月") == written.endswith("月")
    return bool(number) and Decimal(number) == value and same_unit


@dataclass(frozen=True)
class Value:
    """One value of a parameter with its proof. ``verified`` False means 待核实; ``report``: where
    it was read about, when the text itself was not (二手); ``chosen``: a number of this standard
    and of no law (自定).
    """

    value: Decimal
    unit: str
    day_kind: str
    source: str
    since: dt.date
    until: dt.date | None
    verified: bool
    report: str = ""
    chosen: bool = False

    @property
    def proof(self) -> str:
        """How well it is known, for people."""
        if not self.verified:
            return "K 待核实"
        if self.chosen:
            return "本标准自定，不是法律数字"
        return f"V~ 二手：{self.report}" if self.report else "V 读过原文"

    @property
    def basis(self) -> str:
        """Its source, with the report by which it is known."""
        return f"{self.source}，据{self.report}" if self.report else self.source

    def marks(self) -> str:
        """The keys of a rule file that tell its proof, each after a comma."""
        told = [("待核实", "" if self.verified else "true"), ("二手", self.report)]
        told += [("自定", "true" if self.chosen else "")]
        return "".join(f", {key}: {value}" for key, value in told if value)

    @property
    def working(self) -> bool:
        """True when its days are working days."""
        return self.day_kind == "工作日"

    def equals(self, written: str) -> bool:
        """True when ``written`` (60日, 6个月) names the same number of the same unit."""
        return _same_term(self.value, self.unit, written)

    def amount(self) -> str:
        """'7个工作日'."""
        unit = f"个{self.day_kind}" if self.unit == "日" and self.working else self.unit
        return f"{self.value.normalize():f}{unit}"

    def sentence(self) -> str:
        """'7个工作日（行政处罚法85）' for findings."""
        return f"{self.amount()}（{self.basis}{'' if self.verified else '，待核实'}）"


@dataclass(frozen=True)
class SpecialTerm:
    """A term that ``law`` sets in ``article`` otherwise than the general one. ``key``: of its
    title; ``until``: the first day on which it no longer stood; ``words``: what a paper tells of
    where it holds for some decisions only; ``prevails``: it goes before the general term, so that
    who writes it is right and who writes the general one may not be.
    """

    law: str
    key: str
    article: int
    number: Decimal
    unit: str
    since: dt.date | None
    until: dt.date | None
    words: tuple[str, ...]
    prevails: bool
    source: str

    def stands_on(self, day: dt.date) -> bool:
        """True when it is read in the version of that day."""
        return (self.since or dt.date.min) <= day < (self.until or dt.date.max)

    def equals(self, written: str) -> bool:
        """True when ``written`` (15日, 3个月) names the same number of the same unit."""
        return _same_term(self.number, self.unit, written)

    def sentence(self) -> str:
        """'15日（土地管理法83）' for findings."""
        return f"{self.number.normalize():f}{self.unit}（{self.source}）"


@dataclass(frozen=True)
class Parameter:
    """A named number of the law with its history, and what laws set otherwise."""

    name: str
    about: str
    values: tuple[Value, ...]
    special: tuple[SpecialTerm, ...] = ()

    def on(self, day: dt.date) -> Value | None:
        """The value in force on ``day``; None before the first or after the last: the check becomes
        待复核.
        """
        return next(
            (v for v in self.values if v.since <= day and (v.until is None or day <= v.until)), None
        )


_KEYS = {"说明", "单位", "日类", "取值"}
_VALUE_KEYS = {"自", "至", "值", "日类", "依据", "待核实", "二手", "自定"}


def load_parameters(path: Path) -> dict[str, Parameter]:
    """Read a parameter file. Raises RulesRefused."""
    return read_parameters(load_yaml(path), path)


def read_parameters(data: LineDict, path: Path) -> dict[str, Parameter]:
    """Type parameters; refuse unknown keys, missing sources and values that overlap in time. Raises
    RulesRefused.
    """
    bad: list[str] = []
    out: dict[str, Parameter] = {}
    for name, row in data.items():
        where = f"{path}：第 {data.line(name)} 行：参数“{name}”"
        if not isinstance(row, LineDict):
            bad.append(f"{where}应当是一组键")
            continue
        bad += _unknown(row, _KEYS, path)
        values: list[Value] = []
        for v in row.get("取值") or []:
            bad += _unknown(v, _VALUE_KEYS, path)
            complaint, value = _value(v, row, values[-1:])
            bad += [f"{path}：第 {v.start} 行：{c}" for c in complaint]
            values += [value] if value else []
        if not values and row.get("取值") != []:
            bad.append(f"{where}没有取值；法律没有规定、由各地填写的写 取值: []")
        out[name] = Parameter(name, row.get("说明") or "", tuple(values))
    if bad:
        raise RulesRefused(bad)
    return out


def _unknown(row: LineDict, known: set[str], path: Path) -> list[str]:
    """Complaints about keys that no such mapping has."""
    may = "、".join(sorted(known))
    return [
        f"{path}：第 {row.line(k)} 行：不认识的键“{k}”，可以写 {may}" for k in row if k not in known
    ]


def _value(v: LineDict, row: LineDict, before: list[Value]) -> tuple[list[str], Value | None]:
    """One value of a parameter with what is wrong with it. ``before``: the value before it."""
    since = v.get("自")
    if not isinstance(since, dt.date) or v.get("值") is None or not v.get("依据"):
        return ["每个取值都要有 自（日期）、值、依据"], None
    bad = []
    if before and (before[0].until is None or before[0].until >= since):
        bad.append("取值在时间上与上一个重叠，请给上一个取值写 至")
    return bad, Value(
        Decimal(str(v["值"])),
        row.get("单位") or "",
        v.get("日类") or row.get("日类") or "",
        v["依据"],
        since,
        v.get("至"),
        v.get("待核实") is not True,
        str(v.get("二手") or ""),
        v.get("自定") is True,
    )
