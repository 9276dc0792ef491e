"""What a sentence surely states: a linear model over groups of characters, learned from sentences
of drawn papers of which it is known what they were written for (``benchmarks/houses/
learn_statements.py``). It tells the wide net that a passage is another statement (the account of a
case is no conclusion of its discussion); it never reads a fact.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from casereview.chinese.likeness import Likeness, learned
from casereview.errors import RulesRefused

MODEL, STATED = "_习得语句.npz", "_习得语句.csv"
OTHER = "其他"  # sentences of which it is not known what they state
SHORTEST, LONGEST = 8, 300  # characters of a sentence, and of its clauses, that are looked at
KNOWN = 15  # groups of characters that a sentence must have and the model know
SURE = 0.9  # how likely a sentence must be one of two statements
NEVER, PERHAPS = 0.001, 0.1  # how likely the fact may be at most: in the whole, in a clause
_SIZES = (2, 3)
_DIGITS, _SPACES = re.compile(r"\d+"), re.compile(r"\s+")
_SENTENCE, _CLAUSE = re.compile(r"[。；\n]"), re.compile(r"[，。；\n]")


def features_of(sentence: str) -> set[str]:
    """What a sentence is known by: groups of two and three characters, numbers all alike."""
    text = _DIGITS.sub("0", _SPACES.sub("", sentence))[:LONGEST]
    return {text[i : i + n] for n in _SIZES for i in range(len(text) - n + 1)}


def pieces_of(sentence: str) -> Iterator[str]:
    """A sentence, and those of its clauses that say enough to be told."""
    yield sentence
    clauses = [c for c in _CLAUSE.split(sentence) if len(_SPACES.sub("", c)) >= SHORTEST]
    yield from clauses if len(clauses) > 1 else ()


def state_others(folder: Path, text: str, fact: str) -> bool:
    """True for a text of which every sentence surely states something else than ``fact``."""
    sentences = [s for s in _SENTENCE.split(text) if s.strip()]
    return bool(sentences) and all(states_another(folder, s, fact) for s in sentences)


def states_another(folder: Path, sentence: str, fact: str) -> bool:
    """True for a sentence that surely states something else than a fact, and of which no clause may
    be a statement of the fact; False for a fact that no sentence was seen to state. ``folder``: of
    the vocabulary.
    """
    mine = _stated(folder).get(fact)
    model = learned(folder / MODEL) if mine else None
    if not mine or model is None:
        return False
    whole, *clauses = (_chances(folder, piece) for piece in pieces_of(sentence))
    if not _is_told(model, sentence, whole) or _sum(whole, mine) >= NEVER:
        return False
    return all(_sum(clause, mine) < PERHAPS for clause in clauses)


def _sum(chances: dict[str, float], names: Iterable[str]) -> float:
    return sum(chances.get(name, 0.0) for name in names)


def _is_told(model: Likeness, sentence: str, chances: dict[str, float]) -> bool:
    """True for a sentence that says enough in known words, and is surely one of two statements: in
    words of its own it is like nothing, or like many things.
    """
    known = sum(feature in model.rows for feature in features_of(sentence))
    likely = sorted((p for name, p in chances.items() if name != OTHER), reverse=True)
    return known >= KNOWN and sum(likely[:2]) >= SURE


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentences that a passage lies in."""
    before = [m.end() for m in _SENTENCE.finditer(text, 0, start)]
    after = _SENTENCE.search(text, max(start, end - 1))
    return text[before[-1] if before else 0 : after.start() if after else len(text)]


@lru_cache(maxsize=512)
def _chances(folder: Path, sentence: str) -> dict[str, float]:
    model = learned(folder / MODEL)
    return model.chances(features_of(sentence)) if model else {}


@lru_cache(maxsize=4)
def _stated(folder: Path) -> dict[str, frozenset[str]]:
    """Name of a fact -> the statements that may be it."""
    path = folder / STATED
    if not path.is_file():
        return {}
    try:
        rows = csv.reader(io.StringIO(path.read_text("utf-8")))
        return {name: frozenset(names.split()) for name, names in rows}
    except ValueError as e:
        raise RulesRefused([f"{path}：这张表坏了（{e}），请删掉它，或者换回原来的"]) from e


def stated_table(stated: dict[str, Iterable[str]]) -> str:
    """What ``_stated`` reads: a row a fact."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerows([name, " ".join(sorted(stated[name]))] for name in sorted(stated))
    return out.getvalue()
