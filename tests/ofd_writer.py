"""A writer of small OFD files for tests, from the standard's structure (GB/T 33190): points in,
millimetres out.
"""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

MM = 25.4 / 72
NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
Box = tuple[float, float, float, float]


def _boundary(b: Box) -> str:
    return f"{b[0] * MM:.3f} {b[1] * MM:.3f} {(b[2] - b[0]) * MM:.3f} {(b[3] - b[1]) * MM:.3f}"


def text(n: int, x: float, top: float, size: float, words: str) -> str:
    """A TextObject with its top left corner at (x, top)."""
    box = (x, top, x + size * len(words), top + size)
    return (
        f'<ofd:TextObject ID="{n}" Boundary="{_boundary(box)}" Size="{size * MM:.3f}"><ofd:TextCode'
        f' X="0" Y="{0.86 * size * MM:.3f}" DeltaX="g {max(1, len(words) - 1)}'
        f' {size * MM:.3f}">{escape(words)}</ofd:TextCode></ofd:TextObject>'
    )


def stroke(n: int, b: Box) -> str:
    """A straight line as a PathObject."""
    w, h = (b[2] - b[0]) * MM, (b[3] - b[1]) * MM
    return (
        f'<ofd:PathObject ID="{n}" Boundary="{_boundary(b)}"><ofd:AbbreviatedData>M 0 0 L {w:.3f}'
        f" {h:.3f}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def ofd(pages: list[dict], template: str = "", odd_paths: bool = False) -> bytes:
    """Pages of {size, texts: [(x, top, size, words)], strokes: [box], images: [(box, bytes)],
    stamps: [box]}, all in points from the top left.

    ``template``: words that a template page puts on every page. ``odd_paths``: back slashes and
    absolute names, as real producers write them.
    """
    out = io.BytesIO()
    media: list[bytes] = []
    stamps: list[tuple[int, Box]] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        rows = []
        for i, page in enumerate(pages):
            n, body = 100, ""
            for b, data in page.get("images", ()):
                media.append(data)
                body += (
                    f'<ofd:ImageObject ID="{n}" Boundary="{_boundary(b)}"'
                    f' CTM="{(b[2] - b[0]) * MM:.3f} 0 0 {(b[3] - b[1]) * MM:.3f} 0 0"'
                    f' ResourceID="{1000 + len(media)}"/>'
                )
                n += 1
            for t in page.get("texts", ()):
                body += text(n, *t)
                n += 1
            for s in page.get("strokes", ()):
                body += stroke(n, s)
                n += 1
            stamps += [(i + 10, b) for b in page.get("stamps", ())]
            w, h = page.get("size", (595, 842))
            use = '<ofd:Template TemplateID="2" ZOrder="Background"/>' if template else ""
            z.writestr(
                f"Doc_0/Pages/Page_{i}/Content.xml",
                f"<ofd:Page {NS}><ofd:Area><ofd:PhysicalBox>0 0 {w * MM:.3f}"
                f" {h * MM:.3f}</ofd:PhysicalBox></ofd:Area>{use}"
                "<ofd:Content><ofd:Layer"
                f' ID="{i + 50}">{body}</ofd:Layer></ofd:Content></ofd:Page>',
            )
            where = f"Pages\\Page_{i}\\Content.xml" if odd_paths else f"Pages/Page_{i}/Content.xml"
            rows.append(f'<ofd:Page ID="{i + 10}" BaseLoc="{where}"/>')
        if template:
            z.writestr(
                "Doc_0/Tpls/Tpl_0/Content.xml",
                f"<ofd:Page {NS}><ofd:Content><ofd:Layer"
                f' ID="3">{text(4, 60, 30, 10, template)}</ofd:Layer></ofd:Content></ofd:Page>',
            )
        for n, data in enumerate(media, 1):
            z.writestr(f"Doc_0/Res/image_{n}.png", data)
        z.writestr(
            "Doc_0/DocumentRes.xml",
            f'<ofd:Res {NS} BaseLoc="Res"><ofd:MultiMedias>'
            + "".join(
                f'<ofd:MultiMedia ID="{1000 + n}"'
                f' Type="Image"><ofd:MediaFile>image_{n}.png</ofd:MediaFile></ofd:MultiMedia>'
                for n in range(1, len(media) + 1)
            )
            + "</ofd:MultiMedias></ofd:Res>",
        )
        tpl = '<ofd:TemplatePage ID="2" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template else ""
        z.writestr(
            "Doc_0/Document.xml",
            f"<ofd:Document {NS}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210"
            f" 297</ofd:PhysicalBox></ofd:PageArea>{tpl}"
            "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes></ofd:CommonData>"
            f"<ofd:Pages>{''.join(rows)}</ofd:Pages></ofd:Document>",
        )
        if stamps:
            z.writestr(
                "Doc_0/Signs/Signatures.xml",
                f'<ofd:Signatures {NS}><ofd:Signature ID="1"'
                ' BaseLoc="Sign_0/Signature.xml"/></ofd:Signatures>',
            )
            z.writestr(
                "Doc_0/Signs/Sign_0/Signature.xml",
                f"<ofd:Signature {NS}><ofd:SignedInfo>"
                + "".join(
                    f'<ofd:StampAnnot ID="{k}" PageRef="{p}" Boundary="{_boundary(b)}"/>'
                    for k, (p, b) in enumerate(stamps)
                )
                + "</ofd:SignedInfo></ofd:Signature>",
            )
        signed = "<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures>" if stamps else ""
        root = "/DOC_0/Document.xml" if odd_paths else "Doc_0/Document.xml"
        z.writestr(
            "OFD.xml",
            f'<ofd:OFD {NS} Version="1.0" DocType="OFD"><ofd:DocBody>'
            f"<ofd:DocRoot>{root}</ofd:DocRoot>{signed}</ofd:DocBody></ofd:OFD>",
        )
    return out.getvalue()
