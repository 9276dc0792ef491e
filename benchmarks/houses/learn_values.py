"""Learn which value on a paper is which fact, from drawn sets of several vocabularies.

    python benchmarks/houses/draw.py … (a set a vocabulary)
    python benchmarks/houses/learn_values.py DRAWN… --to checklists/文书/_习得要素.csv
    python benchmarks/houses/learn_values.py DRAWN… --held-out

--held-out learns from all vocabularies but one and says how well that one is read, one after the
other. Where a value becomes sure is chosen there too: so that of a vocabulary that was held out not
one value in two hundred is wrong. Sets of the examination part are refused. Needs the extra
``learn``; the program itself needs no more than the table.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent.parent)]

from drawing.score import same  # noqa: E402
from learn import may_be_learned  # noqa: E402

from casereview.facts.casefile import CaseFile  # noqa: E402
from casereview.facts.likely import (  # noqa: E402
    CLEAR,
    OF_KIND,
    ONE,
    Learned,
    features,
    write_table,
)
from casereview.facts.mentions import mentions  # noqa: E402
from casereview.facts.readers import registry_of  # noqa: E402
from casereview.facts.registry import FactSpec, Registry  # noqa: E402
from casereview.model import LEARNED  # noqa: E402
from casereview.papers.paper import Paper  # noqa: E402
from casereview.rules.rulebook import load_rules  # noqa: E402
from casereview.run.work import one_case, read_case  # noqa: E402

LEAST = 20  # papers that a fact must have been seen on
RARE = 4  # times that a feature must have been seen
FAINT = 4  # a weight below this is none
LEAST_SURE, STEP = 120, 30  # where a value may be sure at all; above a wrong one
WRONG = 0.005  # share of wrong values that is next to none
MANY = 0.3  # share of the papers of a kind from which a procedure labels the fact
ALONE = 200  # other mentions of a kind below which those of other kinds stand in, each so much:
STAND_INS, LIGHT = 1000, 0.1
FAR = 1.0  # by so much a right value may be less likely than the best on its paper
ENDS = {"开始时间": "起", "结束时间": "止"}
OF_TYPE = {
    "日期": "日期",
    "金额": "金额",
    "文号": "文号",
    "号码": "号码",
    "机关": "机关",
    "名称": "文字",
    "文字": "文字",
    "人名": "人名单",
    "人名单": "人名单",
}
EXACT = ("日期", "起", "止", "金额", "文号")  # found wherever they are typed
RECORDS = ("现场检查笔录", "询问笔录", "核查笔录", "查封扣押现场笔录")
DECISIONS = ("处罚决定书", "不予处罚决定书", "当场处罚决定书")
TOGETHER = {  # facts of several kinds that are learned as one
    "开始时间": RECORDS,
    "结束时间": RECORDS,
    "执法人员": RECORDS,
    "执法证号": RECORDS,
    "当事人": DECISIONS,
    "证照号码": DECISIONS,
    "地址": DECISIONS,
}
SERVED = "送达日期"
SEVERAL = ("缴款凭证",)  # kinds of which several papers may share one labelled fact


@dataclass
class Sample:
    """A paper with its labels. ``lone``: the only one of its kind; ``found``: of each type the
    values and their features; ``read``: what the rules read.
    """

    part: str
    procedure: str
    kind: str
    lone: bool
    wanted: dict[str, Any]
    found: dict[str, list[tuple[Any, tuple[str, ...]]]] = field(default_factory=dict)
    read: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Target:
    """A fact to learn, of one kind of paper or several."""

    kinds: tuple[str, ...]
    name: str
    type: str


def type_of(spec: FactSpec) -> str:
    """The type of mention that may be a fact; '' for none."""
    if any(step.reader == "执法证号" for step in spec.steps):
        return "号码单"
    return ENDS.get(spec.name, "" if spec.type == "时间" else OF_TYPE.get(spec.type, ""))


def samples_of(drawn: Path) -> Iterator[Sample]:
    """The papers of a drawn set."""
    rules = load_rules()
    for label in map(json.loads, (drawn / "labels.jsonl").open(encoding="utf-8")):
        case = read_case(one_case(drawn / label["case"]), rules)
        yield from labelled(label, case.papers, case)


def labelled(label: dict[str, Any], papers: list[Paper], case: CaseFile) -> Iterator[Sample]:
    """The papers of one case whose kind was known."""
    kinds = {(d["file"].split("/")[-1], d["page_from"]): d["kind"] for d in label["documents"]}
    count = Counter(kinds.values())
    for paper in papers:
        kind = kinds.get((paper.doc.file.split("/")[-1], paper.doc.page_from), "")
        if kind == paper.doc.kind:
            facts = case.facts_of(paper).items()
            read = {name: fact.value for name, fact in facts if fact.origin != LEARNED}
            yield sample(label, paper, count[kind] == 1, read)


def sample(label: dict[str, Any], paper: Paper, lone: bool, read: dict[str, Any]) -> Sample:
    """One paper with the mentions of every type that a fact of its kind may be."""
    kind = paper.doc.kind
    specs = registry_of(paper.vocab).of(kind)
    told = {k.partition(".")[2]: v for k, v in label["facts"].items() if k.startswith(f"{kind}.")}
    wanted = {name: [value] for name, value in told.items() if name in specs}
    if kind == "送达回证":
        every = [v for k, v in label["facts"].items() if k.endswith(f".{SERVED}")]
        wanted |= {SERVED: every} if every else {}
    out = Sample(label["style"].split("-")[0], label["procedure"], kind, lone, wanted, read=read)
    for type_ in sorted({type_of(spec) for spec in specs.values()} - {""}):
        values = (m.value for m in mentions(paper, type_))
        out.found[type_] = list(zip(values, features(paper, type_), strict=True))
    return out


def targets_of(samples: Iterable[Sample], registry: Registry) -> list[Target]:
    """The facts that are labelled often enough."""
    seen = Counter((s.kind, name) for s in samples for name in s.wanted)
    out = {}
    for kind, name in sorted(seen):
        spec = registry.of(kind)[name]
        type_ = type_of(spec)
        if type_ and not (name == SERVED and spec.from_receipts):
            together = tuple(k for k in TOGETHER.get(name, ()) if seen[k, name])
            kinds = together if kind in together else (kind,)
            if sum(seen[k, name] for k in kinds) >= LEAST:
                out[kinds, name] = Target(kinds, name, type_)
    return list(out.values())


@dataclass(frozen=True)
class Asked:
    """A paper that was asked for a target: its mentions, and which of them are right; None where
    nobody knows.
    """

    sample: Sample
    found: list[tuple[Any, tuple[str, ...]]]
    right: list[bool] | None


def asked(samples: list[Sample], target: Target) -> list[Asked]:
    """Every paper of the kinds of a target. Of a procedure that does not label the fact, and of
    papers whose value was not found though it may stand there, nobody knows.
    """
    own = [s for s in samples if s.kind in target.kinds]
    every = Counter((s.procedure, s.kind) for s in own)
    told = Counter((s.procedure, s.kind) for s in own if target.name in s.wanted)
    out = []
    for s in own:
        found = s.found[target.type]
        wanted = s.wanted.get(target.name, [])
        right = [any(agrees(target.name, w, value) for w in wanted) for value, _ in found]
        at = s.procedure, s.kind
        if any(right):
            known = True
        elif wanted:
            known = s.lone and target.type in EXACT
        else:
            known = s.lone and told[at] >= MANY * every[at] and s.kind not in SEVERAL
        out.append(Asked(s, found, right if known else None))
    return out


def agrees(name: str, wanted: Any, got: Any) -> bool:
    """A value is what the label says."""
    if isinstance(wanted, str) and isinstance(got, list):
        return len(got) == 1 and same(name, wanted, got)
    return same(name, wanted, got)


def variants(found: tuple[str, ...]) -> Iterator[frozenset[str]]:
    """The features of a mention, and without its label, its words, what stands around it: each
    must do alone in a house where the others are strange.
    """
    whole = frozenset(found)
    yield whole
    yield frozenset(f for f in whole if f[0] not in "LH")
    yield frozenset(f for f in whole if f[0] != "V")
    yield frozenset(f for f in whole if f[0] not in "bBaA")
    yield frozenset(f for f in whole if f[0] not in "VbBaA" and not f.startswith("L="))


def learn(samples: list[Sample], target: Target, sure: int = 0) -> Learned | None:
    """What these papers teach of a target; None where it was seen too seldom."""
    known = [a for a in asked(samples, target) if a.right is not None]
    rows = [
        (n, (*f, OF_KIND + a.sample.kind), right, 1.0)
        for n, a in enumerate(known)
        for (_, f), right in zip(a.found, a.right or (), strict=True)
    ]
    if sum(right for *_, right, _ in rows) < LEAST:
        return None
    if sum(not right for *_, right, _ in rows) < ALONE:
        rows += [(-1, f, False, LIGHT) for f in stand_ins(samples, target)]
    count = Counter(f for _, found, *_ in rows for f in found)
    places = {f: i for i, f in enumerate(sorted(f for f, n in count.items() if n >= RARE))}
    first = fit([frozenset(f) for _, f, *_ in rows], rows, places)
    kept = without_echoes(rows, first, places)
    wide = [(v, row) for row in kept for v in variants(row[1])]
    model = fit([v for v, _ in wide], [row for _, row in wide], places)
    weights = {f: round(float(model.coef_[0][i]) * ONE) for f, i in places.items()}
    strong = {f: w for f, w in weights.items() if abs(w) >= FAINT}
    base = round(float(model.intercept_[0]) * ONE)
    return Learned(target.kinds, target.name, target.type, base, sure, strong)


Row = tuple[int, tuple[str, ...], bool, float]  # paper, features, right, how much it counts


def matrix(found: list[frozenset[str]], places: dict[str, int]) -> csr_matrix:
    """Features as a sparse matrix."""
    columns = [sorted(places[f] for f in one if f in places) for one in found]
    ends = np.cumsum([0, *map(len, columns)])
    flat = [i for one in columns for i in one]
    return csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(found), len(places)))


def fit(found: list[frozenset[str]], rows: list[Row], places: dict[str, int]) -> Any:
    """A plain linear model."""
    model = LogisticRegression(C=1.0, solver="liblinear", random_state=0)
    right, count = [row[2] for row in rows], [row[3] for row in rows]
    return model.fit(matrix(found, places), right, sample_weight=count)


def without_echoes(rows: list[Row], model: Any, places: dict[str, int]) -> list[Row]:
    """Rows without the mentions that are right by their value only (the party's name in a
    sentence), where the model likes another of the same paper far better.
    """
    scores = model.decision_function(matrix([frozenset(r[1]) for r in rows], places))
    best: dict[int, float] = {}
    for (paper, _, right, _), score in zip(rows, scores, strict=True):
        if right:
            best[paper] = max(best.get(paper, score), score)
    scored = zip(rows, scores, strict=True)
    return [row for row, score in scored if not row[2] or score >= best[row[0]] - FAR]


def stand_ins(samples: list[Sample], target: Target) -> list[tuple[str, ...]]:
    """Mentions of the same type on papers of other kinds."""
    others = [
        found
        for s in samples
        if s.kind not in target.kinds
        for _, found in s.found.get(target.type, ())
    ]
    return random.Random(1).sample(others, min(STAND_INS, len(others)))


@dataclass(frozen=True)
class Answer:
    """What a model says of a paper: how sure, beside the next value; right or wrong; None where
    nobody knows. ``read``, ``ruled``: the rules read something, and read it rightly.
    """

    kind: str
    score: int
    clear: bool
    right: bool | None
    stated: bool
    read: bool
    ruled: bool
    same: bool


def answers(model: Learned, papers: list[Asked]) -> Iterator[Answer]:
    """The answers of a model to papers that it has not seen."""
    for a in papers:
        if not a.found:
            continue
        scores = [model.score(f, a.sample.kind) for _, f in a.found]
        best = max(range(len(scores)), key=lambda n: (scores[n], -n))
        value = a.found[best][0]
        others = [s for s, (v, _) in zip(scores, a.found, strict=True) if v != value]
        clear = scores[best] - max(others, default=-10_000) >= CLEAR
        read = a.sample.read.get(model.name)
        wanted = a.sample.wanted.get(model.name, [])
        plain = read[0] if isinstance(read, list) and len(read) == 1 else read
        ruled = read is not None and any(agrees(model.name, w, plain) for w in wanted)
        agreed = read is not None and agrees(model.name, value, plain)
        stated = bool(a.right and any(a.right))
        known = a.right is not None and (stated or not agreed)  # else the label may lack it
        yield Answer(
            a.sample.kind,
            scores[best],
            clear,
            a.right[best] if known and a.right else None,
            stated,
            read is not None,
            ruled,
            agreed,
        )


def held_out(samples: list[Sample], target: Target) -> list[Answer]:
    """The answers of models that have not seen the vocabulary of the paper."""
    out: list[Answer] = []
    for part in sorted({s.part for s in samples}):
        model = learn([s for s in samples if s.part != part], target)
        own = [s for s in samples if s.part == part]
        out += answers(model, asked(own, target)) if model else ()
    return out


def sure_from(every: list[Answer]) -> int:
    """Where a value is sure: from where on next to none of the values held out is wrong; 0 where
    too few are left.
    """
    told = [a for a in every if a.right is not None and a.clear]
    wrong = sorted(a.score + STEP for a in told if not a.right)
    for sure in (LEAST_SURE, *(s for s in wrong if s > LEAST_SURE)):
        above = [a for a in told if a.score >= sure]
        if sum(not a.right for a in above) <= WRONG * len(above):
            return sure if len(above) >= LEAST else 0
    return 0


def line(target: Target, every: list[Answer], sure: int) -> str:
    """What was held out, as one row of a table."""
    stated = [a for a in every if a.stated]
    unread = [a for a in stated if not a.read]
    taken = [a for a in unread if a.clear and a.score >= sure > 0]
    both = [a for a in stated if a.read and a.clear and a.score >= sure > 0 and not a.same]
    wins = sum(bool(a.right) for a in both), sum(a.ruled for a in both)
    share = f"{sum(a.ruled for a in stated)}/{len(stated)}"
    name = f"{'、'.join(target.kinds)}.{target.name}"
    return (
        f"{name}\t{share}\t{len(unread)}\t{len(taken)}\t{sum(not a.right for a in taken)}"
        f"\t{wins[0]}:{wins[1]}\t{sure}"
    )


def main() -> None:
    """Learn, and write the table; or say how well vocabularies are read that were held out."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("drawn", type=Path, nargs="+")
    parser.add_argument("--to", type=Path)
    parser.add_argument("--held-out", action="store_true", help="measure only")
    given = parser.parse_args()
    if refused := [str(folder) for folder in given.drawn if not may_be_learned(folder)]:
        parser.error(f"of the examination part: {'、'.join(refused)}")
    samples = [s for drawn in given.drawn for s in samples_of(drawn)]
    table = table_of(samples, registry_of_rules())
    if given.to and not given.held_out:
        given.to.write_text(write_table(table), encoding="utf-8")


def registry_of_rules() -> Registry:
    """The registry in use."""
    from casereview.papers.vocabulary import Vocabulary
    from casereview.settings import rules_folder

    return registry_of(Vocabulary.load(rules_folder() / "文书"))


def table_of(samples: list[Sample], registry: Registry) -> list[Learned]:
    """What was learned of every fact that is read well enough in vocabularies held out."""
    out = []
    print("fact\tread\tunread\tlearned\twrong\tdiffer\tsure")
    for target in targets_of(samples, registry):
        every = held_out(samples, target)
        sure = sure_from(every)
        print(line(target, every, sure), flush=True)
        model = learn(samples, target, sure) if sure else None
        out += [model] if model else []
    return out


if __name__ == "__main__":
    main()
