"""Learn by what papers are known from drawn houses, and write checklists/文书/_习得.npz.

    python benchmarks/houses/draw.py --part development --houses 10 --cases 3 --seed 610 SET1 …
    python benchmarks/houses/learn.py SET1 SET2 …
    python benchmarks/houses/learn.py SET1 SET2 … --held SET3      (measures and writes nothing)

A paper is learned from the text of its first page, as the program reads it; each kind besides from
its names and labels in checklists/文书. Sets of the examination part are refused: what is learned
from may be looked at. Needs the extras ``samples`` and ``learn`` (scikit-learn).
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from casereview.chinese.likeness import Likeness, features_of  # noqa: E402
from casereview.model import SourceFile  # noqa: E402
from casereview.papers.plain_forms import written_plainly  # noqa: E402
from casereview.papers.running_heads import running_heads  # noqa: E402
from casereview.papers.titles import known_title, text_of  # noqa: E402
from casereview.papers.vocabulary import LEARNED, UNKNOWN, Vocabulary  # noqa: E402
from casereview.reading.door import read_source  # noqa: E402
from casereview.settings import rules_folder  # noqa: E402

HOUSES = 4  # a feature counts from so many houses on
A_KIND = 300  # features kept a kind
REACH = 100.0  # the higher, the closer to what was learned from
FEW_LINES = 6  # with fewer none is left out
KEPT = 0.5  # of the lines, where some are left out
LARGEST = 127  # of a weight
SURE = (0.3, 0.5, 0.7, 0.8, 0.9, 0.95)


@dataclass(frozen=True)
class Known:
    """A paper whose kind is known: the house it comes from, its kind and text."""

    house: str
    kind: str
    text: str

    @cached_property
    def features(self) -> set[str]:
        """What it is known by."""
        return features_of(self.text)


def may_be_learned(folder: Path) -> bool:
    """False for a set of the examination part: what is learned from may be looked at."""
    labels = (folder / "labels.jsonl").read_text("utf-8").splitlines()
    return not any(json.loads(line)["style"].startswith("examination") for line in labels)


def drawn_papers(folder: Path, vocab: Vocabulary) -> Iterator[Known]:
    """Every labelled paper of a drawn set of digital files whose title does not surely name another
    kind: an old label may call a plan an approval.
    """
    for line in (folder / "labels.jsonl").read_text("utf-8").splitlines():
        case = json.loads(line)
        files = {d["file"] for d in case["documents"]}
        sources = {f: _read(folder / case["case"] / f, f, vocab) for f in sorted(files)}
        read = [s for s in sources.values() if s is not None]
        heads = running_heads(read, vocab)
        for paper in case["documents"]:
            source = sources[paper["file"]]
            at = paper["page_from"] - 1
            if source is None or at >= len(source.pages):
                continue
            page = heads.without(source.path, source.pages[at])
            title = known_title(page, vocab)
            named = vocab.guess(title.text) if title else None
            if named is None or named.alike or named.kind == paper["kind"]:
                yield Known(case["style"], paper["kind"], text_of(page))


def _read(path: Path, name: str, vocab: Vocabulary) -> SourceFile | None:
    """A file as the program reads it; None for what has no text."""
    if path.suffix.lower() not in (".pdf", ".docx"):
        return None
    return written_plainly(read_source(name, path.read_bytes(), path), vocab)


def named_papers(vocab: Vocabulary) -> Iterator[Known]:
    """Each name of each kind over the labels of the kind: together one house."""
    for kind in vocab.kinds.values():
        labels = "\n".join(names[0] for names in kind.fields.values() if names)
        for name in (kind.name, *kind.aliases):
            yield Known("names", kind.name, f"{name}\n{labels}")


def with_less(papers: Iterable[Known], seed: int = 1) -> Iterator[Known]:
    """Papers as they are, without their heads, and with some of their lines: what is learned shall
    not hang on one title or label.
    """
    chance = random.Random(seed)
    for paper in papers:
        yield paper
        lines = paper.text.split("\n")
        if len(lines) < FEW_LINES:
            continue
        yield replace(paper, text="\n".join(lines[2:]))
        some = [line for line in lines if chance.random() < KEPT]
        yield replace(paper, text="\n".join(some))


def learned(papers: list[Known]) -> Likeness:
    """A model of kinds from papers."""
    names = _telling(papers, _shared_features(papers))
    rows = {name: i for i, name in enumerate(names)}
    model = LogisticRegression(C=REACH, max_iter=150, tol=1e-3)
    model.fit(_matrix(papers, rows), [p.kind for p in papers])
    scale = float(np.abs(model.coef_).max() / LARGEST)
    weights = np.round(model.coef_.T / scale).astype(np.int8)
    offsets = np.round(model.intercept_ / scale).astype(np.int32)
    classes = tuple(map(str, model.classes_))
    houses = tuple(len({p.house for p in papers if p.kind == k}) for k in classes)
    return Likeness(classes, rows, weights, offsets, scale, houses)


def _shared_features(papers: Iterable[Known]) -> list[str]:
    """Features that several houses have."""
    houses: dict[str, set[str]] = defaultdict(set)
    for paper in papers:
        for feature in paper.features:
            houses[feature].add(paper.house)
    return sorted(f for f, seen in houses.items() if len(seen) >= HOUSES)


def _telling(papers: list[Known], features: list[str]) -> list[str]:
    """Of features those that stand oftener in papers of some kind than by chance, most first."""
    rows = {name: i for i, name in enumerate(features)}
    there = (_matrix(papers, rows) > 0).astype(np.float64)
    kinds = sorted({p.kind for p in papers})
    of = np.array([[p.kind == k for k in kinds] for p in papers], dtype=np.float64)
    seen = there.T @ of
    awaited = np.outer(np.asarray(there.sum(axis=0)).ravel(), of.sum(axis=0)) / len(papers)
    tells = (seen - awaited) / np.sqrt(awaited + 1e-9)
    kept = {
        int(i) for k in range(len(kinds)) for i in np.argsort(-tells[:, k], kind="stable")[:A_KIND]
    }
    return [features[i] for i in sorted(kept)]


def _matrix(papers: list[Known], rows: dict[str, int]) -> Any:
    """A row a paper: its known features, each by the root of how many it has in all."""
    found = [sorted(rows[f] for f in p.features if f in rows) for p in papers]
    ends = np.cumsum([0, *map(len, found)])
    flat = np.concatenate([np.array(row, dtype=np.int64) for row in found])
    ones = csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(papers), len(rows)))
    return diags([1 / max(1, len(p.features)) ** 0.5 for p in papers]) @ ones


def measure(model: Likeness, papers: list[Known]) -> None:
    """Print how many papers are known at each limit, and how many of those rightly."""
    told = []
    for paper in papers:
        chances = model.chances(paper.features)
        best = max(chances, key=lambda k: chances[k])
        told.append((chances[best], best, paper.kind))
    for limit in (0.0, *SURE):
        known = [(best, kind) for sure, best, kind in told if sure >= limit]
        right = sum(best == kind for best, kind in known)
        share, truth = len(known) / len(told), right / max(1, len(known))
        print(f"{limit:4.2f}  known {share:6.1%}  right {truth:7.2%}")
    wrong = [(kind, best) for sure, best, kind in told if best != kind and sure >= SURE[1]]
    print("taken for others:", *sorted({f"{a}→{b}" for a, b in wrong}))


def main() -> None:
    """Learn, and write or measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sets", type=Path, nargs="+", help="drawn sets")
    parser.add_argument("--held", type=Path, action="append", default=[], help="measured on only")
    given = parser.parse_args()
    if refused := [str(folder) for folder in given.sets if not may_be_learned(folder)]:
        parser.error(f"of the examination part: {'、'.join(refused)}")
    vocab = Vocabulary.load(rules_folder() / "文书")
    papers = [p for folder in given.sets for p in drawn_papers(folder, vocab)]
    papers += [p for p in named_papers(vocab) if p.kind != UNKNOWN]
    model = learned([*with_less(papers)])
    print(f"{len(papers)} papers, {len(model.classes)} kinds, {len(model.rows)} features")
    if given.held:
        measure(model, [p for folder in given.held for p in drawn_papers(folder, vocab)])
        return
    out = rules_folder() / "文书" / LEARNED
    out.write_bytes(model.saved())
    print(f"{out}: {out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
