"""Where a paper is signed."""

from __future__ import annotations

import re

from casereview.chinese import without_spaces
from casereview.facts.signature import Signature, signature
from casereview.model import PICTURE, Place
from casereview.papers.paper import Paper

_ASKS = re.compile(r"签|盖章|签收|确认")
_SLOT = (
    r"(?:[（(][^（）()\n]{1,14}[)）])?(?:或者?|及|和|、"
    r"|代表|[\u4e00-\u9fff]){0,10}?(?:签名|签字|签章|盖章|签收"
    r"|确认)?(?:或者?盖章)?(?:[（(][^（）()\n]{1,10}[)）])?"
)


def _either(labels: tuple[str, ...]) -> str:
    """Any of the labels, the longest first."""
    return "|".join(map(re.escape, sorted(labels, key=len, reverse=True)))


def signing_places(p: Paper, labels: tuple[str, ...]) -> list[Signature]:
    """Places for signing at one of ``labels``, in cells and after colons.

    Where a label asks for a signature (…签名、…盖章、…签收), only such places count:
    「当事人：某某」 at the head of a form is no signature.
    Without one, what stands in the second half of the paper counts.
    """
    asked: list[Signature] = []
    late: list[Signature] = []
    wanted = re.compile(rf"(?<![受被未不非])(?P<l>(?:{_either(labels)}){_SLOT})")
    rows = list(p.running_text.rows())
    for i, (page, cells, boxes) in enumerate(rows):
        for j in range(len(cells) - 1):
            label = without_spaces(cells[j])
            if label and wanted.fullmatch(re.sub(r"[：:]$", "", label)):
                sign = signature(
                    cells[j + 1],
                    Place(
                        p.running_text.file,
                        page,
                        boxes[j + 1],
                        without_spaces(cells[j + 1]).replace(PICTURE, "")[:60] or label,
                    ),
                    page in p.recognised,
                )
                (asked if _ASKS.search(label) else late if i >= len(rows) / 2 else []).append(sign)
    loose = re.sub(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff：:（）])", "", p.running_text.text)
    for m in re.finditer(rf"{wanted.pattern}\s*[：:](?P<v>[^\n]*)", loose):
        value = re.split(r"\s{1,}(?=[\u4e00-\u9fff（）]{2,14}[：:])", m["v"])[0]
        at = p.running_text.text.rfind(m["l"][:4])
        place = (
            p.running_text.place(max(at, 0), max(at, 0) + len(m["l"]), without_spaces=False)
            if at >= 0
            else p.running_text.tail()
        )
        sign = signature(value, place, place.page in p.recognised)
        (asked if _ASKS.search(m["l"]) else late if m.start() >= 0.5 * len(loose) else []).append(
            sign
        )
    return asked or late
