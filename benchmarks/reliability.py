"""The figures of reliability R1 to R28, each from the tests that prove it, as a table in the docs.

    python benchmarks/reliability.py            run them and write docs/可靠性.md
    python benchmarks/reliability.py --only R9,R18
    python benchmarks/reliability.py --sizes    put what was measured anew into the page; rows that
                                                tests prove stay as they were proved last
    python benchmarks/reliability.py --list     which test stands for which figure

A figure is 达到 when every test that stands for it passes, 没有达到 when one fails. What is a size
and no test is measured by ``measured.py`` and taken from ``measured.json``, with its day; 部分达到
where only part of it can be told on one machine.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "可靠性.md"
KEPT = Path(__file__).parent / "measured.json"
SIZES = ("R2", "R13", "R26", "R27")  # measured, and proved by no test
GOOD, BAD, PART, OPEN, NOT_RUN = "达到", "没有达到", "部分达到", "没有测", "这次没有运行"
HEAD = """# 可靠性：R1 至 R28

由 `python benchmarks/reliability.py` 写出：每个数字由右边的测试证明，全部通过才算“达到”。
R2、R13、R26、R27 是大小，由 `python benchmarks/measured.py --public 文件夹` 量，写明哪一天。

| 号 | 数字 | 要求 | 结果 | 由什么证明 |
|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Figure:
    """One figure: what it is, its bar, the tests that prove it, and what is missing."""

    name: str
    what: str
    bar: str
    tests: tuple[str, ...] = ()
    lacks: str = ""


FIGURES = (
    Figure("R1", "每个文件恰有一个结果", "100 %", ("test_hostile.py", "test_workers.py")),
    Figure("R2", "公开的疑难文件都有名称，不读成空", "99 %"),
    Figure("R3", "读成空而报成功", "0", ("test_hostile.py", "test_fuzz.py")),
    Figure(
        "R4",
        "因为看不清而误说“缺”",
        "0",
        ("test_damage.py", "test_reading.py::test_bad_files_beside_a_case_accuse_nobody"),
    ),
    Figure(
        "R5",
        "一个文件超时多久被结束",
        "≤ 0.5 秒",
        ("test_hostile.py::test_what_hangs_or_bursts_ends_only_itself",),
        "只证明会被结束，没有逐一量超出多少",
    ),
    Figure("R6", "内存上限", "≤ 2 × 上限 + 300 MB", ("test_workers.py",), "没有量整棵进程树"),
    Figure("R7", "工作进程不断被杀", "100 %", ("test_workers.py",), "没有 1,500 个文件的量"),
    Figure(
        "R8",
        "中断以后接着做，结果相同",
        "200/200",
        ("test_cli.py::test_an_interrupted_run_goes_on", "test_faults.py"),
    ),
    Figure("R9", "每一步被杀、磁盘满、只读：数据库完好", "100 %", ("test_faults.py",)),
    Figure(
        "R10",
        "断电丢失的意见",
        "0",
        ("test_rounds.py::test_killed_at_any_moment_no_ruling_is_lost",),
        "kill -9 不是断电；每次写入都落盘（synchronous=FULL）",
    ),
    Figure("R11", "两个程序同时写", "0 丢失", ("test_faults.py::test_two_processes_lose_nothing",)),
    Figure(
        "R12",
        "同样的输入，逐字节相同的输出",
        "100 %",
        (
            "test_cli.py::test_same_bytes_with_any_number_of_workers",
            "test_reports.py::test_the_same_run_gives_the_same_bytes",
        ),
    ),
    Figure("R13", "另一种机器上相同", "100 %"),
    Figure(
        "R14",
        "没有改动，重评不变",
        "0",
        ("test_rounds.py::test_the_same_folder_twice_is_no_change",),
    ),
    Figure(
        "R15",
        "改名、重扫以后仍认得同一个问题",
        "≥ 98 %",
        ("test_rounds.py::test_renamed_folders_keep_their_findings",),
    ),
    Figure("R16", "意见在重评以后仍有效", "100 %", ("test_rounds.py",)),
    Figure(
        "R17",
        "改动记录看得出来",
        "100 %",
        (
            "test_faults.py::test_every_change_of_the_journal_shows",
            "test_privacy.py::test_an_erased_entry_cannot_be_altered_afterwards",
        ),
    ),
    Figure("R18", "一千个个人信息漏出、删除以后残留", "0", ("test_privacy.py",)),
    Figure("R19", "注入文字不起作用", "100 %", ("test_reports.py::test_foreign_text_is_inert",)),
    Figure("R20", "网页只认本机、令牌", "100 %", ("test_desk.py",)),
    Figure("R21", "写坏的规则文件全部拒绝", "100 %", ("test_yamlfile.py", "test_fuzz.py")),
    Figure("R22", "不写案卷文件夹", "0", ("test_cli.py::test_case_folders_are_never_written_to",)),
    Figure("R23", "不联网", "0", ("test_cli.py::test_no_network_is_used",)),
    Figure(
        "R24",
        "更新的、损坏的、别人的数据库不动",
        "100 %",
        (
            "test_store.py::test_what_is_not_ours_or_newer_is_left_alone",
            "test_faults.py::test_a_damaged_store_is_never_read_as_another",
        ),
    ),
    Figure(
        "R25",
        "Word 各种包装、旧编码的文字都读到",
        "100 %",
        (
            "test_reading.py::test_docx_wrappers_keep_their_text",
            "test_reading.py::test_text_encodings",
        ),
    ),
    Figure("R26", "两千个文件后内存增长", "< 50 MB"),
    Figure("R27", "安全措施的代价", "≤ 1.2 倍"),
    Figure(
        "R28", "改坏的文件引出没有名称的错误", "0", ("test_fuzz.py",), "长跑：benchmarks/fuzz.py"
    ),
)


