"""An invented unit: where it is, its people, its courts and banks. The same for all its cases."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from drawing.words import Words

# Sectors whose departments answer to the department above them (行政复议法 27).
VERTICAL = ("消防救援", "烟草专卖", "税务", "邮政管理")


@dataclass
class Unit:
    """One enforcing unit."""

    sector: str
    province: str
    city: str
    place: str
    agency: str
    team: str
    short: str
    officers: list[tuple[str, str]] = field(default_factory=list)
    head: str = ""
    leader: str = ""
    deputy: str = ""
    lawyer: str = ""
    clerk: str = ""
    others: list[str] = field(default_factory=list)
    bank: str = ""
    account: str = ""
    phone: str = ""
    office: str = ""
    court: str = ""
    government: str = ""
    senior: str = ""


def person(words: Words, key: str, taken: set[str]) -> str:
    """A name that nobody of this set has yet."""
    rng = words.dice(f"person.{key}")
    while True:
        if rng.random() < words.options("names", "民族名率")[0]:
            name = rng.choice(words.options("names", "民族名"))
        else:
            name = rng.choice(words.options("names", "姓")) + rng.choice(
                words.options("names", "名")
            )
        if name not in taken:
            taken.add(name)
            return str(name)
        if len(taken) > 150:
            raise RuntimeError("no name left")


def draw_unit(words: Words, sector: str) -> Unit:
    """The unit of a house."""
    province, city = words.pick("names", "省"), words.pick("names", "市")
    place = words.pick("names", "县")
    rng = words.dice("unit")
    name = rng.choice(words.table("names")["机关"][sector])
    agency = name.format(place=place, city=city, province=province)
    whole = place if place in agency else city
    taken: set[str] = set()
    prefix = f"49{rng.randrange(10, 99)}{rng.randrange(10, 99)}"
    officers = [
        (person(words, f"officer{i}", taken), f"{prefix}{rng.randrange(10000, 99999)}")
        for i in range(4)
    ]
    unit = Unit(
        sector,
        province,
        city,
        place,
        agency,
        words.pick("names", "机构"),
        "",
        officers,
        *(person(words, key, taken) for key in ("head", "leader", "deputy", "lawyer", "clerk")),
    )
    unit.short = place[0] + words.table("names")["简称"][sector]
    unit.others = [person(words, f"other{i}", taken) for i in range(3)]
    unit.bank = f"{words.pick('names', '银行')}{place[:-1]}支行"
    unit.account = "".join(rng.choice("0123456789") for _ in range(17))
    unit.phone = f"0{rng.randrange(790, 799)}-{rng.randrange(2000000, 8999999)}"
    unit.office = f"{place}{words.pick('names', '路', 'office')}{rng.randrange(1, 300)}号"
    unit.court, unit.government = f"{place}人民法院", f"{whole}人民政府"
    own = place in agency and city not in agency and not agency.endswith(("政府", "办事处"))
    senior = agency.replace(place, city) if own else ""
    unit.senior = senior.replace("大队", "支队")
    return unit


def reconsideration(unit: Unit, day: dt.date, words: Words) -> str:
    """Who reconsiders: the government; before 2024 the senior department could as well."""
    if unit.sector in VERTICAL and unit.senior:
        return unit.senior
    if day < dt.date(2024, 1, 1) and unit.senior and words.chance("senior", 0.5):
        return f"{unit.government}或者{unit.senior}"
    return unit.government


def party_of(words: Words, unit: Unit, violation: dict[str, Any], key: str) -> dict[str, Any]:
    """The party of a case: firm, trader or person, with number and address."""
    from drawing.writing import credit_code, person_number

    rng = words.dice(f"party.{key}")
    kinds = violation.get("主体") or ["单位", "单位", "户", "个人"]
    kind = rng.choice(kinds)
    taken: set[str] = {x for x, _ in unit.officers} | {unit.head, unit.leader, unit.lawyer}
    taken |= {unit.deputy, unit.clerk, *unit.others}
    owner, agent = person(words, f"owner.{key}", taken), person(words, f"agent.{key}", taken)
    road = rng.choice(words.options("names", "路"))
    address = f"{unit.province}{unit.city}{unit.place}{road}{rng.randrange(2, 480)}号"
    firms = violation.get("行业") or words.table("names")["行业"][unit.sector]
    signs = words.options("names", "字号")
    sign = signs[(words.dice("sign").randrange(len(signs)) + int(key)) % len(signs)]
    shape = words.pick("names", "名式", key)
    if kind != "个人":
        firm = firms[rng.randrange(2)] if kind == "单位" else firms[2]
        name = shape.format(place=unit.place, city=unit.city, sign=sign, firm=firm)
    else:
        name = owner
        address += f"{rng.randrange(1, 9)}幢{rng.randrange(101, 1203)}室"
    return {
        "kind": kind,
        "name": name,
        "owner": owner,
        "agent": agent,
        "agent_id": person_number(rng),
        "code": person_number(rng) if kind == "个人" else credit_code(rng, kind == "户"),
        "address": address,
        "phone": f"1{rng.choice('3578')}{rng.randrange(100000000, 999999999)}",
        "place": address
        if kind != "个人"
        else f"{unit.place}{rng.choice(words.options('names', '镇'))}{road}旁",
    }
