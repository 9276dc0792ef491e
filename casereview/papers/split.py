"""Pages -> documents (文书): by title, form, file name, catalogue and continuation. Every decision
says how sure it is and why.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property

from casereview.chinese import without_spaces
from casereview.model import Document, Line, Page, SourceFile
from casereview.model.nouns import noun
from casereview.papers.catalogue import CATALOGUE, Entry, entries_of, follows, is_catalogue
from casereview.papers.flow import flows_on
from casereview.papers.listed import TRUSTED, Listing, listing
from casereview.papers.page_numbers import own_numbers
from casereview.papers.receipts import RECEIPT, served_kinds
from casereview.papers.running_heads import RunningHeads
from casereview.papers.running_text import RunningText
from casereview.papers.titles import (
    STOP,
    SURE,
    Title,
    agrees,
    known_title,
    large_heading,
    opening_line,
    text_of,
    untitled,
)
from casereview.papers.vocabulary import ANYTHING, UNKNOWN, Guess, Vocabulary

INVESTIGATING = "调查"  # the stage whose papers may lie in a file of evidence
COVER, _COVER = "卷宗封面", 600  # characters: a cover says little
_CONTINUED = re.compile(r"第\s*(\d+)\s*页\s*[共/，,]\s*(?:共\s*)?(\d+)\s*页?")
_DECISION = re.compile(  # a decision as one run of text, its title glued to what follows
    r"[^。，：；《“]{0,30}?(?P<title>(?:不予|当场|简易程序)?(?:行政)?处罚(?:处理)?决定书)"
)


@noun(frozen=True)
class Start:
    """Where a document starts inside a file."""

    index: int
    guess: Guess
    title: str


def split(
    source: SourceFile,
    vocab: Vocabulary,
    catalogue: list[Entry] | None = None,
    heads: RunningHeads | None = None,
    face_value: bool = False,
) -> list[Document]:
    """The documents of one file. ``catalogue``: entries of the 卷内目录 of this very file, when it
    is a merged one; ``heads``: running heads and feet of the case; ``face_value``: the catalogue
    leads, titles follow.
    """
    named = _by_name(source.path, vocab)
    if not source.pages or source.format in ("photo", "media"):
        return _without_text(source, named)
    if source.format in ("xlsx", "text"):
        starts = [_whole(source, vocab, named)]
    else:
        bare = tuple((heads or RunningHeads()).without(source.path, p) for p in source.pages)
        laid = listing(bare, catalogue or [], vocab, face_value)
        starts = _Walk(source.path, bare, vocab, named, laid).all_starts()
    ends = [s.index for s in starts[1:]] + [len(source.pages)]
    return [_document(source, s, end, vocab) for s, end in zip(starts, ends, strict=True)]


def _without_text(source: SourceFile, named: Guess | None) -> list[Document]:
    """A photo, a recording, or a file that could not be read: by its name, at most."""
    if source.format == "photo" and source.outcome == "readable":
        return [Document("现场照片", source.path, 1, 1, why="照片文件")]
    if source.format == "media" or (not source.pages and source.outcome == "skipped"):
        return []
    g = named or Guess(UNKNOWN, 0.3, "文件未能读取，按文件名也不能判断")
    stem, sure = _stem(source.path), min(g.confidence, 0.6)
    return [Document(g.kind, source.path, 1, 1, stem, sure, g.why, readable=False)]


def _document(source: SourceFile, start: Start, end: int, vocab: Vocabulary) -> Document:
    pages = source.pages[start.index : end]
    doc = Document(
        start.guess.kind,
        source.path,
        pages[0].number,
        pages[-1].number,
        start.title,
        start.guess.confidence,
        start.guess.why,
        readable=all(p.readable for p in pages),
        guessed=start.guess.alike,
        looked=start.guess.looked,
    )
    text = RunningText(source.path, pages)
    other = vocab.told_apart(doc.kind, doc.title, lambda: text.without_spaces)
    if other:
        doc = replace(doc, kind=other.kind, confidence=other.confidence, why=other.why)
    return _roles(doc, text, vocab)


def _roles(doc: Document, running_text: RunningText, vocab: Vocabulary) -> Document:
    """What else a form serves as, and which document a 送达回证 delivers."""
    also: list[str] = []
    head = without_spaces(doc.title)
    if doc.kind == "立案审批表" and running_text.find(r"线索登记|线索处理|登记人"):
        also.append("案件来源登记表")
    if doc.kind == "事先告知书" and (
        "听证" in head or running_text.find(r"(?:要求|申请)(?:举行)?听证|听证(?:的)?权利")
    ):
        also.append("听证告知书")
    if doc.kind == "听证告知书" and running_text.find(r"陈述[、和]?(?:与)?申辩"):
        also.append("事先告知书")
    serves = served_kinds(doc, running_text, vocab) if doc.kind == RECEIPT else ()
    return replace(doc, also=tuple(also), serves=serves) if also or serves else doc


def _stem(path: str) -> str:
    return re.sub(r"\.[A-Za-z0-9]{2,5}$", "", path.rsplit("/", 1)[-1])


def _by_name(path: str, vocab: Vocabulary) -> Guess | None:
    stem = re.sub(r"^[\d.、\-_\s（）()]+", "", _stem(path))
    if re.match(r"证据\s*[-—_（(：]", stem) and "照片" not in stem:
        inner = vocab.guess(re.sub(r"^证据\s*[-—_（(：]", "", stem).rstrip("）)"))
        if inner is None or inner.kind in ANYTHING:
            return Guess("证据材料", 0.8, f"文件名“{stem}”")
    g = vocab.guess(stem)
    return Guess(g.kind, round(g.confidence * 0.9, 3), f"文件名“{stem}”") if g else None


def _whole(source: SourceFile, vocab: Vocabulary, named: Guess | None) -> Start:
    """A file that is one document: by its title, then by name, then by what it says."""
    text = RunningText(source.path, source.pages).without_spaces
    heads = [without_spaces(ln.text) for p in source.pages[:1] for ln in _whole_titles(p)]
    titled = _first_known(heads, vocab)
    if titled is None and source.format == "text":
        titled = _opening(text, vocab)
    if titled:
        return titled
    if named:
        return Start(0, named, _stem(source.path))
    title = next((h for h in heads if vocab.titles.last_ending(h)), "")
    unknown = Guess(UNKNOWN, 0.3, "没有可识别的标题")
    return Start(0, vocab.by_content(text, title, True) or unknown, title or text[:20])


def _first_known(heads: list[str], vocab: Vocabulary) -> Start | None:
    """The first line that is a known title."""
    guesses = ((vocab.guess(head), head) for head in heads)
    return next((Start(0, guess, head) for guess, head in guesses if guess), None)


def _opening(text: str, vocab: Vocabulary) -> Start | None:
    """A plain text that begins with the title of a decision."""
    opening = _DECISION.match(text[:120].replace("\n", ""))
    if opening is None:
        return None
    guess = vocab.guess(opening["title"])
    return Start(0, guess or Guess("处罚决定书", 0.9, "开头是标题"), opening["title"])


def _whole_titles(page: Page) -> list[Line]:
    """The first lines that may be a title, until a paper unknown to us names itself; in a table
    only what stands alone in its row.
    """
    out: list[Line] = []
    for line in page.lines[:6]:
        text = without_spaces(line.text)
        if line.cell is not None:
            row = page.tables[line.cell[0]][line.cell[1]]
            if sum(bool(without_spaces(c.text)) for c in row) > 1:
                continue
        if 2 < len(text) <= 40 and not STOP.search(text):
            out.append(line)
    return out


class Goes(Enum):
    """What a reason may say of a page besides where a paper starts."""

    ON = "the page belongs to the paper before it"


Reason = Callable[["_Walk", int], "Start | Goes | None"]


@dataclass
class _Walk:
    """One file, page by page (``pages``: without running heads). The first reason that speaks
    decides; a page of which none speaks belongs to the paper before it.
    """

    path: str
    pages: tuple[Page, ...]
    vocab: Vocabulary
    named: Guess | None
    listing: Listing
    starts: list[Start] = field(default_factory=list)

    @property
    def single(self) -> bool:
        """A short file whose name says what it is: 证据材料 may be any papers."""
        named = self.named is not None and self.named.kind not in ANYTHING
        return named and len(self.pages) <= 3

    @cached_property
    def own_numbers(self) -> dict[int, int]:
        """Numbers that begin anew with each paper."""
        return own_numbers(self.pages)

    def all_starts(self) -> list[Start]:
        """Where documents start, in order; at least one."""
        for i in range(len(self.pages)):
            said = next((s for reason in REASONS if (s := reason(self, i)) is not None), Goes.ON)
            if isinstance(said, Start):
                self.starts.append(said)
        blank = self.named or Guess(UNKNOWN, 0.3, "空白页")
        return self.starts or [Start(0, blank, _stem(self.path))]

    def title(self, i: int) -> Title | None:
        """The known title of a page; on the first page a file name that is surer wins, unless the
        title ends in a name of its own kind: files are easily given each other's names.
        """
        found = known_title(self.pages[i], self.vocab)
        if (
            found
            and i == 0
            and self.named
            and found.kind != self.named.kind
            and self.named.confidence >= 0.85
            and found.sure < 0.9
            and not self.vocab.ends_in_name(found.text, found.kind)
        ):
            return Title(found.text, self.named)
        return found


def by_blank_page(walk: _Walk, i: int) -> Start | Goes | None:
    """The blank back of a sheet belongs to its front."""
    page = walk.pages[i]
    blank = page.readable and not page.pictures and not any(ln.text.strip() for ln in page.lines)
    return Goes.ON if blank and i > 0 else None


def by_unread_page(walk: _Walk, i: int) -> Start | Goes | None:
    """A page that could not be read: what the catalogue says, on the first page the file name."""
    if walk.pages[i].readable:
        return None
    row = walk.listing.pages.get(i)
    if row and row.guess:
        return Start(i, row.guess, row.title)
    if i == 0:
        return Start(0, walk.named or Guess(UNKNOWN, 0.3, "扫描页，无法识别"), _stem(walk.path))
    return Goes.ON


def by_page_mark(walk: _Walk, i: int) -> Start | Goes | None:
    """'第2页共3页', or a number of its own that counts on: goes on, unless another paper surely
    begins.
    """
    if not walk.starts or not (marked(walk.pages[i]) or _counts_on(walk, i)):
        return None
    found = walk.title(i)
    other = found and found.kind != walk.starts[-1].guess.kind and found.sure >= SURE
    return None if other else Goes.ON


def marked(page: Page) -> bool:
    marks = (_CONTINUED.search(line.text) for line in page.lines if line.cell is None)
    mark = next((m for m in marks if m), None)
    return mark is not None and int(mark[1]) > 1


def _counts_on(walk: _Walk, i: int) -> bool:
    own = walk.own_numbers
    return own.get(i, 0) > 1 and own.get(i - 1) == own[i] - 1


def by_listed_range(walk: _Walk, i: int) -> Start | Goes | None:
    """A page inside the pages that a trusted catalogue gives to the paper before it goes on, unless
    another paper surely begins.
    """
    row = walk.listing.within(i) if walk.listing.trust >= TRUSTED else None
    if row is None or row.guess is None or not walk.starts:
        return None
    if row.guess.kind != walk.starts[-1].guess.kind:
        return None
    found = walk.title(i)
    return None if found and found.sure >= SURE else Goes.ON


def by_catalogue_rows(walk: _Walk, i: int) -> Start | Goes | None:
    """A catalogue goes on as long as there are rows; a page of rows is one also without a title."""
    if walk.starts and walk.starts[-1].guess.kind == CATALOGUE:
        if _rows_go_on(walk, i):
            return Goes.ON
        if walk.title(i) is None and i not in walk.listing.pages:
            return Start(i, *untitled(walk.pages[i], walk.vocab, ""))
        return None
    if walk.title(i) is None and is_catalogue(walk.pages[i], walk.vocab):
        return Start(i, Guess(CATALOGUE, 0.85, "各行是序号、文书名称和页码"), "")
    return None


def _rows_go_on(walk: _Walk, i: int) -> bool:
    """True when the page has rows whose serial numbers, or else pages, follow those before."""
    title = walk.title(i)
    if title and title.kind != CATALOGUE and not title.guess.alike:
        return False
    number = walk.pages[i].number
    pages = walk.pages[walk.starts[-1].index : i + 1]
    rows = entries_of(RunningText(walk.path, pages), walk.vocab)
    here = [e for e in rows if e.place.page == number]
    before = [e for e in rows if e.place.page != number]
    return bool(here) and (not before or follows(before[-1], here[0]))


def by_title(walk: _Walk, i: int) -> Start | Goes | None:
    """A known title starts a paper; a second page says so, and in a short file the title of that
    very paper counts only where its form begins anew.
    """
    found = walk.title(i)
    if found is None:
        return None
    same = walk.starts and found.kind == walk.starts[-1].guess.kind
    if same and walk.vocab.titles.continues(found.text):
        return Goes.ON
    if same and walk.single and not _again(walk.pages[i], walk.pages[0]):
        return Goes.ON
    return Start(i, found.guess, found.text)


def by_catalogue(walk: _Walk, i: int) -> Start | Goes | None:
    """A page on which the catalogue lists a paper."""
    row = walk.listing.pages.get(i)
    if row is None or flows_on(walk.pages, i):
        return None
    page = walk.pages[i]
    heading = large_heading(page, walk.vocab) or row.title
    said = walk.vocab.by_content(text_of(page), heading)
    if row.guess and not (said and row.guess.kind in ANYTHING):
        return Start(i, row.guess, heading or opening_line(page, walk.vocab))
    return Start(i, *untitled(page, walk.vocab, heading))


def by_name(walk: _Walk, i: int) -> Start | Goes | None:
    """The first page of a file without a known title: its name, unless it has a heading of its own
    and surely looks like another paper (a folder's name on its papers); else what it says.
    """
    if i > 0:
        return None
    page = walk.pages[0]
    if walk.named:
        heading = large_heading(page, walk.vocab)
        named = Title(heading or _stem(walk.path), walk.named)
        said = _outlooked(named, page, walk) if heading else named
        return Start(0, said.guess, said.text)
    guess, title = untitled(page, walk.vocab, "")
    if guess.kind == UNKNOWN and _before_catalogue(walk):
        guess = Guess(COVER, 0.65, "目录之前的首页", alike=True)
    return Start(0, guess, title)


def _outlooked(named: Title, page: Page, walk: _Walk) -> Title:
    """What a page with a heading of its own surely looks like, else what its file is called. In a
    file of evidence only what an investigation makes is looked for: a decision may be evidence.
    """
    if named.kind not in ANYTHING:
        return agrees(named, page, walk.vocab)
    look = walk.vocab.by_content(text_of(page), named.text)
    if look is None or look.alike or not look.looked:
        return named
    made = walk.vocab.kinds[look.kind].stage == INVESTIGATING
    return Title(named.text, look, named.size) if made else named


def _before_catalogue(walk: _Walk) -> bool:
    """True when a short first page is followed by the catalogue: it stands where a cover does."""
    after = walk.title(1) if len(walk.pages) > 1 else None
    return after is not None and after.kind == CATALOGUE and len(text_of(walk.pages[0])) < _COVER


def by_heading(walk: _Walk, i: int) -> Start | Goes | None:
    """A large heading that nobody knows starts a paper, where no paragraph flows over."""
    heading = "" if walk.single else large_heading(walk.pages[i], walk.vocab)
    if not heading or flows_on(walk.pages, i) or walk.vocab.titles.continues(heading):
        return None
    return Start(i, *untitled(walk.pages[i], walk.vocab, heading))


def by_own_number(walk: _Walk, i: int) -> Start | Goes | None:
    """Where papers are numbered each from 1, the number 1 starts one."""
    if walk.single or walk.own_numbers.get(i) != 1 or flows_on(walk.pages, i):
        return None
    return Start(i, *untitled(walk.pages[i], walk.vocab, ""))


def by_form(walk: _Walk, i: int) -> Start | Goes | None:
    """A page that begins with the labels with which another page begins: the same form anew."""
    here = _first_labels(walk.pages[i])
    if (
        walk.single
        or len(here) < 2
        or not any(_first_labels(p) == here for j, p in enumerate(walk.pages) if j != i)
    ):
        return None
    return Start(i, *untitled(walk.pages[i], walk.vocab, ""))


def _first_labels(page: Page) -> tuple[str, ...]:
    """The labels that open the form with which a page begins; a head of columns, which a table
    repeats on each of its pages, is none.
    """
    first = next((ln for ln in page.lines if len(without_spaces(ln.text)) > 1), None)
    if first is None or first.cell is None or not page.tables:
        return ()
    labels = tuple(without_spaces(row[0].text) for row in page.tables[0][:2] if len(row) == 2)
    return labels if all(2 <= len(lb) <= 12 and not lb[0].isdigit() for lb in labels) else ()


REASONS: tuple[Reason, ...] = (
    by_blank_page,
    by_unread_page,
    by_page_mark,
    by_listed_range,
    by_catalogue_rows,
    by_title,
    by_catalogue,
    by_name,
    by_heading,
    by_form,
    by_own_number,
)


def _again(page: Page, first: Page) -> bool:
    """True when a page starts the very same form anew (two receipts in one file)."""
    a, b = ({without_spaces(ln.text) for ln in p.lines[:3]} for p in (page, first))
    return bool(a & b)
