"""What stays of a case that was erased (个人信息保护法 19, 47): numbers, verdicts, digests and who
decided when; no name, no quote, no text of a paper, no name of a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from casereview.model import OUTCOMES, Place, has_pages
from casereview.privacy.mask import names_in_facts
from casereview.record.result import (
    CaseResult,
    DocumentResult,
    FileResult,
    FindingResult,
    UnreadFile,
)

GONE = "（内容已删除）"
_FREE = frozenset({"why", "says", "measure", "responsible", "note", "quote", "file", "spot"})
_KEPT_COLUMNS = frozenset({"单位", "案号", "序号", "抽取方式", "理由"})
_LONG_NUMBER = re.compile(r"\d{7,}")


@dataclass(frozen=True)
class Erasure:
    """One case and what it is called from now on. ``keys``: what it was called in every run;
    ``identities``: of its findings; ``secret``: texts by which it is known wherever they stand.
    """

    case_key: str
    called: str
    keys: frozenset[str]
    identities: frozenset[str]
    secret: frozenset[str]

    def concerns(self, body: Mapping[str, Any]) -> bool:
        """True for an entry of the journal that is about this case and no other."""
        mine = (*self.keys, self.case_key)
        return body.get("case") in mine or body.get("identity") in self.identities

    def left_of(self, body: Any, mine: bool = False) -> Any:
        """What stays of the content of an entry or of the result of a unit. ``mine``: it is about
        this case alone, so that what was written freely goes.
        """
        if isinstance(body, dict):
            if self._is_row(body):
                return {k: v if k in _KEPT_COLUMNS else "" for k, v in body.items()}
            return {k: self._under(k, v, mine) for k, v in body.items()}
        if isinstance(body, list):
            return [self.left_of(v, mine) for v in body]
        return self._text(body) if isinstance(body, str) else body

    def _under(self, name: str, value: Any, mine: bool) -> Any:
        """What stays of the value of a key."""
        if mine and name in _FREE and isinstance(value, str):
            return GONE if value else value
        return self.left_of(value, mine)

    def _is_row(self, body: Mapping[str, Any]) -> bool:
        """True for a row of a list of files that names this case."""
        return bool(body.get("案号")) and body["案号"] in self.secret | {self.case_key}

    def _text(self, text: str) -> str:
        if text in self.keys:
            return self.called
        return GONE if any(s in text for s in self.secret) else text


def erasure_of(results: Iterable[CaseResult], number: int) -> Erasure:
    """What must go of a case, as its results in all runs have it. ``number``: how many cases were
    erased before.
    """
    rows = list(results)
    first = rows[0]
    parent = first.case.rpartition("/")[0]
    named = f"已删除案卷{number + 1}"
    secret = {s for r in rows for s in _secrets(r)}
    return Erasure(
        first.case_key,
        f"{parent}/{named}" if parent else named,
        frozenset(r.case for r in rows),
        frozenset(f.identity for r in rows for f in r.findings),
        frozenset(s for s in secret if len(s) > 1),
    )


def _secrets(r: CaseResult) -> set[str]:
    """By what a result can be known: its names, the people, their numbers."""
    texts = (t for f in r.facts.values() for t in (*_strings(f.value), f.text))
    numbers = {m for t in texts for m in _LONG_NUMBER.findall(t)}
    return {r.title, r.case} | numbers | set(names_in_facts(r.facts))


def _strings(value: object) -> Iterable[str]:
    values = value if isinstance(value, list) else [value]
    return (v for v in values if isinstance(v, str))


def left_of_case(r: CaseResult, gone: Erasure) -> CaseResult:
    """A result with its numbers and verdicts and nothing that was read."""
    files = {f.file: _called(n, f.file) for n, f in enumerate(r.files, 1)}
    return replace(
        r,
        case=gone.called,
        title=gone.called.rpartition("/")[2],
        procedure_why="",
        vetoes=tuple(v for v in r.vetoes if not any(s in v for s in gone.secret)),
        working=tuple(gone.left_of(list(r.working))),
        documents=tuple(_document(d, files) for d in r.documents),
        facts={},
        unread=tuple(_unread(u, files) for u in r.unread),
        page_notes=(),
        files=tuple(_file(f, files) for f in r.files),
        findings=tuple(_finding(f, files, gone) for f in r.findings),
    )


def _called(number: int, name: str) -> str:
    """A file without its name; that it has no fixed pages still shows."""
    return f"文件{number}" + ("" if has_pages(name) else ".docx")


def _document(d: DocumentResult, files: Mapping[str, str]) -> DocumentResult:
    return replace(d, file=files.get(d.file, GONE), title="", serves="", why="", print="")


def _unread(u: UnreadFile, files: Mapping[str, str]) -> UnreadFile:
    return replace(u, file=files.get(u.file, GONE), reason=OUTCOMES.get(u.outcome, ""))


def _file(f: FileResult, files: Mapping[str, str]) -> FileResult:
    return replace(f, file=files[f.file], prints=(), created="", made="")


def _finding(f: FindingResult, files: Mapping[str, str], gone: Erasure) -> FindingResult:
    places = tuple(Place(files.get(p.file, GONE), p.page, p.box) for p in f.evidence)
    subject = gone.left_of(f.subject)
    return replace(f, message=GONE, working=(), subject=subject, evidence=places, fault="")
