"""The seal of the agency on a paper."""

from __future__ import annotations

import re

from casereview.facts.loose_ink import has_grey_seal, has_no_seal
from casereview.model import Box, Picture
from casereview.papers.paper import Paper

RED = 0.03  # share of red from which a picture is a seal
LARGE = 45  # points: a picture of this height may be a seal that lost its colour
_NOTED = re.compile(r"[（(](?:印章|公章|盖章|此处盖章|章)[)）]")


def sealed(paper: Paper) -> bool | None:
    """True: a red seal is on the paper, or a round one without colour on a copy; False: no picture
    at all; None: pictures that may be a seal, or a note '（印章）'. On a copy a seal may be faded:
    not seen is not absent, where anything but text is on it.
    """
    pictures = [picture for _, picture in paper.running_text.pictures]
    if any(p.red is not None and p.red > RED for p in pictures) or has_grey_seal(paper):
        return True
    noted = bool(_NOTED.search(paper.running_text.without_spaces))
    if has_no_seal(paper) and not noted:
        return False
    unsure = bool(paper.recognised) or noted or any(map(_may_be, pictures))
    return None if unsure else False


def _may_be(picture: Picture) -> bool:
    """True for a picture that may be a seal, though it is not red."""
    return picture.red is not None or picture.box is None or _height(picture.box) > LARGE


def _height(box: Box) -> float:
    return box[3] - box[1]
