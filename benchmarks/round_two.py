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
from pathlib import Path

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


def build(cases: Path, target: Path) -> None:
    """Both rounds and their truth."""
    rnd = random.Random(20261126)
    shutil.rmtree(target, ignore_errors=True)
    truth = []
    labels = [json.loads(line) for line in (cases / "labels.jsonl").read_text("utf-8").splitlines()]
    scans = 0
    for n, label in enumerate(labels):
        source = cases / label["case"]
        batch, unit, name = label["case"].split("/")
        one, two = target / "第一轮" / unit / name, target / "第二轮" / unit / f"{n:02d}号卷"
        shutil.copytree(source, one)
        shutil.copytree(source, two)
        lists = source.parent / "单位材料"
        for side in (one, two):
            if lists.is_dir():
                shutil.copytree(lists, side.parent / "单位材料", dirs_exist_ok=True)
        kinds = {k for d in label["documents"] for k in (d["kind"], *d.get("also", ()))}
        have = [
            k
            for k in MISSING
            if k in kinds
            and not (k == "事先告知书" and "听证告知书" in kinds)
            and MISSING[k] not in {*label["must_fail"], *label["may_fail"]}
        ]
        rnd.shuffle(have)
        fixed = [k for k in have[: 2 if n % 2 else 1] if remove(one, label["documents"], k)]
        new = [k for k in have[2:3] if n % 3 == 0 and remove(two, label["documents"], k)]
        how = []
        if n % 5 == 4:
            for p in sorted(two.rglob("*.pdf"))[:1]:
                rewrite(p, set(), put_in=True)
            how.append("插页")
        if label["format"] == "docx" and n % 2:
            printed(two)
            how.append("打印为PDF")
        if label["format"] in ("pdf",) and n % 2:
            merged(two)
            how.append("合并")
        if label["format"] in ("merged", "pdf") and scans < 2 and n % 4 == 0:
            scanned(two)
            scans += 1
            how.append("重新扫描")
        if "合并" not in how:
            renamed(two, rnd)
            how.append("改名换序")
        truth.append(
            {
                "one": f"{unit}/{name}",
                "two": f"{unit}/{two.name}",
                "how": how,
                "labelled": label["must_fail"],
                "may": label["may_fail"],
                "fixed": [MISSING[k] for k in fixed],
                "new": [MISSING[k] for k in new],
            }
        )
    (target / "truth.jsonl").write_text(
        "".join(json.dumps(t, ensure_ascii=False) + "\n" for t in truth), "utf-8"
    )
    (target / "第二轮.yaml").write_text(OVERLAY, "utf-8")


