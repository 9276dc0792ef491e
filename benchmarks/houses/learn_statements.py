"""Learn what sentences state from the sentences of drawn papers, and write
checklists/文书/_习得语句.npz and _习得语句.csv.

    python benchmarks/houses/learn_statements.py
    python benchmarks/houses/learn_statements.py --held third      (measures and writes nothing)

Every sentence that a house says is written for something: the entry of the vocabulary that it comes
from. A sentence that comes from none is 其他. Which facts an entry may state, the readers of the
facts tell by themselves: one that reads a fact in some of its sentences. Only facts of which no
part that is held out loses a sentence are told. The examination part is never learned from. Nothing
is printed or bound: only the stories are drawn. Needs the extra ``learn`` (scikit-learn).
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from drawing.draw import house_of, story_of  # noqa: E402
from drawing.house import House  # noqa: E402
from drawing.labels import WrongLabel  # noqa: E402
from drawing.paper import Block, plain  # noqa: E402
from drawing.procedure import NAMES, procedure  # noqa: E402
from drawing.words import PARTS, UNREAD  # noqa: E402
from learn import Known, learned, measure  # noqa: E402

from casereview.chinese.likeness import Likeness  # noqa: E402
from casereview.chinese.wording import wording  # noqa: E402
from casereview.facts.readers import registry_of  # noqa: E402
from casereview.facts.registry import FactSpec  # noqa: E402
from casereview.facts.statements import (  # noqa: E402
    MODEL,
    OTHER,
    STATED,
    features_of,
    pieces_of,
    state_others,
    stated_table,
)
from casereview.papers.vocabulary import Vocabulary  # noqa: E402
from casereview.settings import rules_folder  # noqa: E402

HOUSES, CASES, FIRST = 6, 4, 800  # of a part and a procedure; the first seed
FACTS = "story.facts"  # the entry of what happened, which stands in many sentences and alone
LEAST = 8  # characters of what is learned
OTHERS = 0.25  # of the sentences of which it is not known what they state
CLAUSES = 2  # of a sentence that are learned besides
TOLD = 2  # sentences of an entry in which a fact is read, at least
TYPES = ("记载", "期限", "机关")  # of facts that are told in sentences
SEEN = 30  # sentences with a fact from which it is trusted that none is told to be another
SHARE = 0.08  # of the sentences of an entry in which a fact is read, at least
VALUES = ("decision.罚款写法", "decision.没收写法")  # entries that write a value, no sentence


@dataclass(frozen=True)
class Statement(Known):
    """A sentence: ``kind`` is the entry that it was written for, ``paper`` the kind of paper."""

    paper: str = ""

    @cached_property
    def features(self) -> set[str]:
        """What it is known by."""
        return features_of(self.text)


class Listening:
    """Keeps what houses say while it is open: (entry, sentence)."""

    def __enter__(self) -> list[tuple[str, str]]:
        said: list[tuple[str, str]] = []
        self._say = say = House.say

        def heard(house: House, file: str, key: str, **slots: Any) -> str:
            text = say(house, file, key, **slots)
            said.append((f"{file}.{key}", text))
            return text

        House.say = heard  # type: ignore[method-assign]
        return said

    def __exit__(self, *_: object) -> None:
        House.say = self._say  # type: ignore[method-assign]


def statements(parts: Iterable[str]) -> Iterator[Statement]:
    """Every sentence of drawn stories of these parts, each once a part."""
    seen: set[tuple[str, ...]] = set()
    for part in parts:
        for name in NAMES:
            for seed in range(FIRST, FIRST + HOUSES):
                for one in _of_house(house_of(part, seed, ["pdf"], name)):
                    key = (part, one.paper, one.kind, re.sub(r"\d", "0", one.text))
                    if key not in seen:
                        seen.add(key)
                        yield one


def _of_house(house: House) -> Iterator[Statement]:
    for n in range(1, CASES + 1):
        try:
            story, _ = story_of(house, n)
        except WrongLabel:
            continue
        with Listening() as said:
            case, papers = procedure(house.procedure).papers(house, story)
            said.append((FACTS, case.facts))
        for paper in papers:
            for text in (text for block in paper.blocks for text in _texts(block)):
                for entry, sentence in _parted(text, said):
                    yield Statement(house.part, entry, sentence, paper.kind)


def _texts(block: Block) -> Iterator[str]:
    if block[0] in ("para", "line", "right"):
        yield plain(block[1])
    elif block[0] == "table":
        yield from (plain(str(cell)) for row in block[1] for cell in row)


def _parted(text: str, said: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The sentences in a text by their entries, and what is left of it."""
    rest = text
    for entry, sentence in said:
        if len(sentence) >= LEAST and sentence in text and entry not in VALUES:
            yield entry, sentence
            rest = rest.replace(sentence, "\n")
    yield from ((OTHER, left) for left in rest.split("\n") if len(left) >= LEAST)


