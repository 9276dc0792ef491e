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


@dataclass(frozen=True)
class Value:
    """One value of a parameter with its proof. ``verified`` False means 待核实."""

    value: Decimal
    unit: str
    day_kind: str
    source: str
    since: dt.date
    until: dt.date | None
    verified: bool

    @property
    def working(self) -> bool:
        """True when its days are working days."""
        return self.day_kind == "工作日"

    def equals(self, written: str) -> bool:
        """True when ``written`` (60日, 6个月) names the same number of the same unit."""
        number = "".join(c for c in written if c.isdigit() or c == ".")
        same_unit = self.unit.endswith("月") == written.endswith("月")
        return bool(number) and Decimal(number) == self.value and same_unit

    def amount(self) -> str:
        """'7个工作日'."""
        return f"{self.value.normalize():f}{'个' + self.day_kind if self.unit == '日' and self.day_kind == '工作日' else self.unit}"

    def sentence(self) -> str:
        """'7个工作日（行政处罚法85）' for findings."""
        return f"{self.amount()}（{self.source}{'' if self.verified else '，待核实'}）"


@dataclass(frozen=True)
class Parameter:
    """A named number of the law with its history."""

    name: str
    about: str
    values: tuple[Value, ...]

    def on(self, day: dt.date) -> Value | None:
        """The value in force on ``day``; None before the first or after the last: the check becomes
        待复核.
        """
        return next(
            (v for v in self.values if v.since <= day and (v.until is None or day <= v.until)), None
        )


_KEYS = {"说明", "单位", "日类", "取值"}
_VALUE_KEYS = {"自", "至", "值", "日类", "依据", "待核实"}


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
        bad += [
            f"{path}：第 {row.line(k)} 行：不认识的键“{k}”，可以写 {'、'.join(sorted(_KEYS))}"
            for k in row
            if k not in _KEYS
        ]
        values: list[Value] = []
        for v in row.get("取值") or []:
            bad += [
                f"{path}：第 {v.line(k)} 行：不认识的键“{k}”，可以写"
                f" {'、'.join(sorted(_VALUE_KEYS))}"
                for k in v
                if k not in _VALUE_KEYS
            ]
            if not isinstance(v.get("自"), dt.date) or v.get("值") is None or not v.get("依据"):
                bad.append(f"{path}：第 {v.start} 行：每个取值都要有 自（日期）、值、依据")
                continue
            if values and (values[-1].until is None or values[-1].until >= v["自"]):
                bad.append(
                    f"{path}：第 {v.start} 行：“{name}”的取值在时间上重叠，请给上一个取值写 至"
                )
            values.append(
                Value(
                    Decimal(str(v["值"])),
                    row.get("单位") or "",
                    v.get("日类") or row.get("日类") or "",
                    v["依据"],
                    v["自"],
                    v.get("至"),
                    v.get("待核实") is not True,
                )
            )
        if not values:
            bad.append(f"{where}没有取值")
        out[name] = Parameter(name, row.get("说明") or "", tuple(values))
    if bad:
        raise RulesRefused(bad)
    return out
