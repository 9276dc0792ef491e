"""A case as it was read, kept in parts: its papers and files with what any item may ask of all of
them at once, and apart from that the facts of each paper, its text, and the pages of each file. Who
judges one item unpacks the parts that the item looks at.

What is kept lies under a digest of all that the reading rests on; what is damaged or missing is
read from the files.
"""

from __future__ import annotations

import io
import pickle
import zlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import fields
from functools import cached_property, partial
from typing import Any

from casereview.facts.casefile import CaseFile
from casereview.facts.readers import Facts
from casereview.kept import Shelf
from casereview.model import Page, SourceFile
from casereview.papers.paper import Paper
from casereview.papers.running_text import RunningText
from casereview.papers.vocabulary import Vocabulary
from casereview.reading.intake import CaseRef
from casereview.rules.compiled import UNSOUND, Nouns

READ = Shelf("read", 2_000_000_000)
_LENGTH = 4  # bytes that say how long a part is
_PAGE = [f.name for f in fields(Page)]
_OWN = [f.name for f in fields(SourceFile) if f.name != "pages"]


def keep_read(key: str, case: CaseFile) -> None:
    """Keep a case as it was read; one that cannot be written is not kept."""
    with suppress(pickle.PicklingError, TypeError, AttributeError, RecursionError):
        READ.put(key, _Writer().written(case))


def read_before(key: str, ref: CaseRef, vocabulary: Vocabulary) -> CaseFile | None:
    """A case as it was read; None where nothing sound is kept."""
    kept = READ.get(key)
    if kept is None:
        return None
    try:
        return _case(kept, ref, vocabulary)
    except (*UNSOUND, zlib.error, ValueError, TypeError):
        return None


class _Writer:
    """Writes a case, part by part."""

    def __init__(self) -> None:
        self.texts: list[bytes] = []

    def written(self, case: CaseFile) -> bytes:
        """The whole of it: what holds it together, facts, texts."""
        facts, rest = case.state()
        whole = self._first(rest), _joined(map(_plain, facts)), _joined(self.texts)
        return _joined(zlib.compress(section, 1) for section in whole)

    def _first(self, rest: dict[str, Any]) -> bytes:
        """What holds a case together, with marks for its texts."""
        out = io.BytesIO()
        pickler = pickle.Pickler(out, 5)
        pickler.dispatch_table = {
            Vocabulary: lambda known: (_vocabulary, ()),
            Paper: lambda paper: (Paper, (paper.doc, paper.running_text, paper.vocab)),
            RunningText: lambda text: (_text, (self._part((text.file, text.pages)),)),
            SourceFile: lambda f: (_file, (self._part(f.pages), [getattr(f, n) for n in _OWN])),
        }
        pickler.dump(rest)
        return out.getvalue()

    def _part(self, thing: object) -> int:
        """Write the text of a paper or a file. Returns its number."""
        self.texts.append(_plain(thing))
        return len(self.texts) - 1


def _plain(thing: object) -> bytes:
    """What is read back without the rules. Raises PicklingError for what rests on them."""
    out = io.BytesIO()
    pickler = pickle.Pickler(out, 5)
    pickler.dispatch_table = {Vocabulary: _refused, Page: _bare}
    pickler.dump(thing)
    return out.getvalue()


def _refused(known: Vocabulary) -> str:
    raise pickle.PicklingError("a vocabulary within a part")


def _bare(page: Page) -> tuple[Any, ...]:
    """A page without what was found out about it."""
    return Page, tuple(getattr(page, name) for name in _PAGE)


def _vocabulary() -> Vocabulary:
    """Stands in what is kept for the vocabulary of today."""
    raise NotImplementedError


def _text(number: int) -> RunningText:
    """Stands in what is kept for a text."""
    raise NotImplementedError


def _file(number: int, own: list[Any]) -> SourceFile:
    """Stands in what is kept for a file."""
    raise NotImplementedError


class _In(Nouns):
    """Reads what holds a case together. ``known``: what makes the nouns for which marks stand."""

    def __init__(self, data: bytes, known: dict[str, Callable[..., object]]):
        super().__init__(io.BytesIO(data))
        self.known = known

    def find_class(self, module: str, name: str) -> Any:
        """As of any noun."""
        if module == __name__ and name in self.known:
            return self.known[name]
        return super().find_class(module, name)


class _Section:
    """Parts that are of a sort."""

    def __init__(self, kept: bytes):
        self.kept = kept

    @cached_property
    def _parts(self) -> list[bytes]:
        return _parted(zlib.decompress(self.kept))

    def part(self, number: int) -> Any:
        """One of them, unpacked."""
        return Nouns(io.BytesIO(self._parts[number])).load()


def _case(kept: bytes, ref: CaseRef, vocabulary: Vocabulary) -> CaseFile:
    """A case of which nothing is unpacked yet but what holds it together. Raises what reading
    damaged bytes raises.
    """
    first, facts, texts = _parted(kept)
    text = _Section(texts).part
    known: dict[str, Callable[..., object]] = {
        "_vocabulary": lambda: vocabulary,
        "_text": lambda number: _LaterText(partial(text, number)),
        "_file": lambda number, own: _LaterFile(partial(text, number), own),
    }
    rest = _In(zlib.decompress(first), known).load()
    return CaseFile.of_state(ref, _LaterFacts(rest["papers"], _Section(facts)), rest)


class _LaterFacts(dict[int, Facts]):
    """Facts by the id of their paper, unpacked when somebody asks for them."""

    def __init__(self, papers: list[Paper], kept: _Section):
        super().__init__()
        self.kept, self.numbers = kept, {id(p): n for n, p in enumerate(papers)}

    def __missing__(self, paper: int) -> Facts:
        """Those of a paper that nobody asked for before."""
        facts: Facts = self.kept.part(self.numbers[paper])
        self[paper] = facts
        return facts


class _LaterText(RunningText):
    """A text that is unpacked when somebody looks into it."""

    def __init__(self, read: Callable[[], tuple[str, tuple[Page, ...]]]):
        self.__dict__["_read"] = read

    def __getattr__(self, name: str) -> Any:
        """What it holds."""
        read = self.__dict__.pop("_read", None)
        if read is None:
            raise AttributeError(name)
        super().__init__(*read())
        return getattr(self, name)


class _LaterFile(SourceFile):
    """A file whose pages are unpacked when somebody looks at them."""

    def __init__(self, read: Callable[[], tuple[Page, ...]], own: list[Any]):
        self.__dict__ |= zip(_OWN, own, strict=True)
        self.__dict__["_read"] = read

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """Its pages."""
        read: Callable[[], tuple[Page, ...]] = self.__dict__["_read"]
        return read()

    def __eq__(self, other: object) -> bool:
        """True for a file that is the same in everything."""
        if not isinstance(other, SourceFile):
            return NotImplemented
        return all(getattr(self, f.name) == getattr(other, f.name) for f in fields(SourceFile))

    __hash__ = SourceFile.__hash__


def _joined(parts: Iterable[bytes]) -> bytes:
    """Parts one after the other, each behind its length."""
    return b"".join(len(p).to_bytes(_LENGTH, "big") + p for p in parts)


def _parted(whole: bytes) -> list[bytes]:
    """The parts again."""
    parts, at = [], 0
    while at < len(whole):
        end = at + _LENGTH + int.from_bytes(whole[at : at + _LENGTH], "big")
        parts.append(whole[at + _LENGTH : end])
        at = end
    return parts
