"""What is put on paper rather than written: sizes that tell signatures and seals from photos, and
how red a picture is.
"""

from __future__ import annotations

from typing import Any

from casereview.model import Box

SIGNATURE = (220.0, 45.0)  # points, at most; taller pictures are seals and photos
# a picture of writing may be so large where it stands in a field, or is much wider than high
FIELD = (440.0, 120.0)
WRITING = (300.0, 75.0)
SEAL = (55.0, 190.0)  # points: 20 to 67 mm, round or oval


def area(b: Box) -> float:
    """Square points of a box."""
    return max(0.0, b[2] - b[0]) * max(0.0, b[3] - b[1])


def is_mark(box: Box) -> bool:
    """True for a picture of the size of a signature, or of a written line."""
    w, h = box[2] - box[0], box[3] - box[1]
    return is_signature(w, h)


def is_signature(w: float, h: float) -> bool:
    """True for the size of a signature, or of a written line."""
    if w < 6:
        return False
    return (w <= SIGNATURE[0] and h <= SIGNATURE[1]) or (
        w <= WRITING[0] and h <= WRITING[1] and w >= 2 * h
    )


def may_fill_field(w: float, h: float, red: float | None) -> bool:
    """True for a picture that is a value where it stands in a field of a form: an opinion, a date
    or an answer that was pasted or stamped there; not for a seal or a photo.
    """
    round_seal = bool(red) and 0.5 <= w / max(h, 1.0) <= 2
    return 6 <= w <= FIELD[0] and 4 <= h <= FIELD[1] and not round_seal


def seal_like(box: Box) -> bool:
    """True for a picture of the size and shape of a seal."""
    w, h = box[2] - box[0], box[3] - box[1]
    return SEAL[0] <= w <= SEAL[1] and SEAL[0] <= h <= SEAL[1] and 0.5 <= w / h <= 2


def redness(im: Any) -> float:
    """Share of pixels that are strongly red, of a PIL image."""
    import numpy as np

    im = im.convert("RGB")
    im.thumbnail((80, 80))
    red, green, blue = np.asarray(im, dtype=np.int16).reshape(-1, 3).T
    return int(((red > np.maximum(green, blue) + 45) & (red > 90)).sum()) / max(1, red.size)