def lessons(every: Iterable[Statement], seed: int = 1) -> Iterator[Statement]:
    """What is learned: each sentence and some of its clauses; of the others some."""
    chance = random.Random(seed)
    for one in every:
        if one.kind == OTHER and chance.random() > OTHERS:
            continue
        whole, *clauses = pieces_of(one.text)
        some = chance.sample(clauses, min(CLAUSES, len(clauses)))
        for text in (whole, *some):
            yield Statement(one.house, one.kind, text, one.paper)


def stated(every: list[Statement], vocabulary: Vocabulary) -> dict[str, Iterable[str]]:
    """Name of a fact -> the entries in whose sentences its readers find it; none of a fact that the
    account of what happened may tell by the way.
    """
    by_paper: dict[str, list[Statement]] = defaultdict(list)
    for one in every:
        by_paper[one.paper].append(one)
    said: dict[str, Counter[str]] = defaultdict(Counter)
    told: dict[str, Counter[str]] = defaultdict(Counter)
    for kind, specs in registry_of(vocabulary).facts.items():
        for spec in specs.values():
            lines = _lines(spec) if spec.type in TYPES else ()
            for one in by_paper[kind] if lines else ():
                said[spec.name][one.kind] += 1
                told[spec.name][one.kind] += any(wording(line).find(one.text) for line in lines)
    may = {
        name: [
            entry
            for entry, n in told[name].items()
            if entry != OTHER and n >= max(TOLD, SHARE * said[name][entry])
        ]
        for name in said
    }
    return {name: entries for name, entries in may.items() if entries and not told[name][FACTS]}


def trusted(parts: list[str], vocabulary: Vocabulary) -> set[str]:
    """Facts of which no sentence of a part was told to state something else by what the other parts
    taught, where many sentences of it were seen.
    """
    told: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    every = {part: list(statements([part])) for part in parts}
    for held in parts:
        others = [one for part in parts if part != held for one in every[part]]
        with tempfile.TemporaryDirectory() as folder:
            save(Path(folder), learned([*lessons(others)]), stated(others, vocabulary))
            for name, text in _found(every[held], vocabulary):
                told[name] += 1
                lost[name] += state_others(Path(folder), text, name)
    return {name for name, n in told.items() if n >= SEEN and not lost[name]}


def _found(every: list[Statement], vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Each fact that a reader finds in a sentence, with the sentence."""
    facts = registry_of(vocabulary).facts
    for one in every:
        for spec in facts.get(one.paper, {}).values():
            if any(wording(line).find(one.text) for line in _lines(spec)):
                yield spec.name, one.text


def save(folder: Path, model: Likeness, table: dict[str, Iterable[str]]) -> None:
    """Write what was learned."""
    (folder / MODEL).write_bytes(model.saved())
    (folder / STATED).write_text(stated_table(table), "utf-8")


def _lines(spec: FactSpec) -> tuple[str, ...]:
    return tuple(line for step in spec.steps if step.reader == "语句" for line in step.lines)


def main() -> None:
    """Learn, and write or measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    may = [part for part in PARTS if part != UNREAD]
    parser.add_argument("--held", choices=may, help="a part that is measured on only")
    given = parser.parse_args()
    every = list(statements(part for part in may if part != given.held))
    model = learned([*lessons(every)])
    print(f"{len(every)} sentences, {len(model.classes)} entries, {len(model.rows)} features")
    if given.held:
        measure(model, [*lessons(statements([given.held]))])
        return
    folder = rules_folder() / "文书"
    vocabulary = Vocabulary.load(folder)
    safe = trusted(may, vocabulary)
    may_state = stated(every, vocabulary)
    save(folder, model, {name: may_state[name] for name in may_state if name in safe})
    print(f"{folder / MODEL}: {(folder / MODEL).stat().st_size} bytes; facts: {'、'.join(safe)}")


if __name__ == "__main__":
    main()
