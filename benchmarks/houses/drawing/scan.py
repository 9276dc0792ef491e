"""Pages as a copier gives them: rendered, turned a little, noisy, as JPEG pages of a PDF."""

from __future__ import annotations

import io
import random

import numpy as np
import pypdfium2 as pdfium
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

SCALE = 150 / 72


def scanned(data: bytes, seed: str) -> bytes:
    """A PDF whose pages are pictures of the given one's pages, in colour or grey."""
    rng = random.Random(seed)
    noise = np.random.default_rng(rng.randrange(2**32))
    colour = rng.random() < 0.5
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    with pdfium.PdfDocument(data) as document:
        for page in document:
            width, height = page.get_size()
            image = page.render(scale=SCALE).to_pil().convert("RGB" if colour else "L")
            image = image.rotate(
                rng.uniform(-0.7, 0.7),
                resample=Image.Resampling.BICUBIC,
                fillcolor=(250, 250, 250) if colour else 250,
            )
            grain = noise.normal(0, 7, (image.height, image.width, *((1,) if colour else ())))
            values = np.asarray(image, dtype=np.float32) * 0.93 + 10 + grain
            image = Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))
            held = io.BytesIO()
            image.save(held, "JPEG", quality=62)
            canvas.setPageSize((width, height))
            canvas.drawImage(ImageReader(io.BytesIO(held.getvalue())), 0, 0, width, height)
            canvas.showPage()
    canvas.save()
    return out.getvalue()
