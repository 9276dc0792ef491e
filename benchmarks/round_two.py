"""Two rounds of a review made from labelled cases, with the truth of what changed, and the
judgement of ``casereview compare`` on them.

    python benchmarks/round_two.py build CASES TARGET       CASES: a folder with labels.jsonl (file,
                                                            page_from, page_to, kind of every paper)
    python benchmarks/round_two.py run TARGET               scores both rounds, rules, compares,
                                                            prints the figures; writes only under
                                                            TARGET

Round one lacks one or two papers of every case. In round two they are back (a fix) and others are
gone (a new fault); folders and files have other
names and another order, separate PDFs are merged, a page is put in, Word files are printed to PDF,
two cases are scanned anew; one item of the
checklist and one number of the law changed, and a waiver ran out. Needs LibreOffice.
"""

from __future__ import annotations

import io
import json
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from PIL import Image

MISSING = {
    "结案审批表": "closing.present",
    "公示记录": "publicity.decision-published",
    "调查终结报告": "investigation.report-present",
    "卷宗封面": "archive.cover",
    "当事人身份证明": "subject.party-identified",
    "立案审批表": "filing.present",
    "卷内目录": "archive.catalogue",
    "事先告知书": "notice.present",
}
FOLLOWS = {
    "archive.catalogue-matches",
    "filing.source-stated",
    "recording.stages-covered",
    "archive.order",
}  # of a paper that was taken out
OVERLAY = """基于: 行政处罚-普通程序
编号: round-two
清单: 第二轮
版本: "2"
改动:
  evidence.copies-verified: {分值: 5, 理由: 本轮加重}
参数:
  公示期限:
    说明: 决定作出后多少日内公示
    单位: 日
    日类: 工作日
    取值:
      - {自: 2018-12-05, 值: 20, 依据: 本轮试用}
"""


def rewrite(path: Path, drop: set[int], put_in: bool = False) -> None:
    """A PDF without some pages (1-based), and with a slip of paper before its last page."""
    with pdfium.PdfDocument(path) as old:
        new = pdfium.PdfDocument.new()
        keep = [i for i in range(len(old)) if i + 1 not in drop]
        if keep:
            new.import_pages(old, keep)
            if put_in:
                new.new_page(595, 842, max(0, len(keep) - 1))
            out = io.BytesIO()
            new.save(out)
        new.close()
    if keep:
        path.write_bytes(out.getvalue())
    else:
        path.unlink()


def remove(case: Path, papers: list[dict], kind: str) -> bool:
    """Take every paper of a kind out of a copied case; False when it stands in a file with others
    that is no PDF.
    """
    mine = [d for d in papers if d["kind"] == kind]
    pages: dict[str, set[int]] = {}
    for d in mine:
        if not d["file"].lower().endswith(".pdf") and any(
            o["file"] == d["file"] and o["kind"] != kind for o in papers
        ):
            return False
        pages.setdefault(d["file"], set()).update(range(d["page_from"], d["page_to"] + 1))
    for file, drop in pages.items():
        path = case / file
        rewrite(path, drop) if file.lower().endswith(".pdf") else path.unlink()
    return bool(mine)


def printed(case: Path) -> None:
    """Word files become PDF."""
    for path in sorted(case.rglob("*.docx")):
        subprocess.run(
            [
                "soffice",
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                str(path.parent),
                str(path),
            ],
            capture_output=True,
            check=True,
            timeout=180,
        )
        path.unlink()


def merged(case: Path) -> None:
    """All PDFs of a case in one, in another order: the last third first."""
    files = sorted(case.rglob("*.pdf"), key=lambda p: str(p.relative_to(case)))
    if len(files) < 3:
        return
    new = pdfium.PdfDocument.new()
    for path in files:
        with pdfium.PdfDocument(path) as old:
            new.import_pages(old)
    out = io.BytesIO()
    new.save(out)
    new.close()
    for path in files:
        path.unlink()
    (case / "全卷合并.pdf").write_bytes(out.getvalue())


