"""Whole cases damaged on purpose: does damage alone ever accuse anybody?

    python benchmarks/damage.py [FOLDER] [--each 12] [--seed 1] [--kinds drop,blot] [--write FILE]

Each mutant of a case is one accident: a page or a file lost, put in another place, handed in
twice, cropped at the glass, blotted; files renamed, split, merged. A fault that the undamaged case
does not have is a false accusation, unless it is the plain truth of what was handed in: that a
paper which is not there any more is missing, or that the order and the catalogue no longer agree
with the files.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageDraw
from rapidfuzz import fuzz

from casereview.facts.casefile import CaseFile, assemble
from casereview.model import FAIL, Page, SourceFile
from casereview.reading.intake import find_cases, unit_papers
from casereview.reading.pdf import doubting_blanks
from casereview.reading.picture import recognised
from casereview.record.result import CaseResult
from casereview.rules.rulebook import RuleSet, rule_set
from casereview.run.work import judge_case, read_case

ROOT = Path(__file__).parent.parent
LACKS = "没有"  # so begins what is said of a paper that is not there
ORDER = "archive."  # items on the binding itself: order, catalogue, numbers of pages
DPI = 150
ENDS = 0.4  # of the cropped pages end where they are cut; of the others the lid is seen
Sources = list[SourceFile]
Rng = random.Random
Edges = tuple[int, int, int, int]


@dataclass(frozen=True)
class Mutant:
    """A damaged case: what was done, and the kinds of paper that are truly gone."""

    what: str
    sources: Sources
    gone: frozenset[str] = frozenset()
    file: str = ""


@dataclass(frozen=True)
class Whole:
    """An undamaged case with the bytes of its files and what it is accused of."""

    case: CaseFile
    result: CaseResult
    data: dict[str, bytes]

    @property
    def faults(self) -> set[str]:
        """The items on which it fails."""
        return {f.check for f in self.result.findings if f.status == FAIL}

    def kinds_in(self, file: str) -> frozenset[str]:
        """The kinds of paper that lie in a file."""
        docs = [d for d in self.result.documents if d.file == file]
        return frozenset(k for d in docs for k in (d.kind, *d.also))

    def kinds_on(self, file: str, page: int) -> frozenset[str]:
        """The kinds of paper that lie on this page of a file and nowhere else."""
        docs = [d for d in self.result.documents if d.file == file]
        alone = [d for d in docs if d.page_from == d.page_to == page]
        return frozenset(k for d in alone for k in (d.kind, *d.also))


def numbered(source: SourceFile, pages: list[Page]) -> SourceFile:
    """A file with other pages, known by another digest."""
    again = tuple(replace(p, number=n) for n, p in enumerate(pages, 1))
    text = repr([(p.number, [ln.text for ln in p.lines]) for p in again])
    return replace(source, pages=again, sha256=hashlib.sha256(text.encode()).hexdigest())


def papers(sources: Sources, least: int = 1) -> list[int]:
    """Which files have so many pages."""
    return [i for i, s in enumerate(sources) if len(s.pages) >= least]


def drop_file(w: Whole, rng: Rng) -> Mutant | None:
    """A file was not handed in."""
    s = w.case.sources
    i = rng.choice(papers(s))
    return Mutant(f"缺 {s[i].path}", s[:i] + s[i + 1 :], w.kinds_in(s[i].path))


def drop_page(w: Whole, rng: Rng) -> Mutant | None:
    """A page of a file was not scanned; papers of that one page are gone."""
    lost: list[str] = []

    def without(p: list[Page], i: int) -> list[Page]:
        lost.append(f"{p[i].number}")
        return p[:i] + p[i + 1 :]

    m = _pages(w, rng, "缺页", without)
    return replace(m, gone=w.kinds_on(m.file, int(lost[0]))) if m else None


def swap_pages(w: Whole, rng: Rng) -> Mutant | None:
    """A page lies after the one that follows it."""
    return _pages(w, rng, "换页", lambda p, i: _swapped(p, min(i, len(p) - 2)))


def duplicate_page(w: Whole, rng: Rng) -> Mutant | None:
    """A page was scanned twice."""
    return _pages(w, rng, "重页", lambda p, i: p[: i + 1] + p[i:])


def _swapped(p: list[Page], i: int) -> list[Page]:
    return p[:i] + [p[i + 1], p[i]] + p[i + 2 :]


def _pages(
    w: Whole, rng: Rng, name: str, change: Callable[[list[Page], int], list[Page]]
) -> Mutant | None:
    s = list(w.case.sources)
    if not (long := papers(s, 2)):
        return None
    i = rng.choice(long)
    n = rng.randrange(len(s[i].pages))
    s[i] = numbered(s[i], change(list(s[i].pages), n))
    return Mutant(f"{name} {s[i].path} 第 {n + 1} 页", s, file=s[i].path)


def swap_files(w: Whole, rng: Rng) -> Mutant | None:
    """Two files bear each other's name."""
    s = list(w.case.sources)
    if len(papers(s)) < 2:
        return None
    i, j = rng.sample(papers(s), 2)
    a, b = s[i].path, s[j].path
    s[i], s[j] = replace(s[i], path=b), replace(s[j], path=a)
    return Mutant(f"换名 {a} {b}", sorted(s, key=lambda x: x.path))


