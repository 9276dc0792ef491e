"""Copies of case folders with their PDF pages made worse, to draw the curve of what recognition
survives.

    python benchmarks/degrade.py SOURCE TARGET KIND      KIND: dpi100 skew3 jpeg40 grey stamp upside
                                                         blank

Every PDF page becomes one picture. ``stamp`` puts a red ring over the last date of each paper,
``upside`` turns and ``blank`` empties the
second page of each file (the first of one-page files of every fifth file).
"""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageDraw


def worse(im: Image.Image, kind: str, page: int, pages: int, file: int) -> Image.Image:
    """One page made worse."""
    chosen = page == 1 or (pages == 1 and file % 5 == 0)
    if kind == "skew3":
        return im.rotate(3, resample=Image.BICUBIC, fillcolor="white")
    if kind == "grey":
        return im.convert("L").convert("RGB")
    if kind == "upside" and chosen:
        return im.rotate(180)
    if kind == "blank" and chosen:
        return Image.new("RGB", im.size, "white")
    if kind == "stamp" and page == pages - 1:
        w, h = im.size
        box = (
            int(0.62 * w),
            int(0.62 * h),
            int(0.62 * w) + int(0.19 * w),
            int(0.62 * h) + int(0.19 * w),
        )
        ImageDraw.Draw(im).ellipse(box, outline=(200, 30, 30), width=max(3, w // 200))
    return im


def main() -> None:
    """Copy SOURCE to TARGET, page by page."""
    source, target, kind = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("*.pdf"), dirs_exist_ok=True)
    dpi = 100 if kind == "dpi100" else 150
    for n, path in enumerate(sorted(source.rglob("*.pdf"))):
        with pdfium.PdfDocument(path) as doc:
            out = []
            for i in range(len(doc)):
                im = worse(
                    doc[i].render(scale=dpi / 72).to_pil().convert("RGB"), kind, i, len(doc), n
                )
                buffer = io.BytesIO()
                im.save(buffer, "JPEG", quality=40 if kind == "jpeg40" else 75)
                out.append(Image.open(io.BytesIO(buffer.getvalue())))
        to = target / path.relative_to(source)
        to.parent.mkdir(parents=True, exist_ok=True)
        out[0].save(to, save_all=True, append_images=out[1:], resolution=dpi)


if __name__ == "__main__":
    main()