def scanned(case: Path) -> None:
    """Every PDF page becomes a picture, a little crooked."""
    for path in sorted(case.rglob("*.pdf")):
        with pdfium.PdfDocument(path) as doc:
            pages = [
                doc[i]
                .render(scale=150 / 72)
                .to_pil()
                .convert("RGB")
                .rotate(0.7, resample=Image.BICUBIC, fillcolor="white")
                for i in range(len(doc))
            ]
        pages[0].save(path, save_all=True, append_images=pages[1:], resolution=150)


def renamed(case: Path, rnd: random.Random) -> None:
    """Other names and another order; recordings and photos keep theirs, since lists name them."""
    files = [
        p
        for p in sorted(case.rglob("*"))
        if p.is_file() and p.suffix.lower() in (".pdf", ".docx", ".xlsx")
    ]
    order = list(range(len(files)))
    rnd.shuffle(order)
    for n, path in zip(order, files, strict=True):
        path.rename(path.with_name(f"扫描{n:03d}{path.suffix.lower()}"))


@dataclass
class Truth:
    """A case in both rounds: where it lies, what was done to its files, and what must be found."""

    one: str
    two: str
    how: list[str]
    labelled: list[str]
    may: list[str]
    fixed: list[str]
    new: list[str]


def build(cases: Path, target: Path) -> None:
    """Both rounds and their truth."""
    rnd = random.Random(20261126)
    shutil.rmtree(target, ignore_errors=True)
    truth: list[Truth] = []
    for n, line in enumerate((cases / "labels.jsonl").read_text("utf-8").splitlines()):
        label = json.loads(line)
        _, unit, name = label["case"].split("/")
        one, two = target / "第一轮" / unit / name, target / "第二轮" / unit / f"{n:02d}号卷"
        source = cases / label["case"]
        for side in (one, two):
            shutil.copytree(source, side)
            if (source.parent / "单位材料").is_dir():
                lists = side.parent / "单位材料"
                shutil.copytree(source.parent / "单位材料", lists, dirs_exist_ok=True)
        have = removable(label)
        rnd.shuffle(have)
        papers = label["documents"]
        fixed = [k for k in have[: 2 if n % 2 else 1] if remove(one, papers, k)]
        new = [k for k in have[2:3] if n % 3 == 0 and remove(two, papers, k)]
        scans = sum("重新扫描" in t.how for t in truth)
        how = altered(two, n, label["format"], scans, rnd)
        truth.append(
            Truth(
                f"{unit}/{name}",
                f"{unit}/{two.name}",
                how,
                label["must_fail"],
                label["may_fail"],
                [MISSING[k] for k in fixed],
                [MISSING[k] for k in new],
            )
        )
    lines = [json.dumps(asdict(t), ensure_ascii=False) + "\n" for t in truth]
    (target / "truth.jsonl").write_text("".join(lines), "utf-8")
    (target / "第二轮.yaml").write_text(OVERLAY, "utf-8")


def removable(label: dict[str, Any]) -> list[str]:
    """Kinds of paper of a case whose absence is a fault that it does not have yet."""
    kinds = {k for d in label["documents"] for k in (d["kind"], *d.get("also", ()))}
    known = {*label["must_fail"], *label["may_fail"]}
    return [
        k
        for k in MISSING
        if k in kinds
        and not (k == "事先告知书" and "听证告知书" in kinds)
        and MISSING[k] not in known
    ]


def altered(case: Path, n: int, kind: str, scans: int, rnd: random.Random) -> list[str]:
    """The files of the second round are not those of the first. Returns what was done."""
    how = []
    if n % 5 == 4:
        for p in sorted(case.rglob("*.pdf"))[:1]:
            rewrite(p, set(), put_in=True)
        how.append("插页")
    if kind == "docx" and n % 2:
        printed(case)
        how.append("打印为PDF")
    if kind == "pdf" and n % 2:
        merged(case)
        how.append("合并")
    if kind in ("merged", "pdf") and scans < 2 and n % 4 == 0:
        scanned(case)
        how.append("重新扫描")
    if "合并" not in how:
        renamed(case, rnd)
        how.append("改名换序")
    return how


