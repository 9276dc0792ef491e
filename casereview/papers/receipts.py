"""What a 送达回证 serves: from its own field, else from its title or the name of its file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from casereview.chinese import find_numbers, key, without_spaces
from casereview.model import Cell, Document
from casereview.papers.running_text import RunningText
from casereview.papers.title_words import without_number
from casereview.papers.vocabulary import UNKNOWN, Vocabulary

RECEIPT = "送达回证"
_COLUMNS = 3  # of a table with a row for each paper, at least
_SURE = 0.8
STAY = ("归档", "公示", "记录")  # stages whose papers nobody is served
_OWN_TITLE = 5  # characters from which a title tells one paper of a case from the others
_FIELD, _OFTEN = "送达文书", "常送达的文书"
_TITLE = re.compile(
    r"[\u4e00-\u9fff（）()／/]{2,30}?(?:通知书|决定书|告知书|催告书|意见书|指令书|书|表|清单|"
    r"公告|函|(?:决定|通知|告知)(?![\u4e00-\u9fff]|[（(][\u4e00-\u9fff]{2,4}[)）]书|[)）]书)"
    r"|[知告通定]单)"
)


@dataclass(frozen=True)
class ReceiptRow:
    """One row of a receipt that serves several papers: their titles, and what stands in each other
    column, by the column's head.
    """

    page: int
    titles: tuple[str, ...]
    cells: tuple[tuple[str, Cell], ...]


def rows_of(running_text: RunningText, vocab: Vocabulary) -> Iterator[ReceiptRow]:
    """The rows below a head of columns of which one names the served papers."""
    keys = tuple(key(lb) for lb in vocab.kinds[RECEIPT].columns[_FIELD])
    for page in running_text.pages:
        for table in page.tables:
            heads = [n for n, row in enumerate(table) if _column(row, keys) is not None]
            if heads and len(table[heads[0]]) >= _COLUMNS:
                yield from _below(page.number, table[heads[0] :], keys)


def _below(
    page: int, table: tuple[tuple[Cell, ...], ...], keys: tuple[str, ...]
) -> Iterator[ReceiptRow]:
    """The rows of a table under its head that name a paper."""
    names = [without_spaces(c.text) for c in table[0]]
    at = _column(table[0], keys) or 0
    for row in table[1:]:
        titles = _TITLE.findall(without_spaces(row[at].text)) if len(row) == len(names) else []
        if titles:
            yield ReceiptRow(page, tuple(titles), tuple(zip(names, row, strict=True)))


def _holds(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)


def _column(row: tuple[Cell, ...], keys: tuple[str, ...]) -> int | None:
    """Which cell of a row is the head of the served papers; None where none is."""
    for n, cell in enumerate(row):
        bare = without_spaces(cell.text)
        if len(bare) < 24 and "《" not in bare and _holds(key(bare), keys):
            return n
    return None


def served_kinds(doc: Document, running_text: RunningText, vocab: Vocabulary) -> tuple[str, ...]:
    """Kinds delivered by a receipt: from its field, else from title or file name; () when neither
    says.
    """
    kinds: list[str] = []
    for title in _named(running_text, vocab):
        named = without_number(title.strip("《 "))
        guess = vocab.guess(re.sub(r"[《》]|[^\u4e00-\u9fff（）()].*$", "", named))
        if guess and guess.kind not in kinds and may_be_served(guess.kind, vocab):
            kinds.append(guess.kind)
    if kinds:
        return tuple(kinds)
    stem = re.sub(r"\.[A-Za-z0-9]{2,5}$", "", doc.file.rsplit("/", 1)[-1])
    return next((k for name in (doc.title, stem) if (k := _by_name(name, vocab))), ())


def may_be_served(kind: str, vocab: Vocabulary) -> bool:
    """False for a receipt, and for what stays in the agency: a cover, a list, an approval."""
    of = vocab.kinds[kind]
    return kind not in (RECEIPT, UNKNOWN) and not of.internal and of.stage not in STAY


def served_here(text: str, others: Iterable[tuple[str, Iterable[str]]]) -> tuple[str, ...]:
    """Kinds delivered by a receipt that names no title which anybody knows: those of the papers of
    the same case whose own title stands in its ``text`` (a key), the longest title first.
    ``others``: kinds of papers with the forms of their titles.
    """
    names = {
        form: kind
        for kind, forms in others
        for form in forms
        if kind not in (RECEIPT, UNKNOWN) and len(form) >= _OWN_TITLE
    }
    found: list[str] = []
    for form in sorted(names, key=len, reverse=True):
        if form in text:
            found.append(names[form])
            text = text.replace(form, "")
    return tuple(dict.fromkeys(found))


def _named(running_text: RunningText, vocab: Vocabulary) -> list[str]:
    """Titles standing in the field that names the served papers."""
    labels = vocab.kinds[RECEIPT].columns[_FIELD]
    keys = tuple(key(lb) for lb in labels)
    if titles := [t for row in rows_of(running_text, vocab) for t in row.titles]:
        return titles
    return _beside(running_text, labels, keys, vocab)


def _numbered(running_text: RunningText, vocab: Vocabulary) -> list[str]:
    """Titles of known papers that stand with a number in one cell or line, whatever its label."""
    cells = (cell for _, row, _ in running_text.rows() for cell in row)
    free = (line.text for _, line in running_text.lines if line.cell is None)
    for value in map(without_spaces, (*cells, *free)):
        titles = _TITLE.findall(value) if next(find_numbers(value), None) else []
        known = [t for t in titles if _names_paper(t, vocab)]
        if known:
            return known
    return []


def _names_paper(title: str, vocab: Vocabulary) -> bool:
    """True for a title that surely names a paper that may be served."""
    guess = vocab.guess(title)
    return guess is not None and guess.kind != RECEIPT and guess.confidence >= _SURE


def _titles_in(value: str) -> list[str]:
    """Titles in a cell; those that only a gap ends (准予许可的决定 某许决〔2025〕1号) where no
    other is there.
    """
    return _TITLE.findall(without_spaces(value)) or _TITLE.findall(value.replace("\n", ""))


def _beside(
    running_text: RunningText, labels: tuple[str, ...], keys: tuple[str, ...], vocab: Vocabulary
) -> list[str]:
    """Titles in the cell beside the label, else in what follows it on its line."""
    titles: list[str] = []
    for _, cells, _ in running_text.rows():
        for label, value in zip(cells, cells[1:], strict=False):
            bare = without_spaces(label)
            if len(bare) < 24 and _holds(key(bare), keys):
                titles += _titles_in(value)
    titles = titles or _numbered(running_text, vocab)
    if titles:
        return titles
    words = "|".join(re.escape(lb) for lb in sorted(labels, key=len, reverse=True))
    m = running_text.find(rf"(?:{words})[^：:]{{0,8}}[：:].{{4,60}}")
    return re.split(r"[、，]", re.sub(r"^[^：:]*[：:]", "", m.text)) if m else []


def _by_name(name: str, vocab: Vocabulary) -> tuple[str, ...]:
    """What follows '送达回证' in a title or file name, in brackets or not."""
    rest = re.sub(r"^.*?送\s*达\s*回\s*[证执]|[（）()\-—_.\d]", "", name)
    rest = re.sub(r"^.*?[（(]", "", rest)
    if len(rest) < 2:
        return ()
    guess = vocab.guess(rest)
    if guess:
        return () if guess.kind == RECEIPT else (guess.kind,)
    often = vocab.kinds[RECEIPT].columns[_OFTEN]
    return next(((k,) for k in often if rest.rstrip("书") in k or k in rest), ())