def tool(*args: object, db: Path) -> str:
    """The program as a user runs it; its answer."""
    done = subprocess.run(
        [sys.executable, "-m", "casereview", *map(str, args), "--db", str(db)],
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    if done.returncode not in (0, 1, 6):
        raise SystemExit(done.stderr)
    return done.stdout


def run(target: Path) -> None:
    """Score, rule, compare, count."""
    db = target / "两轮.db"
    for p in target.glob("两轮.db*"):
        p.unlink()
    truth = [json.loads(line) for line in (target / "truth.jsonl").read_text("utf-8").splitlines()]
    tool("score", target / "第一轮", "--as-of", "2026-03-02", db=db)
    one = {r["case"]: r for r in map(json.loads, tool("export", db=db).splitlines())}
    failed = [
        (c, f) for c, r in sorted(one.items()) for f in r["findings"] if f["status"] == "fail"
    ]
    changed = {"evidence.copies-verified", "publicity.within-7-workdays"}
    stays = [
        (c, f)
        for c, f in failed
        if f["check"] not in changed
        and any(t["one"] == c and f["check"] in t["labelled"] for t in truth)
    ]
    waived, overruled = stays[0], stays[5:25:5]
    tool(
        "rule",
        f"{waived[0]}#{waived[1]['check']}",
        "waive",
        "--why",
        "情况特殊",
        "--until",
        "2026-06-30",
        "--signer",
        "局长",
        "--by",
        "甲",
        db=db,
    )
    for c, f in overruled:
        tool("rule", f"{c}#{f['check']}", "overrule", "--why", "原件齐全", "--by", "甲", db=db)
    same = json.loads(tool("compare", 1, 1, "--json", db=db))
    tool("score", target / "第二轮", "--as-of", "2026-09-01", "-c", target / "第二轮.yaml", db=db)
    two = {r["case"]: r for r in map(json.loads, tool("export", db=db).splitlines())}
    c = json.loads(tool("compare", 1, 2, "--json", db=db))
    got = {(x["case_from"], x["check"]): x for x in c["changes"] if x["case_from"]} | {
        (x["case_to"], x["check"]): x for x in c["changes"] if x["change"] in ("新出现", "再次出现")
    }
    pairs = {x["case_from"]: x["case_to"] for x in c["cases"]}
    spoken = {(x, f["check"]) for x, f in overruled}
    kept = kept_id = held = fixed = fixed_all = new = new_all = false_fixed = lost = total = 0
    odd = []
    for t in truth:
        a, b = one[t["one"]], two.get(pairs.get(t["one"], ""))
        again = {f["check"]: f for f in b["findings"]} if b else {}
        for f in a["findings"]:
            if f["status"] != "fail":
                continue
            x = got.get((t["one"], f["check"]))
            if (t["one"], f["check"]) in spoken:
                held += again[f["check"]].get("ruling") is not None
                continue
            lost += x is None
            if f["check"] in t["fixed"]:
                fixed_all += 1
                fixed += x is not None and x["change"] == "已整改"
                odd += (
                    []
                    if x and x["change"] == "已整改"
                    else [
                        (
                            t["one"],
                            t["how"],
                            f["check"],
                            x and (x["change"], x["status_to"], x["why"]),
                        )
                    ]
                )
            elif f["check"] in changed:
                false_fixed += x is not None and x["change"] == "已整改"
            elif f["check"] in t["labelled"]:
                total += 1
                kept += x is not None and x["change"] == "未整改"
                kept_id += f["check"] in again and again[f["check"]]["identity"] == f["identity"]
                odd += (
                    []
                    if x and x["change"] == "未整改"
                    else [
                        (
                            t["one"],
                            t["how"],
                            f["check"],
                            x and (x["change"], x["status_to"], x["why"]),
                        )
                    ]
                )
        for check in t["new"]:
            new_all += 1
            x = got.get((t["two"], check)) or got.get((t["one"], check))
            new += x is not None and x["change"] == "新出现"
            odd += (
                []
                if x and x["change"] == "新出现"
                else [
                    (
                        t["two"],
                        t["how"],
                        check,
                        x and (x["change"], x["status_to"], x["why"]),
                        again.get(check, {}).get("message"),
                    )
                ]
            )
    wrong = [
        (t["two"], t["how"], f["check"], f["message"])
        for t in truth
        if t["one"] in pairs
        for f in two[pairs[t["one"]]]["findings"]
        if f["status"] == "fail"
        and f["check"] not in {*t["labelled"], *t["may"], *t["new"], *(FOLLOWS if t["new"] else ())}
    ]
    lapsed = [f for f in two[pairs[waived[0]]]["findings"] if f["check"] == waived[1]["check"]][0]
    everything = sum(c["counts"].values())
    print(
        json.dumps(
            {
                "案卷配对": f"{len(pairs)}/{len(truth)}",
                "第一轮不合格": len(failed),
                "同一次比较的变化": len(same["changes"]) - same["counts"]["未整改"],
                "仍在的问题认出": f"{kept}/{total}",
                "标识不变": f"{kept_id}/{total}",
                "改正的认出": f"{fixed}/{fixed_all}",
                "新问题认出": f"{new}/{new_all}",
                "规则已变而称已整改": false_fixed,
                "丢失": lost,
                "否定意见仍在": f"{held}/{len(overruled)}",
                "到期的豁免": (lapsed["ruling"] or {}).get("state"),
                "合计相符": everything == len(c["changes"]),
                "第二轮错误指责": len(wrong),
                "各类": c["counts"],
                "分数": c["score"],
            },
            ensure_ascii=False,
            indent=1,
        )
    )
    for row in (*odd, *wrong):
        print(*row)


if __name__ == "__main__":
    (
        build(Path(sys.argv[2]), Path(sys.argv[3]))
        if sys.argv[1] == "build"
        else run(Path(sys.argv[2]))
    )
