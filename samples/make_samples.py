"""Make samples/: two invented units, eight invented cases (PDF, merged PDF, DOCX, recordings,
photos), and four invented files that are no penalties. Needs the extra 'samples'.

python samples/make_samples.py [TARGET]
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from maker.governing import BATCH as GOVERNING  # noqa: E402
from maker.governing import FILES, Governing  # noqa: E402
from maker.papers import Paper, d, papers_of, recording_name  # noqa: E402
from maker.story import CASES, FARM, WATER, Case  # noqa: E402
from maker.word import SEAL, catalogue, photo, row, sound, to_docx  # noqa: E402
from reportlab.lib.pagesizes import A4  # noqa: E402
from reportlab.lib.styles import ParagraphStyle  # noqa: E402
from reportlab.lib.utils import ImageReader  # noqa: E402
from reportlab.pdfbase import pdfmetrics  # noqa: E402
from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # noqa: E402
from reportlab.pdfgen.canvas import Canvas  # noqa: E402
from reportlab.platypus import Paragraph, Table, TableStyle  # noqa: E402

FONT = "STSong-Light"
BATCH = "2025年度评查"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
BODY = ParagraphStyle("body", fontName=FONT, fontSize=12, leading=20, wordWrap="CJK")
PARA = ParagraphStyle("para", parent=BODY, firstLineIndent=24)
HEAD = ParagraphStyle("head", parent=BODY, fontSize=18, leading=28, alignment=1)
RIGHT = ParagraphStyle("right", parent=BODY, alignment=2)
SMALL = ParagraphStyle("small", parent=BODY, fontSize=11, leading=16)


class Press:
    """Sets papers one after the other on a reportlab canvas with running page numbers."""

    def __init__(self, target: io.BytesIO, first: int):
        self.c = Canvas(target, pagesize=A4, invariant=1)
        self.number, self.y = first - 1, 0.0

    def page(self) -> None:
        """A new page with its number at the foot."""
        if self.y:
            self.c.showPage()
        self.number += 1
        self.y = A4[1] - 70
        self.c.setFont(FONT, 10)
        if self.number > 0:
            self.c.drawCentredString(A4[0] / 2, 36, f"— {self.number} —")

    def put(self, flowable, space: float = 4) -> None:
        """Draw below what is there; start a page when it does not fit."""
        _, h = flowable.wrap(A4[0] - 150, 700)
        if self.y - h < 60:
            self.page()
        flowable.drawOn(self.c, 75, self.y - h)
        self.y -= h + space

    def paper(self, p: Paper) -> int:
        """Set one paper on fresh pages; returns its first page number."""
        self.page()
        first = self.number
        if p.agency:
            self.put(Paragraph(p.agency, HEAD))
        self.put(Paragraph(p.title, HEAD), 10)
        if p.number:
            self.put(Paragraph(p.number, RIGHT), 8)
        for b in p.blocks:
            self.block(b)
        return first

    def block(self, b: tuple) -> None:
        """One block of a paper."""
        kind = b[0]
        if kind in ("line", "para"):
            self.put(Paragraph(b[1], PARA if kind == "para" else BODY))
        elif kind == "sign":
            self.put(Paragraph(f"{b[1]}：{b[2]}　　{d(b[3])}", BODY))
        elif kind == "issue":
            self.put(Paragraph(b[1], RIGHT))
            self.put(Paragraph(d(b[2]), RIGHT))
            self.c.drawImage(
                ImageReader(SEAL),
                A4[0] - 195,
                self.y + 2,
                92,
                92,
                mask=[245, 255, 245, 255, 245, 255],
            )
        elif kind == "seal":
            self.c.drawImage(
                ImageReader(SEAL),
                A4[0] - 195,
                self.y - 96,
                92,
                92,
                mask=[245, 255, 245, 255, 245, 255],
            )
        else:
            rows = (
                [[Paragraph(k, SMALL), Paragraph(v.replace("\n", "<br/>"), SMALL)] for k, v in b[1]]
                if kind == "form"
                else [[Paragraph(x, SMALL) for x in r] for r in [b[1], *b[2]]]
            )
            widths = [115, 330] if kind == "form" else [32, 110, 90, 100, 50, 63]
            self.put(
                Table(
                    rows,
                    widths,
                    style=TableStyle(
                        [
                            ("GRID", (0, 0), (-1, -1), 0.8, "black"),
                            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                        ]
                    ),
                ),
                8,
            )


def to_pdf(papers: list[Paper], first: int = 1) -> tuple[bytes, list[int]]:
    """PDF bytes of some papers and the number each starts on."""
    out = io.BytesIO()
    press = Press(out, first)
    starts = [press.paper(p) for p in papers]
    press.c.save()
    return out.getvalue(), starts


def make_case(c: Case, base: Path) -> None:
    """Write one case folder."""
    folder = base / BATCH / c.unit / c.folder
    media = folder / "音像"
    media.mkdir(parents=True, exist_ok=True)
    papers = papers_of(c)
    inner = [p for p in papers if p.name not in ("案卷封面", "卷内备考表")]
    listed = "archive.catalogue" not in c.faults
    if c.shape.startswith("merged"):
        front = [papers[0]]
        _, starts = to_pdf(inner)
        if listed:
            front.append(catalogue([row(p, str(s)) for p, s in zip(inner, starts, strict=True)]))
        data, _ = to_pdf([*front, *inner, papers[-1]], 1 - len(front))
        (folder / f"{c.doc('罚决')}案卷.pdf").write_bytes(data)
    else:
        if listed:
            papers.insert(1, catalogue([row(p, str(i)) for i, p in enumerate(inner, 1)]))
        for i, p in enumerate(papers, 1):
            if c.shape == "docx":
                (folder / f"{i:02d} {p.name}.docx").write_bytes(to_docx(p))
            else:
                (folder / f"{i:02d} {p.name}.pdf").write_bytes(to_pdf([p])[0])
    sound(media / recording_name(c), c.on("inspect").isoformat())
    if c.hearing:
        sound(media / f"听证{c.on('hearing'):%Y%m%d}.wav", c.on("hearing").isoformat())
    photo(media / "现场照片1.jpg", f"{c.on('inspect'):%Y:%m:%d} 09:25:00")


def make_governing(g: Governing, base: Path) -> None:
    """Write the folder of one file that is no penalty."""
    folder = base / GOVERNING / g.unit / g.folder
    folder.mkdir(parents=True, exist_ok=True)
    for i, p in enumerate(g.papers, 1):
        name = f"{i:02d} {p.name}"
        if g.shape == "docx":
            (folder / f"{name}.docx").write_bytes(to_docx(p))
        else:
            (folder / f"{name}.pdf").write_bytes(to_pdf([p])[0])


def make_all(base: Path) -> None:
    """Write every case and the lists of the two units."""
    for c in CASES:
        make_case(c, base)
    for g in FILES:
        make_governing(g, base)
    for unit in (WATER, FARM):
        folder = base / BATCH / unit / "单位材料"
        folder.mkdir(parents=True, exist_ok=True)
        mine = [c for c in CASES if c.unit == unit]
        rows = "".join(f"{n},{no},2022-01-01,2028-12-31,执法人员\n" for n, no in mine[0].officers)
        (folder / "officers.csv").write_text(
            "姓名,执法证号,有效期起,有效期止,身份\n" + rows, "utf-8-sig"
        )
        (folder / "reviewers.csv").write_bytes(
            f"姓名,是否取得法律职业资格,起始日期\n{mine[0].reviewer},是,2019-06-01\n".encode(
                "gb18030"
            )
        )
        causes = sorted({(c.cause, c.ground) for c in mine})
        (folder / "authority.csv").write_text(
            "事项名称,处罚依据\n" + "".join(f"对{a}的行政处罚,{b}\n" for a, b in causes),
            "utf-8-sig",
        )


if __name__ == "__main__":
    make_all(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
