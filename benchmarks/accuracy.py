"""How often the program is right, item by item and format by format, on drawn houses: a page in the
docs from what ``houses/examine.py`` says of four sets.

    python benchmarks/accuracy.py                  draw, examine and write docs/准确程度.md
    python benchmarks/accuracy.py --sets FOLDER     keep the sets there, use those that lie there

The sets are of the parts ``development`` and ``second``, digital ones and scans, from seeds that
nobody mended on. The examination part is measured elsewhere (docs/examination.md).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "准确程度.md"
EXAMINE = ROOT / "benchmarks" / "houses" / "examine.py"
EVERY = "ordinary,summary,nopenalty,coercion,inspection,licence"
DIGITAL, SCANS = "pdf,merged,docx,parts", "scan,mixed"
FORMATS = {
    "pdf": "PDF，一份文书一个文件",
    "merged": "PDF，全卷一个文件",
    "docx": "Word",
    "parts": "PDF，分正卷、副卷等文件夹",
    "mixed": "PDF，有签名的是扫描件",
    "scan": "扫描件，全卷一个文件",
}
SUMMED = ("cases", "lawful", "lawful_accused", "must", "found", "asked", "missed", "false")
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Drawn:
    """A set: its name, part, first seed, houses a procedure, cases a house, media."""

    name: str
    part: str
    seed: int
    houses: int
    cases: int
    media: str


SETS = (
    Drawn("ddig", "development", 740, 4, 3, DIGITAL),
    Drawn("sdig", "second", 840, 4, 3, DIGITAL),
    Drawn("dscan", "development", 720, 2, 2, SCANS),
    Drawn("sscan", "second", 820, 2, 2, SCANS),
)
HEAD = """# 准确程度：逐项、逐种格式

由 `python benchmarks/accuracy.py` 写出：按种子抽出没有人照着改过的单位，
题名、栏目、版式、措辞随机组合，写成案卷，埋下问题，程序评查，与标注逐项比较。
词汇是公开的两套（`development`、`second`），开发时照着它们的别的种子改过程序，
所以比真实的新单位**容易**；
最难的情形（没有人读过的词汇）见 [examination.md](examination.md)。

怎样读：“查出”是埋下的问题判为不合格的；“问人”是判为待复核的；“漏掉”是判为合格或者不适用的；
“误判”是把没有问题的项目判为不合格的；“待复核”是可以判断的项目里留给人的。

"""


def examined(one: Drawn, folder: Path) -> Row:
    """What examine.py says of a set. It is drawn where it does not lie in the folder yet."""
    own = folder / one.name
    own.mkdir(parents=True, exist_ok=True)
    kept = own / "drawn"
    drawing = [
        *("--part", one.part, "--seed", str(one.seed), "--houses", str(one.houses)),
        *("--cases", str(one.cases), "--formats", one.media, "--procedures", EVERY),
    ]
    told = own / "accuracy.json"
    subprocess.run(
        [
            *(sys.executable, str(EXAMINE), "--keep", str(own), "--json", str(told)),
            *(["--drawn", str(kept)] if kept.exists() else drawing),
        ],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    got: Row = json.loads(told.read_text("utf-8"))
    return got


def summed(rows: Iterable[Row]) -> Counter[str]:
    """The counts of several rows together."""
    out: Counter[str] = Counter()
    for row in rows:
        out.update({k: v for k, v in row.items() if isinstance(v, int)})
    return out


def items_of(results: Iterable[Row]) -> dict[str, Counter[str]]:
    """The counts of every item over all sets."""
    out: dict[str, Counter[str]] = {}
    for result in results:
        for name, counts in result["items"].items():
            out.setdefault(name, Counter()).update(counts)
    return dict(sorted(out.items()))


def share(part: float, whole: float) -> str:
    """A share as people read it."""
    return f"{part / whole:.1%}" if whole else "—"


def _first(name: str, rows: list[Row]) -> str:
    """One line of the first table."""
    n = summed(rows)
    decided = sum(r["review_share"] * r["cases"] for r in rows) / max(1, n["cases"])
    cells = [
        name,
        n["cases"],
        n["must"],
        share(n["found"], n["must"]),
        share(n["asked"], n["must"]),
        share(n["missed"], n["must"]),
        n["false"],
        f"{n['lawful_accused']}/{n['lawful']}",
        f"{decided:.1%}",
        f"{sum(r['facts'] * r['cases'] for r in rows) / max(1, n['cases']):.1%}",
    ]
    return "| " + " | ".join(map(str, cells)) + " |\n"


def page(results: Mapping[str, Row], names: Mapping[str, str]) -> str:
    """The page. ``names``: what items are called."""
    out = [HEAD, "## 逐种格式\n\n"]
    out.append(
        "| 格式 | 案卷 | 埋下 | 查出 | 问人 | 漏掉 | 误判 | 合法案卷被误判 | 待复核 | 要素 |\n"
    )
    out.append("|---|" + "---:|" * 9 + "\n")
    for medium, told in FORMATS.items():
        rows = [r["by_format"][medium] for r in results.values() if medium in r["by_format"]]
        out += [_first(told, rows)] if rows else []
    out.append(_first("**合计**", [r["total"] for r in results.values()]))
    out += ["\n待复核、要素按案卷数加权平均。抽样：", _drawn(results), "\n\n## 逐项\n\n"]
    out.append("只列埋过问题、误判过或者待复核过的项目；其余项目在这些案卷里没有错。\n\n")
    out.append("| 检查项 | 名称 | 可判断 | 埋下 | 查出 | 问人 | 漏掉 | 误判 | 待复核 |\n")
    out.append("|---|---|" + "---:|" * 7 + "\n")
    quiet = 0
    for check, n in items_of(results.values()).items():
        if not (n["must"] or n["false"] or n["review"]):
            quiet += 1
            continue
        keys = ("decided", "must", "found", "asked", "missed", "false", "review")
        out.append(
            f"| `{check}` | {names.get(check, '')} | {' | '.join(str(n[k]) for k in keys)} |\n"
        )
    return "".join(out) + f"\n另有 {quiet} 项没有埋过问题，也没有误判和待复核。\n"


def _drawn(results: Mapping[str, Row]) -> str:
    """Which sets these are."""
    told = []
    for one in SETS:
        if one.name in results:
            last = one.seed + one.houses - 1
            cases = results[one.name]["total"]["cases"]
            told.append(f"{one.part} 种子 {one.seed}–{last}（{one.media}，{cases} 卷）")
    return "；".join(told) + "。六种程序都有。"


def item_names() -> dict[str, str]:
    """What the items of every shipped checklist are called."""
    from casereview.rules.rulebook import RuleSet, rule_set

    rules = rule_set("", "")
    assert isinstance(rules, RuleSet)
    return {c.id: c.name for r in rules.every for c in r.checklist.checks}


def main() -> None:
    """Examine and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sets", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.sets or Path(temporary)
        results = {one.name: examined(one, folder) for one in SETS}
    PAGE.write_text(page(results, item_names()), "utf-8")
    for name, result in results.items():
        print(name, result["total"])


if __name__ == "__main__":
    main()
