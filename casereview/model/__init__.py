"""The nouns, frozen. Boxes are (x0, y0, x1, y1) in PDF points from the top left corner of the page;
Word and Excel have none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Protocol

from casereview.model.nouns import noun

Box = tuple[float, float, float, float]

PASS, FAIL, NA, REVIEW, MANUAL, ERROR = "pass", "fail", "na", "review", "manual", "error"
STATUS_WORDS = {
    PASS: "合格",
    FAIL: "不合格",
    NA: "不适用",
    REVIEW: "待复核",
    MANUAL: "待人工",
    ERROR: "出错",
}

# begins the subject of a finding that rests on an absence: its places only say where it was looked
# for. ``absence`` writes it, ``subject_kinds`` and ``is_absence`` read it, nobody else.
_ABSENT = "缺："

# stands in running text where the paper carries a picture (seal, handwritten signature, photo)
PICTURE = "￼"
LEARNED, INFERRED = "习得", "推断"  # origins of what was read by likeness, or told by an order
HIDDEN = "〓"  # in text: a character that a seal hides

# why a page that was read may not show all that stands on it
COVERED = "有大块深色遮盖，可能盖住文字"
CUT = "边缘的文字可能被裁切"

OUTCOMES = {
    "readable": "已读",
    "partial": "部分页面未能识别",
    "scanned": "扫描页或图片未能识别",
    "encrypted": "文件有打开密码，请提供未加密的文件",
    "damaged": "文件损坏或不完整，请重新导出或重新扫描",
    "unsupported": "暂不支持的格式，请另存为 PDF 或 DOCX",
    "too_large": "文件展开后过大，请拆分后再提供",
    "too_slow": "读取超时，请拆分或重新导出",
    "skipped": "系统文件或链接，未读取",
}


# files whose text has no fixed pages: a number of a page would send nobody to the place
_PAGELESS = (
    *(".doc", ".docx", ".wps", ".rtf", ".txt", ".htm", ".html", ".mht", ".xml"),
    *(".xls", ".xlsx", ".et", ".csv"),
    *(".mp3", ".wav", ".m4a", ".amr", ".wma", ".mp4", ".avi", ".mov", ".wmv", ".mkv", ".mpg"),
)


def has_pages(file: str) -> bool:
    """True for a file in which a person finds a page by its number."""
    return not file.lower().endswith(_PAGELESS)


@noun(frozen=True)
class Place:
    """Where something stands: file (relative to the case), 1-based page, box (or None), and the
    text standing there. ``spot``: the paragraph or the row of a table, as a person finds it in a
    file without fixed pages; '' where it is not known.
    """

    file: str
    page: int
    box: Box | None = None
    quote: str = ""
    spot: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The export form (DESIGN 3.3)."""
        return {
            "file": self.file,
            "page": self.page,
            "box": [round(v, 1) for v in self.box] if self.box else None,
            "quote": self.quote,
        }


@noun(frozen=True)
class Line:
    """One line of text as laid out. ``cell``: (table, row, column) when it stands in a form cell;
    ``end``: a paragraph ends here; ``part``: of running text in Word, which paragraph of the file
    it stands in, from 1 (0 where it is not known).
    """

    text: str
    box: Box | None
    size: float = 0.0
    cell: tuple[int, int, int] | None = None
    end: bool = True
    part: int = 0


@noun(frozen=True)
class Cell:
    """A form cell; ``text`` has its lines joined by a line feed."""

    text: str
    box: Box | None = None


@dataclass(frozen=True)
class Picture:
    """A picture on a page; ``red``: share of strongly red pixels (0..1), None where it was not
    looked at.
    """

    box: Box | None
    red: float | None = None