Finding = dict[str, Any]
CHANGED = {"evidence.copies-verified", "publicity.within-7-workdays"}  # by the overlay


@dataclass
class Played:
    """Both rounds as the program sees them. ``two``: by the name of the case in the first round;
    ``changes``: by case and item.
    """

    truth: list[Truth]
    one: dict[str, dict[str, Any]]
    two: dict[str, dict[str, Any]]
    waived: tuple[str, Finding] | None
    overruled: list[tuple[str, Finding]]
    same: dict[str, Any]
    compared: dict[str, Any]
    changes: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for x in self.compared["changes"]:
            if x["case_from"]:
                self.changes[x["case_from"], x["check"]] = x
            if x["change"] in ("新出现", "再次出现"):
                self.changes[x["case_to"], x["check"]] = x

    def failed(self) -> list[tuple[str, Finding]]:
        """Every fault of the first round."""
        return failures(self.one)

    def again(self, case: str) -> dict[str, Finding]:
        """The findings of the second round on a case of the first, by item."""
        return {f["check"]: f for f in self.two.get(case, {"findings": []})["findings"]}


def failures(results: dict[str, dict[str, Any]]) -> list[tuple[str, Finding]]:
    """(case, finding) of everything that fails."""
    return [
        (case, f)
        for case, r in sorted(results.items())
        for f in r["findings"]
        if f["status"] == "fail"
    ]


