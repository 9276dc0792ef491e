"""A small writer of PDF files with Chinese text, for what printers, offices and programs make of
a page: turned, upright in columns, two sheets on one, with notes, fields and outlines.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

_FONT = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /{cmap} /DescendantFonts"
    " [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo"
    " << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000 >>] >>"
)


@dataclass
class Sheet:
    """One page. ``runs``: (x, y, size, text) from the top left; ``matrix`` moves all of them (PDF
    space); ``columns``: written from top to bottom; ``raw``: more of the content stream.
    """

    runs: list[tuple[float, float, float, str]]
    width: float = 595.0
    height: float = 842.0
    matrix: str = "1 0 0 1 0 0"
    columns: bool = False
    rotate: int = 0
    raw: str = ""
    annots: list[str] = field(default_factory=list)


def hexed(text: str) -> str:
    """Text as a hexadecimal string of UCS-2."""
    return "<" + text.encode("utf-16-be").hex() + ">"


def noted(text: str) -> str:
    """Text as a PDF string with a byte order mark."""
    return "<feff" + text.encode("utf-16-be").hex() + ">"


def write_pdf(sheets: list[Sheet], fields: bool = False) -> bytes:
    """The bytes of a PDF. ``fields``: annotations are the fields of a form."""
    objects = ["", "", _FONT.format(cmap="UniGB-UCS2-H"), _FONT.format(cmap="UniGB-UCS2-V")]
    kids, widgets = [], []
    for s in sheets:
        refs = []
        for a in s.annots:
            objects.append(a)
            refs.append(f"{len(objects)} 0 R")
        widgets += refs
        stream = zlib.compress(_content(s).encode("latin-1"))
        objects.append(
            f"<< /Length {len(stream)} /Filter /FlateDecode >>\nstream\n"
            + stream.decode("latin-1")
            + "\nendstream"
        )
        body = len(objects)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {s.width} {s.height}] /Rotate {s.rotate}"
            f" /Contents {body} 0 R /Annots [{' '.join(refs)}]"
            " /Resources << /Font << /H 3 0 R /V 4 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    form = ""
    if fields:
        form = f" /AcroForm << /Fields [{' '.join(widgets)}] /DR << /Font << /H 3 0 R >> >>"
        form += " /DA (/H 12 Tf 0 g) /NeedAppearances true >>"
    objects[0] = f"<< /Type /Catalog /Pages 2 0 R{form} >>"
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return _file(objects)


def _content(s: Sheet) -> str:
    font = "V" if s.columns else "H"
    out = [f"q {s.matrix} cm"]
    for x, y, size, text in s.runs:
        out.append(f"BT /{font} {size} Tf 1 0 0 1 {x} {s.height - y - size} Tm {hexed(text)} Tj ET")
    return "\n".join([*out, "Q", s.raw])


def _file(objects: list[str]) -> bytes:
    out, at = b"%PDF-1.7\n", []
    for n, text in enumerate(objects, 1):
        at.append(len(out))
        out += f"{n} 0 obj\n{text}\nendobj\n".encode("latin-1")
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    table += "".join(f"{offset:010d} 00000 n \n" for offset in at)
    tail = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF"
    return out + (table + tail).encode("latin-1")