def duplicate_file(w: Whole, rng: Rng) -> Mutant | None:
    """A file was handed in twice."""
    s = list(w.case.sources)
    i = rng.choice(papers(s))
    stem, _, end = s[i].path.rpartition(".")
    s.append(replace(s[i], path=f"{stem} - 副本.{end}"))
    return Mutant(f"重复 {s[i].path}", sorted(s, key=lambda x: x.path))


def rename(w: Whole, rng: Rng) -> Mutant | None:
    """Files are called as a scanner calls them."""
    s = list(w.case.sources)
    way = rng.choice(("IMG_{:04d}", "扫描{:03d}", "{:02d}", "新建文档 ({})"))
    start = rng.randrange(1, 90)
    for n, i in enumerate(papers(s)):
        end = s[i].path.rpartition(".")[2]
        s[i] = replace(s[i], path=f"{way.format(start + n)}.{end}")
    return Mutant(f"改名 {way}", sorted(s, key=lambda x: x.path))


def split(w: Whole, rng: Rng) -> Mutant | None:
    """Every page is a file of its own."""
    out: Sources = []
    long = papers(w.case.sources, 2)
    if not long:
        return None
    chosen = set(rng.sample(long, rng.randint(1, len(long))))
    for i, s in enumerate(w.case.sources):
        if i not in chosen:
            out.append(s)
            continue
        stem, _, end = s.path.rpartition(".")
        for n, p in enumerate(s.pages, 1):
            out.append(numbered(replace(s, path=f"{stem}_{n:03d}.{end}"), [p]))
    return Mutant(f"拆分 {len(chosen)} 个文件", sorted(out, key=lambda x: x.path))


def merge(w: Whole, rng: Rng) -> Mutant | None:
    """Neighbouring files of one format were merged."""
    s = list(w.case.sources)
    here = papers(s)
    if len(here) < 2:
        return None
    start = rng.randrange(len(here) - 1)
    end = rng.randrange(start + 1, len(here))
    chosen = [i for i in here[start : end + 1] if s[i].format == s[here[start]].format]
    if len(chosen) < 2:
        return None
    pages = [p for i in chosen for p in s[i].pages]
    whole = numbered(replace(s[chosen[0]], path="合并." + s[chosen[0]].format), pages)
    rest = [x for i, x in enumerate(s) if i not in chosen]
    return Mutant(f"合并 {len(chosen)} 个文件", sorted([*rest, whole], key=lambda x: x.path))


def crop(w: Whole, rng: Rng) -> Mutant | None:
    """A page lay askew on the glass: one side is not in the scan; the lid shows there, or the
    picture ends.
    """

    def cut(im: Image.Image) -> Image.Image:
        gone, kept = _side(im, rng)
        if rng.random() < ENDS:
            return im.crop(kept)
        ImageDraw.Draw(im).rectangle(gone, fill=rng.choice(("black", "#444444")))
        return im

    return _scanned(w, rng, "裁切", cut)


def white(w: Whole, rng: Rng) -> Mutant | None:
    """The same under a white lid: where the side is gone the scan shows paper."""

    def cut(im: Image.Image) -> Image.Image:
        gone, _ = _side(im, rng)
        ImageDraw.Draw(im).rectangle(gone, fill="white")
        return im

    return _scanned(w, rng, "白边", cut)


def _side(im: Image.Image, rng: Rng) -> tuple[Edges, Edges]:
    """What is gone of a picture, and what is kept: left, top, right, bottom."""
    wide, high = im.size
    share = rng.uniform(0.08, 0.35)
    near, far = share, 1 - share
    return {
        "左": ((0, 0, int(near * wide), high), (int(near * wide), 0, wide, high)),
        "右": ((int(far * wide), 0, wide, high), (0, 0, int(far * wide), high)),
        "上": ((0, 0, wide, int(near * high)), (0, int(near * high), wide, high)),
        "下": ((0, int(far * high), wide, high), (0, 0, wide, int(far * high))),
    }[rng.choice("左右上下")]


