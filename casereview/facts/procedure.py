"""Which procedure a case followed, from all that speaks, with how sure. A person can set it by hand
(``score --procedure``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from casereview.chinese.wording import wording
from casereview.facts.casefile import CaseFile
from casereview.facts.procedures import Procedure, procedures, usual
from casereview.papers.catalogue import CATALOGUE, entries_of
from casereview.papers.paper import Paper

COVER, CONCLUDED, ENCLOSED, COURSE, LISTED, SAID, NUMBER = 8.0, 4.0, 1.0, 1.0, 0.5, 4.0, 1.0
OWN_WORD = 4.0  # more, where the cover has a word that fewer procedures share, and a paper agrees
LONE = 2.0  # for a procedure that needs little more than a decision, where there is little more
LEAD = 3.0  # so much more must speak for a procedure than for the next, else it is doubtful
_OPENING = 200  # so many characters of a cover say what file it is


@dataclass
class Candidate:
    """A procedure that a case may have followed: what speaks for it, and how much."""

    procedure: str
    weight: float = 0.0
    reasons: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Chosen:
    """The procedure by which a case is judged, why, and the next where it is nearly as likely."""

    procedure: str
    why: str
    rival: Candidate | None = None


def recognise(case: CaseFile) -> Chosen:
    """The likeliest procedure of a case, and the next where it is nearly as likely."""
    found = candidates(case)
    if not found:
        common = usual(case.papers[0].vocab.folder if case.papers else None)
        return Chosen(common.id, f"没有可以判断程序的文书，按{common.name}评查")
    first, why = found[0], "；".join(found[0].reasons[:3])
    return Chosen(first.procedure, why, rival(found))


def rival(found: list[Candidate]) -> Candidate | None:
    """The likeliest of the other candidates that is nearly as likely as the first, and for which
    something speaks that does not speak for the first as well; None where there is none.
    """
    first, *others = found
    near = (c for c in others if first.weight - c.weight < LEAD)
    return next((c for c in near if set(c.reasons) - set(first.reasons)), None)


def candidates(case: CaseFile) -> list[Candidate]:
    """Every procedure for which something speaks, the likeliest first; of equals the usual one."""
    if not case.papers:
        return []
    found = []
    for marks in _every(case):
        candidate = Candidate(marks.id)
        for weight, reason in _spoken(case, marks):
            candidate.weight += weight
            candidate.reasons.append(reason)
        if candidate.weight:
            found.append(candidate)
    return sorted(found, key=lambda c: -c.weight)


def _spoken(case: CaseFile, marks: Procedure) -> Iterator[tuple[float, str]]:
    """(weight, reason) of everything that speaks for a procedure, the weightiest first."""
    course = {k: found for k in marks.course if (found := _first(case, k))}
    ending = [p for p in case.papers if p.doc.kind in marks.concludes]
    yield from _on_cover(case, marks, bool(course or ending))
    if ending:
        yield from _concluded(case, marks, ending, bool(course))
    for p in course.values():
        yield COURSE, f"卷内有{_where(p)}"
    if not ending and (decision := _lone(case, marks)):
        yield LONE, f"除{decision.doc.kind}外没有调查、审批、告知的文书"
    yield from _listed(case, marks, {*course, *(p.doc.kind for p in ending)})
    yield from _numbered(case, marks)


def _first(case: CaseFile, kind: str) -> Paper | None:
    """The first paper that is, or serves as, one of ``kind``, read or not."""
    return next((p for p in case.papers if p.doc.is_kind(kind)), None)


def _concluded(
    case: CaseFile, marks: Procedure, ending: list[Paper], passed: bool
) -> Iterator[tuple[float, str]]:
    """The papers that conclude a procedure. Without its course (``passed``) such a paper is
    enclosed from another case, where others conclude too.
    """
    enclosed = not passed and _other_conclusion(case, marks)
    yield ENCLOSED if enclosed else CONCLUDED, f"卷内有{_where(ending[0])}"
    if any(_says(p, marks.says) for p in ending):
        yield SAID, f"{ending[0].doc.kind}写明{marks.says[0]}"


def _lone(case: CaseFile, marks: Procedure) -> Paper | None:
    """The decision that stands without the course of the procedure that it concludes."""
    decision = next((p for p in case.papers if p.doc.kind in marks.lone), None)
    if decision is None:
        return None
    others = [m for m in _every(case) if decision.doc.kind in m.concludes]
    passed = any(_first(case, kind) for m in others for kind in m.course)
    return None if passed else decision


def _on_cover(case: CaseFile, marks: Procedure, held: bool) -> Iterator[tuple[float, str]]:
    """What the cover says. A printed cover may name a procedure of which the file has no paper
    (``held``): its own word tells nothing then.
    """
    cover = case.one("卷宗封面")
    text, title = _opening(cover) if cover else ("", "")
    said = [w for w in marks.cover if w in text]
    titled = [w for w in marks.titled if w in title]
    if said:
        yield (
            COVER + (OWN_WORD if held and _tells_apart(case, said) else 0),
            f"封面写明“{max(said, key=len)}”",
        )
    elif titled:
        yield COVER, f"封面题名有“{titled[0]}”"
    elif any(w in case.ref.key for w in marks.cover):
        yield COURSE, "案卷名称写明"


def _opening(cover: Paper) -> tuple[str, str]:
    """What a cover says first, and its title."""
    return cover.running_text.without_spaces[:_OPENING], cover.doc.title


def _tells_apart(case: CaseFile, said: list[str]) -> bool:
    """True when a cover has the word of few procedures beside one that more share."""
    every = Counter(w for m in _every(case) for w in m.cover)
    return len({every[w] for w in said}) > 1


def _other_conclusion(case: CaseFile, marks: Procedure) -> bool:
    """True when a paper concludes another procedure that has its course in the file."""
    return any(
        any(p.doc.kind in other.concludes for p in case.papers)
        and any(p.doc.is_kind(*other.course) for p in case.papers)
        for other in _every(case)
        if other.id != marks.id
    )


def _listed(case: CaseFile, marks: Procedure, seen: set[str]) -> Iterator[tuple[float, str]]:
    """Papers of the procedure that only the catalogue names."""
    for p in case.readable(CATALOGUE):
        for entry in entries_of(p.running_text, p.vocab):
            guess = p.vocab.guess(entry.title)
            if guess and guess.kind in (*marks.concludes, *marks.course) and guess.kind not in seen:
                seen.add(guess.kind)
                yield LISTED, f"目录列有“{entry.title}”"


def _numbered(case: CaseFile, marks: Procedure) -> Iterator[tuple[float, str]]:
    """The number of the case, on its folder: what stands there in no number (许可证件) is none."""
    said = next((w for w in marks.numbers if _in_number(w, case.ref.title)), "")
    if said:
        yield NUMBER, f"案卷名称的文号有“{said}”"


def _in_number(word: str, title: str) -> bool:
    """True where a word is part of a document number: shortly before its year or its figure."""
    return re.search(rf"{re.escape(word)}[^\d，。、]{{0,4}}\d", title) is not None


def _says(paper: Paper, lines: tuple[str, ...]) -> bool:
    return any(wording(line).find(paper.running_text.without_spaces) for line in lines)


def _where(paper: Paper) -> str:
    return f"{paper.doc.kind}（{paper.doc.file}）"


def _every(case: CaseFile) -> Iterable[Procedure]:
    """Every procedure with what speaks for it."""
    return procedures(case.papers[0].vocab.folder).values()