class Tool:
    """The program as a user runs it, on one store."""

    def __init__(self, db: Path):
        self.db = db

    def __call__(self, *args: object) -> str:
        """Its answer."""
        done = subprocess.run(
            [sys.executable, "-m", "casereview", *map(str, args), "--db", str(self.db)],
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        if done.returncode not in (0, 1, 6):
            raise SystemExit(done.stderr)
        return done.stdout

    def scored(self, folder: Path, *more: object) -> dict[str, dict[str, Any]]:
        """Score a folder; its results by case."""
        self("score", folder, *more)
        return {r["case"]: r for r in map(json.loads, self("export").splitlines())}

    def rule(self, case: str, check: str, *said: str) -> None:
        """A ruling."""
        self("rule", f"{case}#{check}", *said, "--by", "甲")


def play(target: Path) -> Played:
    """Score, rule, score again, compare."""
    for p in target.glob("两轮.db*"):
        p.unlink()
    tool = Tool(target / "两轮.db")
    lines = (target / "truth.jsonl").read_text("utf-8").splitlines()
    truth = [Truth(**json.loads(line)) for line in lines]
    one = tool.scored(target / "第一轮", "--as-of", "2026-03-02")
    labelled = {(t.one, check) for t in truth for check in t.labelled}
    stays = [
        (case, f)
        for case, f in failures(one)
        if f["check"] not in CHANGED and (case, f["check"]) in labelled
    ]
    waived, overruled = stays[0] if stays else None, stays[5:25:5]
    if waived:
        terms = ("--until", "2026-06-30", "--signer", "局长")
        tool.rule(waived[0], waived[1]["check"], "waive", "--why", "情况特殊", *terms)
    for case, f in overruled:
        tool.rule(case, f["check"], "overrule", "--why", "原件齐全")
    same = json.loads(tool("compare", 1, 1, "--json"))
    later = tool.scored(target / "第二轮", "--as-of", "2026-09-01", "-c", target / "第二轮.yaml")
    compared = json.loads(tool("compare", 1, 2, "--json"))
    pairs = {x["case_from"]: later[x["case_to"]] for x in compared["cases"]}
    return Played(truth, one, pairs, waived, overruled, same, compared)


def run(target: Path) -> None:
    """Count what was recognised."""
    p = play(target)
    n: Counter[str] = Counter()
    odd = [row for t in p.truth for row in _old_faults(p, t, n)]
    odd += [row for t in p.truth for row in _new_faults(p, t, n)]
    wrong = [row for t in p.truth for row in _accusations(p, t)]
    counts = p.compared["counts"]
    figures = {
        "案卷配对": f"{len(p.two)}/{len(p.truth)}",
        "第一轮不合格": len(p.failed()),
        "同一次比较的变化": len(p.same["changes"]) - p.same["counts"]["未整改"],
        "仍在的问题认出": f"{n['kept']}/{n['all']}",
        "标识不变": f"{n['same id']}/{n['all']}",
        "改正的认出": f"{n['fixed']}/{n['all fixed']}",
        "新问题认出": f"{n['new']}/{n['all new']}",
        "规则已变而称已整改": n["false fixed"],
        "丢失": n["lost"],
        "否定意见仍在": f"{n['held']}/{len(p.overruled)}",
        "到期的豁免": _lapsed(p),
        "合计相符": sum(counts.values()) == len(p.compared["changes"]),
        "第二轮错误指责": len(wrong),
        "各类": counts,
        "分数": p.compared["score"],
    }
    print(json.dumps(figures, ensure_ascii=False, indent=1))
    for row in (*odd, *wrong):
        print(*row)


Row = tuple[object, ...]


def _old_faults(p: Played, t: Truth, n: Counter[str]) -> Iterator[Row]:
    """What became of the faults of the first round; rows for those that were not recognised."""
    again = p.again(t.one)
    spoken = {(case, f["check"]) for case, f in p.overruled}
    for f in p.one[t.one]["findings"]:
        check = f["check"]
        if f["status"] != "fail":
            continue
        if (t.one, check) in spoken:
            n["held"] += again[check].get("ruling") is not None
            continue
        change = p.changes.get((t.one, check))
        word = change["change"] if change else ""
        n["lost"] += change is None
        if check in t.fixed:
            n["all fixed"] += 1
            n["fixed"] += word == "已整改"
        elif check in CHANGED:
            n["false fixed"] += word == "已整改"
        elif check in t.labelled:
            n["all"] += 1
            n["kept"] += word == "未整改"
            n["same id"] += check in again and again[check]["identity"] == f["identity"]
        wanted = "已整改" if check in t.fixed else "未整改"
        if word != wanted and (check in t.fixed or check in set(t.labelled) - CHANGED):
            yield t.one, t.how, check, _told(change)


def _new_faults(p: Played, t: Truth, n: Counter[str]) -> Iterator[Row]:
    """What was put in wrong in the second round; rows for what was not called new."""
    for check in t.new:
        change = p.changes.get((t.two, check)) or p.changes.get((t.one, check))
        good = change is not None and change["change"] == "新出现"
        n["all new"] += 1
        n["new"] += good
        if not good:
            now = p.again(t.one).get(check, {})
            yield t.two, t.how, check, _told(change), now.get("message")


def _accusations(p: Played, t: Truth) -> Iterator[Row]:
    """Faults of the second round that nobody put in."""
    known = {*t.labelled, *t.may, *t.new, *(FOLLOWS if t.new else ())}
    for check, f in p.again(t.one).items():
        if f["status"] == "fail" and check not in known:
            yield t.two, t.how, check, f["message"]


def _told(change: dict[str, Any] | None) -> Row | None:
    return (change["change"], change["status_to"], change["why"]) if change else None


def _lapsed(p: Played) -> str:
    """How the waiver stands that ran out between the rounds."""
    if p.waived is None:
        return ""
    case, f = p.waived
    ruling = p.again(case).get(f["check"], {}).get("ruling") or {}
    return str(ruling.get("state", ""))


if __name__ == "__main__":
    (
        build(Path(sys.argv[2]), Path(sys.argv[3]))
        if sys.argv[1] == "build"
        else run(Path(sys.argv[2]))
    )