def blot(w: Whole, rng: Rng) -> Mutant | None:
    """Ink, a sticker or a shadow lies over part of a page."""

    def spill(im: Image.Image) -> Image.Image:
        w_, h_ = im.size
        for _ in range(rng.randint(1, 3)):
            x, y = rng.randrange(w_), rng.randrange(h_)
            r = rng.randint(w_ // 20, w_ // 6)
            colour = rng.choice(("black", "#202060", "#808080", "#cc2222"))
            ImageDraw.Draw(im).ellipse((x - r, y - r // 2, x + r, y + r // 2), fill=colour)
        return im

    return _scanned(w, rng, "涂污", spill)


def _scanned(
    w: Whole, rng: Rng, name: str, damage: Callable[[Image.Image], Image.Image]
) -> Mutant | None:
    """A page of a PDF as a scan that was damaged."""
    s = list(w.case.sources)
    own = [i for i in papers(s) if s[i].format == "pdf"]
    if not own:
        return None
    i = rng.choice(own)
    n = rng.randrange(len(s[i].pages))
    with pdfium.PdfDocument(w.data[s[i].path]) as doc:
        image = doc[n].render(scale=DPI / 72).to_pil().convert("RGB")
    scan = damage(image)
    page = s[i].pages[n]
    pages = list(s[i].pages)
    wide, high = page.width * scan.width / image.width, page.height * scan.height / image.height
    pages[n] = recognised(n + 1, scan, wide, high)
    s[i] = numbered(s[i], list(doubting_blanks(tuple(pages))))
    if bad := [p for p in s[i].pages if not p.readable]:
        outcome = "scanned" if len(bad) == len(pages) else "partial"
        s[i] = replace(s[i], outcome=outcome, detail=bad[0].reason)
    return Mutant(f"{name} {s[i].path} 第 {n + 1} 页", s)


KINDS: dict[str, Callable[[Whole, Rng], Mutant | None]] = {
    "缺文件": drop_file,
    "缺页": drop_page,
    "换页": swap_pages,
    "重页": duplicate_page,
    "换名": swap_files,
    "重复文件": duplicate_file,
    "改名": rename,
    "拆分": split,
    "合并": merge,
    "裁切": crop,
    "白边": white,
    "涂污": blot,
}


def wholes(folder: Path, rules: RuleSet) -> Iterator[Whole]:
    """Every case of a folder, undamaged."""
    for ref in find_cases(folder):
        case = read_case(ref, rules)
        data = {
            s.path: (ref.root / s.path).read_bytes()
            for s in case.sources
            if (ref.root / s.path).is_file()
        }
        yield Whole(case, judge_case(case, rules), data)


def false_accusations(w: Whole, m: Mutant, rules: RuleSet) -> list[str]:
    """Items on which the mutant fails though the whole case does not and nothing true is said."""
    ref = w.case.ref
    case = assemble(ref, m.sources, rules.vocabulary, unit_papers(ref.unit_dir))
    out = []
    for f in judge_case(case, rules).findings:
        lost = f.about & m.gone or any(fuzz.partial_ratio(k, f.message) > 75 for k in m.gone)
        true = f.check.startswith(ORDER) or (lost and (f.absent or LACKS in f.message))
        if f.status == FAIL and f.check not in w.faults and not true:
            out.append(f"{f.check}：{f.message}")
    return out


def run(folder: Path, each: int, seed: int, kinds: list[str]) -> dict[str, object]:
    """``each`` mutants of each kind of each case."""
    rules = rule_set("", "")
    assert isinstance(rules, RuleSet)
    made: Counter[str] = Counter()
    wrong: dict[str, list[str]] = defaultdict(list)
    cases = 0
    for w in wholes(folder, rules):
        cases += 1
        for kind in kinds:
            for n in range(each):
                rng = random.Random(f"{seed}|{w.case.ref.key}|{kind}|{n}")
                m = KINDS[kind](w, rng)
                if m is None:
                    continue
                made[kind] += 1
                for said in false_accusations(w, m, rules):
                    wrong[kind].append(f"{w.case.ref.key} [{m.what}] {said}")
                    print(" ", wrong[kind][-1], file=sys.stderr)
        print(w.case.ref.key, sum(made.values()), sum(map(len, wrong.values())), file=sys.stderr)
    return {
        "seed": seed,
        "cases": cases,
        "mutants": sum(made.values()),
        "made": dict(made),
        "wrong": dict(wrong),
    }


def table(got: dict) -> str:
    """The figures as a table in Markdown."""
    out = io.StringIO()
    out.write("| 损坏 | 变体 | 出现误判的变体结论 |\n|---|---:|---:|\n")
    for kind in KINDS:
        if kind in got["made"]:
            out.write(f"| {kind} | {got['made'][kind]} | {len(got['wrong'].get(kind, []))} |\n")
    total = sum(map(len, got["wrong"].values()))
    out.write(f"| **合计**（{got['cases']} 卷） | {got['mutants']} | {total} |\n")
    return out.getvalue()


def main() -> None:
    """The table; exit 1 when anybody was accused."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", default=ROOT / "samples" / "2025年度评查", type=Path)
    parser.add_argument("--each", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--write", type=Path, help="figures as JSON")
    asked = parser.parse_args()
    got = run(asked.folder, asked.each, asked.seed, asked.kinds.split(","))
    print(table(got))
    for kind, rows in got["wrong"].items():
        for row in rows:
            print(f"  {kind} {row}")
    if asked.write:
        asked.write.write_text(json.dumps(got, ensure_ascii=False, indent=1) + "\n", "utf-8")
    raise SystemExit(bool(got["wrong"]))


if __name__ == "__main__":
    main()