def outcomes(tests: list[str]) -> dict[str, bool]:
    """'file.py::name' (parameters apart) -> did all of it pass. What was skipped proves nothing."""
    if not tests:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-n0", "-q", f"--junitxml={report}"]
        subprocess.run([*command, *(f"tests/{t}" for t in tests)], cwd=ROOT, check=False)
        got: dict[str, bool] = {}
        for case in ET.parse(report).iter("testcase"):
            if case.find("skipped") is not None:
                continue
            module = case.get("classname", "").rpartition(".")[2]
            name = f"{module}.py::{case.get('name', '').partition('[')[0]}"
            passed = case.find("failure") is None and case.find("error") is None
            got[name] = got.get(name, True) and passed
    return got


def verdict(figure: Figure, got: dict[str, bool]) -> str:
    """What became of a figure."""
    if not figure.tests:
        kept = measured(figure)
        return {True: GOOD, False: BAD, None: PART}[kept["good"]] if kept else OPEN
    mine = [ok for name, ok in got.items() if any(_is_of(name, t) for t in figure.tests)]
    if not mine:
        return NOT_RUN
    return GOOD if all(mine) else BAD


def measured(figure: Figure) -> dict[str, object]:
    """What was measured of a figure; {} where nothing was."""
    kept = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
    got: dict[str, object] = kept.get(figure.name, {})
    return got


def _is_of(name: str, test: str) -> bool:
    return name == test or name.partition("::")[0] == test


def page(got: dict[str, bool]) -> str:
    """The table."""
    return HEAD + "".join(row(f, got) for f in FIGURES)


def with_sizes(text: str) -> str:
    """A page in which the rows of what is measured are those of today."""
    kept = {line.split(" | ")[0].strip("| "): line + "\n" for line in text.splitlines()}
    sizes = {f.name: row(f, {}) for f in FIGURES if not f.tests}
    return HEAD + "".join(sizes.get(f.name) or kept[f.name] for f in FIGURES)


def row(f: Figure, got: dict[str, bool]) -> str:
    """One line of the table."""
    proof = "、".join(f"`{t}`" for t in f.tests)
    size = "" if f.tests else f"还没有量：`python benchmarks/measured.py --only {f.name}`"
    if kept := measured(f):
        size = f"{kept['day']}：{kept['told']}"
    proof = "；".join(filter(None, (proof, size, f.lacks)))
    return f"| {f.name} | {f.what} | {f.bar} | {verdict(f, got)} | {proof} |\n"


def main() -> None:
    """Run and write; exit 1 when a figure is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--sizes", action="store_true")
    asked = parser.parse_args()
    if asked.sizes:
        PAGE.write_text(with_sizes(PAGE.read_text("utf-8")), "utf-8")
        return
    wanted = set(asked.only.split(",")) - {""}
    chosen = [f for f in FIGURES if not wanted or f.name in wanted]
    if asked.list:
        print("\n".join(f"{f.name} {' '.join(f.tests) or f.lacks}" for f in chosen))
        return
    got = outcomes(sorted({t for f in chosen for t in f.tests}))
    if not wanted:
        PAGE.write_text(page(got), "utf-8")
    for f in chosen:
        print(f.name, verdict(f, got), f.what)
    raise SystemExit(any(verdict(f, got) == BAD for f in chosen))


if __name__ == "__main__":
    main()
