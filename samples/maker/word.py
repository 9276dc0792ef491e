"""Papers as Word documents, catalogues, sounds and photos: what needs no PDF library."""

from __future__ import annotations

import io
import math
import struct
import wave
from pathlib import Path

import docx
from docx.shared import Pt
from maker.papers import Paper, d
from PIL import Image, ImageDraw


def seal() -> Image.Image:
    """A red ring with a star: a seal of nobody."""
    im = Image.new("RGB", (220, 220), "white")
    g = ImageDraw.Draw(im)
    for r in range(96, 104):
        g.ellipse((110 - r, 110 - r, 110 + r, 110 + r), outline=(205, 30, 30))
    points = [
        (
            110 + (38 if i % 2 == 0 else 15) * math.sin(math.pi * i / 5),
            110 - (38 if i % 2 == 0 else 15) * math.cos(math.pi * i / 5),
        )
        for i in range(10)
    ]
    g.polygon(points, fill=(205, 30, 30))
    return im


SEAL = seal()


def to_docx(p: Paper) -> bytes:
    """One paper as a Word document."""
    doc = docx.Document()
    for text in filter(None, (p.agency, p.title)):
        run = doc.add_paragraph().add_run(text)
        run.font.size = Pt(18)
    if p.number:
        doc.add_paragraph(p.number)
    for b in p.blocks:
        if b[0] in ("line", "para"):
            doc.add_paragraph(b[1])
        elif b[0] == "sign":
            doc.add_paragraph(f"{b[1]}：{b[2]}　　{d(b[3])}")
        elif b[0] in ("issue", "seal"):
            if b[0] == "issue":
                doc.add_paragraph(b[1])
                doc.add_paragraph(d(b[2]))
            image = io.BytesIO()
            SEAL.save(image, "PNG")
            doc.add_picture(image, width=Pt(92))
        else:
            rows = [list(r) for r in b[1]] if b[0] == "form" else [b[1], *b[2]]
            t = doc.add_table(rows=0, cols=len(rows[0]))
            t.style = "Table Grid"
            for r in rows:
                cells = t.add_row().cells
                for cell, text in zip(cells, r, strict=True):
                    parts = text.split("\n")
                    cell.paragraphs[0].add_run(parts[0])
                    for more in parts[1:]:
                        cell.add_paragraph(more)
    out = io.BytesIO()
    doc.save(out)
    return out.getvalue()


def catalogue(rows: list[tuple[str, str, str, str]]) -> Paper:
    """A 卷内目录 of (title, number, date, page)."""
    return Paper(
        "卷内目录",
        "卷内目录",
        blocks=[
            (
                "table",
                ["序号", "文件题名", "文号", "日期", "页码", "备注"],
                [[str(i), a, b, c, e, ""] for i, (a, b, c, e) in enumerate(rows, 1)],
            )
        ],
    )


def row(p: Paper, page: str) -> tuple[str, str, str, str]:
    """A catalogue row of a paper."""
    return p.name, p.number, d(p.date) if p.date else "", page


def sound(path: Path, day: str) -> None:
    """One second of silence with a creation date in a LIST/INFO chunk."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as w:
        w.setnchannels(1)
        w.setsampwidth(1)
        w.setframerate(8000)
        w.writeframes(b"\x80" * 8000)
    info = (
        b"INFOICRD"
        + struct.pack("<I", len(day) + 1)
        + day.encode()
        + b"\0"
        + (b"\0" if len(day) % 2 == 0 else b"")
    )
    data = buffer.getvalue() + b"LIST" + struct.pack("<I", len(info)) + info
    path.write_bytes(data[:4] + struct.pack("<I", len(data) - 8) + data[8:])


def photo(path: Path, stamp: str) -> None:
    """A small picture with an EXIF time."""
    im = Image.new("RGB", (320, 240), (150, 175, 190))
    ImageDraw.Draw(im).polygon([(0, 240), (120, 120), (320, 200), (320, 240)], fill=(120, 110, 80))
    exif = im.getexif()
    exif[0x0132] = stamp
    exif.get_ifd(0x8769)[0x9003] = stamp
    im.save(path, "JPEG", quality=70, exif=exif)
