"""The seal of the agency on a paper."""

from __future__ import annotations

import re

from casereview.facts.loose_ink import has_no_seal
from casereview.model import Picture
from casereview.papers.paper import Paper

RED = 0.03  # share of red from which a picture is a seal
LARGE = 45  # points: a picture of this height may be a seal that lost its colour
_NOTED = re.compile(r"[（(](?:印章|公章|盖章|此处盖章|章)[)）]")


def sealed(paper: Paper) -> bool | None:
    """True: a seal is on the paper, red, or a ring on a copy without colours; False: no picture
    at all; None: pictures that may be a seal, or a note '（印章）'. On a copy a seal may be faded:
    not seen is not absent, where anything but text is on it.
    """
    pictures = [picture for _, picture in paper.running_text.pictures]
    noted = bool(_NOTED.search(paper.running_text.without_spaces))
    if any(p.red is not None and p.red > RED for p in pictures):
        return True
    if has_no_seal(paper) and not noted:
        return False
    unsure = paper.recognised or noted or any(map(_may_be_seal, pictures))
    return None if unsure else False


def _may_be_seal(picture: Picture) -> bool:
    """True for a picture with any red, of unknown size, or as large as a seal without colour."""
    box = picture.box
    return picture.red is not None or box is None or box[3] - box[1] > LARGE
