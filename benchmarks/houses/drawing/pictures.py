"""Pictures that papers carry: seals, signatures by hand, photographs. All drawn from numbers."""

from __future__ import annotations

import io
import math
import random
from functools import cache

from PIL import Image, ImageDraw, ImageFilter

from drawing.fonts import picture_font


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@cache
def seal(agency: str) -> bytes:
    """A red round seal with a star; the name runs along the ring where a font is at hand."""
    size = 300
    image = Image.new("RGBA", (size, size), (255, 255, 255, 0))
    pen, red, middle = ImageDraw.Draw(image), (205, 25, 30, 215), size / 2
    pen.ellipse((6, 6, size - 6, size - 6), outline=red, width=8)
    points = []
    for i in range(10):
        reach = 46 if i % 2 == 0 else 19
        angle = -math.pi / 2 + i * math.pi / 5
        points.append((middle + reach * math.cos(angle), middle + reach * math.sin(angle)))
    pen.polygon(points, fill=red)
    font = picture_font(40)
    if font:
        step = min(0.42, 4.4 / max(len(agency), 1))
        for i, sign in enumerate(agency):
            angle = (i - (len(agency) - 1) / 2) * step
            letter = Image.new("RGBA", (56, 56), (255, 255, 255, 0))
            ImageDraw.Draw(letter).text((8, 4), sign, font=font, fill=red)
            letter = letter.rotate(-math.degrees(angle), resample=Image.Resampling.BICUBIC)
            x = middle + 112 * math.sin(angle) - 28
            y = middle - 112 * math.cos(angle) - 28
            image.alpha_composite(letter, (int(x), int(y)))
    return _png(image)


@cache
def signature(name: str) -> bytes:
    """A name written by hand: a slanted script where a font is at hand, else strokes."""
    rng = random.Random(name)
    image = Image.new("RGBA", (64 * len(name) + 20, 84), (255, 255, 255, 0))
    ink = (20, 25, 60 + rng.randrange(60), 255)
    font = picture_font(58, hand=True)
    if font:
        pen = ImageDraw.Draw(image)
        for i, sign in enumerate(name):
            pen.text(
                (6 + i * 62 + rng.randrange(4), 6 + rng.randrange(8)), sign, font=font, fill=ink
            )
        image = image.rotate(rng.uniform(-4, 4), resample=Image.Resampling.BICUBIC)
        shear = rng.uniform(-0.25, 0.05)
        return _png(
            image.transform(image.size, Image.Transform.AFFINE, (1, shear, -shear * 40, 0, 1, 0))
        )
    pen = ImageDraw.Draw(image)
    for i in range(len(name)):
        for _ in range(5):
            x, y = 8 + i * 62, 10
            line = [(x + rng.randrange(52), y + rng.randrange(62)) for _ in range(3)]
            pen.line(line, fill=ink, width=4, joint="curve")
    return _png(image)


@cache
def stamp(text: str) -> bytes:
    """A red rectangular stamp, half transparent."""
    image = Image.new("RGBA", (420, 132), (255, 255, 255, 0))
    pen, red = ImageDraw.Draw(image), (205, 25, 30, 150)
    pen.rectangle((4, 4, 415, 127), outline=red, width=8)
    if font := picture_font(84):
        pen.text((70, 20), text, font=font, fill=red)
    return _png(image)


@cache
def photo(seed: int) -> bytes:
    """Something that looks like a dull photograph: sky, ground, boxes."""
    rng = random.Random(seed)
    image = Image.new("RGB", (420, 280), (150 + rng.randrange(60), 165, 175 + rng.randrange(40)))
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 160 + rng.randrange(40), 420, 280), fill=(95 + rng.randrange(60), 90, 80))
    for _ in range(9):
        x, y = rng.randrange(380), 60 + rng.randrange(160)
        shade = tuple(rng.randrange(50, 190) for _ in range(3))
        pen.rectangle((x, y, x + rng.randrange(20, 110), y + rng.randrange(20, 90)), fill=shade)
    image = image.filter(ImageFilter.GaussianBlur(1.4))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=70)
    return out.getvalue()
