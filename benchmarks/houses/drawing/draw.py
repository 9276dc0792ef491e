"""A set of houses drawn into a folder."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from drawing.binder import Binder
from drawing.case import Case
from drawing.house import MEDIA, House
from drawing.labels import WrongLabel, label
from drawing.planting import Fault, plant
from drawing.procedure import procedure

FORMATS = MEDIA
LAWFUL = 0.3
BATCHES = {
    "ordinary": "案卷评查",
    "summary": "简易程序评查",
    "nopenalty": "不予处罚案卷评查",
    "coercion": "行政强制案卷评查",
    "inspection": "行政检查案卷评查",
    "licence": "行政许可案卷评查",
}
TRIES = 60
BLIND = (  # faults of dates that some houses write by hand: nobody can ask a machine to read them
    ("filing.first", "after-notice"),
    ("decision.approved", "after"),
    ("decision.within-90-days", "late"),
    ("closing.after-execution", "before-payment"),
    ("inspection.plan", "approved-after"),
    ("coercion.approved-first", "after"),
)
FORMAT = {"parts": "merged"}


def house_of(part: str, seed: int, formats: list[str], name: str = "ordinary") -> House:
    """The house of a seed, in one of the wanted formats."""
    house = House(part, seed, procedure=name)
    if formats and house.medium not in formats:
        house.medium = house.words.dice("medium").choice(formats)
    return house


def story_of(house: House, n: int) -> tuple[dict[str, Any], list[Fault]]:
    """Story n of a house: lawful, or with one to four faults that the verifier confirms."""
    rng = house.words.dice(f"plant.{n}")
    violation = rng.choice(house.violations)
    way = procedure(house.procedure)
    lawful = way.draw(house, violation, n)
    if way.broken(lawful):
        raise WrongLabel(f"a lawful story breaks {sorted(way.broken(lawful))}")
    if rng.random() < LAWFUL:
        return lawful, []
    blind = {(c, v) for c, v in BLIND if house.dates_by_hand}
    seen = [f for f in way.faults if (f.check, f.variant) not in blind]
    for _ in range(TRIES):
        story = copy.deepcopy(lawful)
        try:
            planted = plant(story, seen, rng.choice([1, 2, 2, 3, 4]), random.Random(rng.random()))
            label(Case(house, story), planted, [])
        except (WrongLabel, TypeError, KeyError, IndexError, AttributeError):
            continue
        return story, planted
    raise WrongLabel("no faults could be planted")


def draw_house(out: Path, house: House, cases: int, mutations: list[str]) -> list[dict[str, Any]]:
    """The cases of one house under 批次/单位; returns their labels."""
    rows = []
    when = house.words.dice("batch").choice(["2025年度", "2026年上半年"])
    batch = f"{when}{BATCHES[house.procedure]}"
    unit = out / batch / house.unit.agency
    for n in range(1, cases + 1):
        story, planted = story_of(house, n)
        binder = Binder(house, story, mutations)
        folder = unit / binder.folder_name()
        if folder.exists():
            folder = unit / f"{n}-{binder.folder_name()}"
        documents = binder.write(folder)
        row = {"case": folder.relative_to(out).as_posix()} | label(
            binder.case,
            planted,
            documents,
            unit=house.unit.agency,
            sector=house.sector,
            style=f"{house.part}-{house.procedure}-{house.seed}",
            format=FORMAT.get(house.medium, house.medium),
            medium=house.medium,
        )
        if "order" in mutations and "archive.order" not in row["must_fail"]:
            row["may_fail"] = sorted({*row["may_fail"], "archive.order"})
        rows.append({**row, "story": story})
    return rows


def draw_set(
    out: Path,
    part: str,
    seeds: Iterable[int],
    cases: int,
    formats: list[str],
    names: Iterable[str] = ("ordinary",),
    mutations: Iterable[str] = (),
) -> list[dict[str, Any]]:
    """Houses of these seeds; writes labels.jsonl and stories.jsonl beside them."""
    rows = []
    for name in names:
        for seed in seeds:
            rows += draw_house(out, house_of(part, seed, formats, name), cases, list(mutations))
    out.mkdir(parents=True, exist_ok=True)
    stories = [{"case": r["case"], "story": r.pop("story")} for r in rows]
    for name, lines in (("labels.jsonl", rows), ("stories.jsonl", stories)):
        text = "".join(json.dumps(x, ensure_ascii=False, default=str) + "\n" for x in lines)
        (out / name).write_text(text, "utf-8")
    return rows