@noun(frozen=True)
class Page:
    """One page as read. ``readable`` is False for a scan that could not be recognised; nothing may
    be called missing because of it.

    ``ocr``: the text was recognised from an image, with the mean ``confidence`` of the engine.
    ``sides``: sheets that lie side by side on this page, read one after the other. ``ink``: boxes
    of what is on an image besides recognised text and rules, down to a short stroke.
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...] = ()
    tables: tuple[tuple[tuple[Cell, ...], ...], ...] = ()
    pictures: tuple[Picture, ...] = ()
    readable: bool = True
    reason: str = ""
    ocr: bool = False
    confidence: float = 1.0
    sides: int = 1
    ink: tuple[Box, ...] = ()

    @property
    def hides(self) -> str:
        """Why it may not show all that stands on it; '' for one that does."""
        return next((why for why in (COVERED, CUT) if why in self.reason), "")

    def noted(self, why: str) -> Page:
        """The same with one more remark ('' for none)."""
        known = not why or why in self.reason
        return self if known else replace(self, reason="；".join(filter(None, (self.reason, why))))

    def off_centre(self, box: Box) -> float:
        """How far the middle of ``box`` lies from the middle of the page, or of the nearest sheet
        where several lie side by side.
        """
        middle, wide = (box[0] + box[2]) / 2, self.width / self.sides
        return min(abs(middle - (n + 0.5) * wide) for n in range(self.sides))


@dataclass(frozen=True)
class Media:
    """A recording or photo: seconds (None when unknown) and creation time as written in the file
    (ISO, local time) or ''.
    """

    kind: str
    seconds: float | None = None
    created: str = ""
    device: str = ""


@dataclass(frozen=True)
class SourceFile:
    """A file of a case: path relative to the case, digest, size in bytes, format word, outcome word
    of ``OUTCOMES``, and the day it says it was ``made`` (ISO or '').
    """

    path: str
    sha256: str
    size: int
    format: str
    outcome: str = "readable"
    detail: str = ""
    pages: tuple[Page, ...] = ()
    media: Media | None = None
    made: str = ""


@noun(frozen=True)
class Document:
    """A run of pages of one file that is one legal document (文书) of one kind. ``serves``: the
    kinds that a 送达回证 delivers; ``guessed``: the title is only like a known one; ``looked``: it
    is known by its look and by no title.
    """

    kind: str
    file: str
    page_from: int
    page_to: int
    title: str = ""
    confidence: float = 1.0
    why: str = ""
    also: tuple[str, ...] = ()
    serves: tuple[str, ...] = ()
    readable: bool = True
    guessed: bool = False
    looked: bool = False

    def is_kind(self, *kinds: str) -> bool:
        """True when this document is, or also serves as, one of ``kinds``."""
        return self.kind in kinds or (bool(self.also) and any(k in kinds for k in self.also))


@noun(frozen=True)
class Fact:
    """A value read from a document, as typed value, as written, and with its place. ``origin``:
    LEARNED where it was read by likeness with other papers, INFERRED where the order of things
    tells it, '' where a rule read it.
    """

    value: Any
    text: str
    place: Place
    confidence: float = 1.0
    origin: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The export form (DESIGN 3.3)."""
        return {
            "value": self.value,
            "text": self.text,
            "file": self.place.file,
            "page": self.place.page,
            "box": [round(v, 1) for v in self.place.box] if self.place.box else None,
            "confidence": self.confidence,
        }


@noun(frozen=True)
class Verdict:
    """What a check answers: status, one sentence for the reviewer, the places it rests on, and its
    working line by line. ``silent``: it rests on what a paper does not say; ``count``: how many
    faults it speaks of; ``cost``: the points they take, where the item counts its parts; ``mild``:
    it takes points but vetoes nothing, whatever its item says; ``fault``: the name of the fault of
    the one part that failed, '' for that of the item; ``plain``: what is wrong is plain to see: it
    was itself read, at two places, or words are missing without which nobody states what is asked.
    """

    status: str
    message: str = ""
    places: tuple[Place, ...] = ()
    working: tuple[str, ...] = ()
    subject: str = ""
    silent: bool = False
    count: int = 1
    cost: Decimal | None = None
    mild: bool = False
    fault: str = ""
    plain: bool = False


def absence(kinds: Iterable[str]) -> str:
    """The subject of a finding that papers of these kinds are not in the file."""
    return _ABSENT + "、".join(sorted(kinds))


def is_absence(subject: str) -> bool:
    """True when a finding with this subject rests on an absence."""
    return subject.startswith(_ABSENT)


def subject_kinds(subject: str) -> frozenset[str]:
    """What a finding is about: kinds of paper, or whatever else its item names."""
    return frozenset(filter(None, subject.removeprefix(_ABSENT).split("、")))


@noun(frozen=True)
class Finding:
    """A verdict on one check of one case. ``parameters``: the numbers of the law it asked for, name
    -> value in words.
    """

    check: str
    verdict: Verdict
    parameters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class UnitPapers:
    """The optional lists of a unit; None means that the unit did not supply it (DESIGN 3.1).
    ``lists``: any other CSV, by its name without suffix.
    """

    officers: tuple[dict[str, str], ...] | None = None
    reviewers: tuple[dict[str, str], ...] | None = None
    authority: tuple[dict[str, str], ...] | None = None
    digests: tuple[tuple[str, str], ...] = field(default=())
    lists: dict[str, tuple[dict[str, str], ...]] = field(default_factory=dict)


class FactSeen(Protocol):
    """What rooms before the record may know of a fact in a result."""

    @property
    def value(self) -> Any:
        """Text, or a list of texts."""

    @property
    def values(self) -> tuple[str, ...]:
        """Every value as text."""

    @property
    def text(self) -> str:
        """As written."""

    @property
    def page(self) -> int:
        """Where it stands."""


class FindingSeen(Protocol):
    """What they may know of a finding in a result."""

    @property
    def check(self) -> str:
        """The item."""

    @property
    def status(self) -> str:
        """The verdict of the tool."""

    @property
    def message(self) -> str:
        """Its sentence."""

    @property
    def working(self) -> tuple[str, ...]:
        """Its working."""

    @property
    def evidence(self) -> tuple[Place, ...]:
        """Its places."""


class CaseSeen(Protocol):
    """What they may know of the result of a case or a unit."""

    @property
    def case(self) -> str:
        """Its path."""

    @property
    def facts(self) -> Mapping[str, FactSeen]:
        """What was read, by 文书.要素."""

    @property
    def findings(self) -> Sequence[FindingSeen]:
        """What was judged."""
