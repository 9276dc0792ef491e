"""The figures of reliability that no test can prove because they are sizes: R2, R13, R26, R27.

    python benchmarks/measured.py                      R13, R26 and R27 on the samples
    python benchmarks/measured.py --public FOLDER      R2 as well, on odd files that lie there
    python benchmarks/measured.py --only R27

Each prints its number and keeps it in ``measured.json`` beside this file, with the day and what it
was measured on; ``reliability.py`` puts them into the table.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import logging
import os
import resource
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from casereview.model import OUTCOMES
from casereview.reading.door import read_source
from casereview.reading.intake import find_cases
from casereview.rules.rulebook import load_rules
from casereview.run.local import MEMORY_BYTES, Local
from casereview.run.work import Task, score_case

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples" / "2025年度评查"
KEPT = Path(__file__).parent / "measured.json"
FILES = 2_000  # of R26
SOME = 20  # characters that another reader sees, from which an empty reading is a quiet one
ROUNDS = 6  # times the samples are scored for R27
OLD = {  # a processor without wide instructions; the recognition engine itself cannot be told so
    "NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4 AVX512_ICL AVX512_SPR",
    "OPENCV_CPU_DISABLE": "AVX2,FMA3,AVX512F,AVX512-SKX",
}
ELSEWHERE = {"TZ": "America/New_York", "LC_ALL": "C", "PYTHONHASHSEED": "77"}


@dataclass(frozen=True)
class Measure:
    """A figure: is it at its bar (None where only part of it can be told here), and the words."""

    good: bool | None
    told: str


@dataclass(frozen=True)
class Look:
    """Reads one odd file in a worker."""

    path: str

    @property
    def name(self) -> str:
        """The file."""
        return self.path

    def do(self, skip, tell):  # noqa: ANN001, ANN201
        """(outcome, characters and pictures that were read)."""
        data = Path(self.path).read_bytes()
        tell(self.path, len(data))
        if self.path in skip:
            return skip[self.path], 0
        source = read_source(Path(self.path).name, data)
        tell("", 0)
        seen = sum(len(x.text) for p in source.pages for x in p.lines)
        return source.outcome, seen + sum(len(p.pictures) for p in source.pages)


def characters(path: Path) -> int:
    """How many characters a reader of another make finds in a PDF or a package; 0 when it fails."""
    logging.disable(logging.CRITICAL)
    command = [sys.executable, __file__, "--characters", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    except subprocess.TimeoutExpired:
        return 0
    return int(done.stdout.strip() or 0) if done.returncode == 0 else 0


def characters_here(path: Path) -> int:
    """The same in this process: pdfminer for PDF, every text node for packages."""
    if path.suffix.lower() == ".pdf":
        from pdfminer.high_level import extract_text

        return len("".join(extract_text(str(path), maxpages=20).split()))
    import re
    import zipfile

    with zipfile.ZipFile(path) as z:
        parts = [n for n in z.namelist() if re.search(r"(Content|document)\.xml$", n)]
        text = b"".join(z.read(n) for n in parts).decode("utf-8", "replace")
    return len("".join(re.findall(r"(?:TextCode|w:t)\b[^>]*>([^<]*)<", text)))


def r2(folder: Path) -> Measure:
    """Every file of a folder has one outcome, none ends the run, none is read as if it were empty
    though another reader sees text.
    """
    files = sorted(str(p) for p in folder.iterdir() if p.is_file())
    ends: Counter[str] = Counter()
    quiet = []
    for done in Local(2).run([Look(f) for f in files]):
        outcome, seen = done.result or (done.fault, 0)
        ends[outcome] += 1
        odd = outcome in ("readable", "partial") and not seen
        if odd and (other := characters(Path(done.job.name))) > SOME:
            quiet.append(f"{done.job.name} ({other})")
    print("\n".join(quiet), file=sys.stderr)
    named = sum(ends[w] for w in OUTCOMES)
    kinds = Counter(Path(f).suffix.lower().lstrip(".") for f in files)
    shown = "、".join(f"{OUTCOMES[w][:12]} {n}" for w, n in ends.most_common())
    what = "、".join(f"{k} {n}" for k, n in kinds.most_common())
    good = named == len(files) and not quiet
    told = (
        f"公开的疑难文件 {len(files)} 个（{what}）：有名称的结果 {named} 个，"
        f"读成空而报成功 {len(quiet)} 个（{shown}）；没有别人标注的类别可比"
    )
    return Measure(good, told)


def r13() -> Measure:
    """The export of the samples, and the text of recognised pages, as a processor without wide
    instructions in another place gives them.
    """
    here, there = _export({}), _export({**OLD, **ELSEWHERE})
    one, two = _recognised({}), _recognised(OLD)
    from rapidfuzz.distance import Levenshtein

    wrong = sum(Levenshtein.distance(a, b) for a, b in zip(one, two, strict=True))
    total = sum(map(len, one))
    same = here == there and bool(here)
    told = (
        "同一台机器上模拟没有 AVX2 的旧处理器（识别引擎除外）、别的时区和语言："
        f"8 卷的导出{'逐字节相同' if same else '不同'}，识别 {len(one)} 页 {total} 字，"
        f"相同 {1 - wrong / total:.2%}；没有另一种机器"
    )
    return Measure(None if same else False, told)


def _export(more: dict[str, str]) -> bytes:
    """The export of the samples under other settings of the machine."""
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, **more, "CASEREVIEW_CACHE": "off"}
        own = [sys.executable, "-m", "casereview"]
        base = ["--db", f"{folder}/a.db"]
        score = [*own, "score", str(SAMPLES), *base, "--as-of", "2026-06-30"]
        subprocess.run(score, env=env, cwd=folder, capture_output=True, check=False)
        export = [*own, "export", *base, "--format", "jsonl"]
        return subprocess.run(export, env=env, cwd=folder, capture_output=True, check=True).stdout


def _recognised(more: dict[str, str]) -> list[str]:
    """The text of pages of the samples, recognised under other settings of the machine."""
    env = {**os.environ, **more, "CASEREVIEW_CACHE": "off"}
    command = [sys.executable, __file__, "--recognise"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    return list(json.loads(done.stdout.splitlines()[-1]))


def recognised_here(most: int = 8) -> list[str]:
    """The text of the first pages of a merged sample, recognised from their pictures."""
    import pypdfium2 as pdfium

    from casereview.reading.picture import DPI, recognised

    path = sorted(SAMPLES.rglob("*案卷.pdf"))[0]
    out = []
    with pdfium.PdfDocument(path) as doc:
        for n in range(min(most, len(doc))):
            image = doc[n].render(scale=DPI / 72).to_pil().convert("RGB")
            page = recognised(n + 1, image, *doc[n].get_size())
            out.append("\n".join(line.text for line in page.lines))
    return out


def r26() -> Measure:
    """How much the parent grows from the first tenth of so many files to the last, and the largest
    worker.
    """
    refs = [r for r in find_cases(SAMPLES)]
    each = sum(len([p for p in r.root.rglob("*") if p.is_file()]) for r in refs)
    tasks = [Task(r) for _ in range(FILES // each + 1) for r in refs]
    own, sizes, largest = psutil.Process(), [], 0
    for _ in Local(2).run(tasks):
        sizes.append(own.memory_info().rss)
        workers = [c.memory_info().rss for c in own.children() if c.is_running()]
        largest = max(largest, *workers, 0)
    grown = (sizes[-1] - sizes[len(sizes) // 10]) / 1e6
    files = each * (len(tasks) // len(refs))
    told = (
        f"{len(tasks)} 卷 {files} 个文件：主进程增长 {grown:.1f} MB，"
        f"最大的工作进程 {largest / 1e6:.0f} MB"
    )
    return Measure(grown < 50 and largest < MEMORY_BYTES, told)


def r27() -> Measure:
    """CPU seconds of a run in watched processes over those of the same work without them."""
    bare, guarded = (_cpu_of(way) for way in ("bare", "guarded"))
    ratio = guarded / bare
    cases = ROUNDS * len(find_cases(SAMPLES))
    told = f"{cases} 卷：没有守护 {bare:.1f} 秒，有守护 {guarded:.1f} 秒处理器时间，{ratio:.2f} 倍"
    return Measure(ratio <= 1.2, told)


def _cpu_of(way: str) -> float:
    """CPU seconds of a process that scores the samples in one way, with its workers."""
    env = {**os.environ, "CASEREVIEW_CACHE": "off"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, __file__, "--way", way], env=env, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def score_samples(way: str) -> None:
    """Score the samples so many times, here or in a watched process."""
    tasks = [Task(r) for r in find_cases(SAMPLES)] * ROUNDS
    if way == "guarded":
        assert not [d for d in Local(1).run(tasks) if d.fault]
        return
    rules = load_rules()
    for task in tasks:
        score_case(task, rules)


def main() -> None:
    """Measure and keep."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="")
    parser.add_argument("--public", type=Path)
    parser.add_argument("--way", help=argparse.SUPPRESS)
    parser.add_argument("--recognise", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--characters", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.way:
        return score_samples(asked.way)
    if asked.recognise:
        return print(json.dumps(recognised_here(), ensure_ascii=False))
    if asked.characters:
        return print(characters_here(asked.characters))
    figures: dict[str, Callable[[], Measure]] = {"R13": r13, "R26": r26, "R27": r27}
    if asked.public:
        figures["R2"] = lambda: r2(asked.public)
    kept = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
    for name in asked.only.split(",") if asked.only else figures:
        got = figures[name]()
        kept[name] = {**asdict(got), "day": dt.date.today().isoformat()}
        print(name, got.good, got.told, flush=True)
        KEPT.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return None


if __name__ == "__main__":
    main()
