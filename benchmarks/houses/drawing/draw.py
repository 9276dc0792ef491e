"""A set of houses drawn into a folder."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from drawing.binder import Binder
from drawing.faults import Fault, plant
from drawing.house import MEDIA, House
from drawing.labels import WrongLabel, label
from drawing.penalty import Case
from drawing.story import draw_story
from drawing.verify import broken

FORMATS = MEDIA
LAWFUL = 0.3
TRIES = 60


def house_of(part: str, seed: int, formats: list[str]) -> House:
    """The house of a seed, in one of the wanted formats."""
    house = House(part, seed)
    if formats and house.medium not in formats:
        house.medium = house.words.dice("medium").choice(formats)
    return house


def story_of(house: House, n: int) -> tuple[dict[str, Any], list[Fault]]:
    """Story n of a house: lawful, or with one to four faults that the verifier confirms."""
    rng = house.words.dice(f"plant.{n}")
    violation = rng.choice(house.violations)
    lawful = draw_story(house.words, house.unit, violation, n, house)
    if broken(lawful):
        raise WrongLabel(f"a lawful story breaks {sorted(broken(lawful))}")
    if rng.random() < LAWFUL:
        return lawful, []
    for _ in range(TRIES):
        story = copy.deepcopy(lawful)
        try:
            planted = plant(story, rng.choice([1, 2, 2, 3, 4]), random.Random(rng.random()))
            label(Case(house, story), planted, [])
        except (WrongLabel, TypeError, KeyError, IndexError, AttributeError):
            continue
        return story, planted
    raise WrongLabel("no faults could be planted")


def draw_house(out: Path, house: House, cases: int) -> list[dict[str, Any]]:
    """The cases of one house under 批次/单位; returns their labels."""
    rows = []
    batch = f"{house.words.dice('batch').choice(['2025年度', '2026年上半年'])}案卷评查"
    unit = out / batch / house.unit.agency
    for n in range(1, cases + 1):
        story, planted = story_of(house, n)
        binder = Binder(house, story)
        folder = unit / binder.folder_name()
        if folder.exists():
            folder = unit / f"{n}-{binder.folder_name()}"
        documents = binder.write(folder)
        row = {"case": folder.relative_to(out).as_posix()} | label(
            binder.case, planted, documents, unit=house.unit.agency, sector=house.sector, style=f"{house.part}-{house.seed}",
            format={"parts": "merged"}.get(house.medium, house.medium), medium=house.medium,
        )  # fmt: skip
        rows.append({**row, "story": story})
    return rows


def draw_set(
    out: Path, part: str, seeds: Iterable[int], cases: int, formats: list[str]
) -> list[dict[str, Any]]:
    """Houses of these seeds; writes labels.jsonl and stories.jsonl beside them."""
    rows = []
    for seed in seeds:
        rows += draw_house(out, house_of(part, seed, formats), cases)
    out.mkdir(parents=True, exist_ok=True)
    stories = [{"case": r["case"], "story": r.pop("story")} for r in rows]
    for name, lines in (("labels.jsonl", rows), ("stories.jsonl", stories)):
        text = "".join(json.dumps(x, ensure_ascii=False, default=str) + "\n" for x in lines)
        (out / name).write_text(text, "utf-8")
    return rows
