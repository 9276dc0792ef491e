"""What a decision decides, or a notice proposes (主文): where it stands in the text, and the kinds
of penalty in it. The words are data: ``用语/处罚主文.yaml``, each a wording.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from casereview.chinese.answers import only_ticked, without_lost_boxes
from casereview.chinese.wording import wording
from casereview.chinese.wordlists import word_lists
from casereview.model import Fact
from casereview.papers.once import once, once_by
from casereview.papers.paper import Paper
from casereview.settings import rules_folder

FILE = "处罚主文.yaml"
PROPOSING = "告知"  # papers with this in their name propose and do not decide
REACH = 900  # characters of a main text without an end
NEAR = 400  # characters after an opening in which a penalty must stand
LEAD = 120  # characters before an opening in which its sentence may begin
MAIN, OWN = "主文", "引号外"


@dataclass(frozen=True)
class Phrases:
    """The lists of the file. ``kinds``: the name of a penalty and the wordings that say it."""

    opening: tuple[str, ...]
    proposing: tuple[str, ...]
    bare: tuple[str, ...]
    ending: tuple[str, ...]
    remedy: tuple[str, ...]
    penalty: tuple[str, ...]
    deciding: tuple[str, ...]
    kinds: tuple[tuple[str, tuple[str, ...]], ...]
    of_statutes: tuple[str, ...]
    conditional: tuple[str, ...]
    none: tuple[str, ...]


@lru_cache(maxsize=4)
def _of_folder(_folder: Path) -> Phrases:
    w = word_lists(FILE)
    rows = (row.partition("＝") for row in w["处罚种类"])
    return Phrases(
        opening=w["开头"],
        proposing=w["拟处罚"],
        bare=w["没有开头"],
        ending=w["到此为止"],
        remedy=w["救济"],
        penalty=w["处罚用词"],
        deciding=w["决定用词"],
        kinds=tuple((name, tuple(lines.split("｜"))) for name, _, lines in rows),
        of_statutes=w["法条句"],
        conditional=w["以下不看"],
        none=w["不处罚"],
    )


def phrases() -> Phrases:
    """The lists of the rules folder in use. Raises RulesRefused."""
    return _of_folder(rules_folder())


def kind_wordings(name: str) -> tuple[str, ...]:
    """The wordings that say one kind of penalty."""
    return dict(phrases().kinds).get(name, ())


def strip_quotes(text: str) -> str:
    """Blank out quoted law text, keeping offsets."""
    return re.sub(r"“[^”]*”", _blank, text)


def _blank(m: re.Match[str]) -> str:
    return "＿" * len(m.group(0))


@once
def own_words(paper: Paper) -> str:
    """The text of a paper without quotations and without options whose box is empty, keeping
    offsets.
    """
    text = only_ticked(strip_quotes(paper.running_text.without_spaces))
    return without_lost_boxes(text) if paper.recognised else text


@once_by
def scoped(paper: Paper, scope: str) -> str:
    """The text of a paper with what stands outside of ``scope`` (引号外, 主文) blanked, keeping
    offsets; all of it where no scope is named.
    """
    if not scope:
        return paper.running_text.without_spaces
    text = own_words(paper)
    if scope != MAIN:
        return text
    begin, end = operative(paper)
    return "＿" * begin + text[begin:end]


def wide_scope(paper: Paper, scope: str) -> str:
    """The text in which the wide net looks: as ``scoped``, but all own words of a decision whose
    main text, as found, holds no penalty.
    """
    narrow = scope != MAIN or penalty_kinds(paper) is not None
    return scoped(paper, scope if narrow else OWN)


def _ends(text: str, lines: tuple[str, ...]) -> list[int]:
    """Where each of the wordings ends, or the penalty begins that it names (当场作出罚款)."""
    hits = [hit for line in lines for hit in wording(line).all(text)]
    named = (_next(text[: hit.end], phrases().penalty, hit.start) for hit in hits)
    return [hit.end if at is None else at for hit, at in zip(hits, named, strict=True)]


def _next(text: str, lines: tuple[str, ...], start: int) -> int | None:
    """Where the first of the wordings begins after ``start``."""
    hits = [hit.start for line in lines if (hit := wording(line).find(text, start))]
    return min(hits, default=None)


@once
def operative(paper: Paper) -> tuple[int, int]:
    """Offsets in the without_spaces text of what is decided (or proposed): from the last phrase of
    deciding before payment and remedies. (0, 0) where nothing is decided.
    """
    text = strip_quotes(paper.running_text.without_spaces)
    words = phrases()
    starts = _ends(text, words.opening)
    if PROPOSING in paper.doc.kind or not starts:
        starts += _ends(text, words.proposing)
    if not starts:
        return _bare(text)
    best = _best_start(text, sorted(set(starts)))
    if best is None:  # no penalty follows any of them: forms only tick one (☑罚款：人民币伍拾元整)
        bare = _bare(text)
        return bare if bare[0] else (starts[0], min(len(text), starts[0] + REACH))
    begin = _with_lead(text, best)
    stop = _next(text, words.ending, best)
    return begin, stop if stop is not None else min(len(text), best + REACH)


def _bare(text: str) -> tuple[int, int]:
    """A decision without a phrase that opens it: its last phrase of penalising."""
    hits = [hit for line in phrases().bare for hit in wording(line).all(text)]
    if not hits:
        return 0, 0
    last = max(hits, key=lambda hit: hit.start)
    stop = _next(text, phrases().ending, last.start)
    return last.start, stop if stop is not None else min(len(text), last.end + LEAD)


def _best_start(text: str, starts: list[int]) -> int | None:
    """The last opening before the remedies that is followed by a penalty; None where none is."""
    remedy = _next(text, phrases().remedy, starts[0])
    limit = remedy if remedy is not None else len(text)
    usable = [s for s in starts if s <= limit] or starts[:1]
    for start in reversed(usable):
        stop = _next(text, phrases().ending, start)
        until = stop if stop is not None else start + NEAR
        if _next(text[:until], phrases().penalty, start) is not None:
            return start
    return None


def _with_lead(text: str, best: int) -> int:
    """The beginning of what is decided in the sentence of its opening: 决定对某某处…."""
    edge = max(text.rfind("。", 0, best), text.rfind("\n", 0, best), best - LEAD)
    sentence = max(edge, 0)
    lead = _next(text[:best], phrases().deciding, sentence)
    return lead if lead is not None else best


def penalty_kinds(paper: Paper) -> Fact | None:
    """Kinds of penalty decided, in the words of 行政处罚法 9 (and the usual ones beside it)."""
    begin, end = operative(paper)
    if not end:
        return None
    text = _decided_only(own_words(paper)[:end])
    found = []
    for name, lines in phrases().kinds:
        hits = [hit.start for line in lines for hit in wording(line).all(text, begin)]
        told = [at for at in hits if not text[max(begin, at - 4) : at].endswith(phrases().none)]
        if told:
            found.append((min(told), name))
    if not found:
        return None
    place = paper.running_text.place(begin, end)
    return Fact([name for _, name in sorted(found)], place.quote, place)


def _decided_only(text: str) -> str:
    """``text`` without sentences that say what the law provides, and without what comes only if
    nobody pays, keeping offsets.
    """
    for line in phrases().of_statutes:
        for hit in wording(line).all(text):
            start = max(text.rfind("。", 0, hit.start), text.rfind("\n", 0, hit.start)) + 1
            stop = re.compile(r"[。\n]|$").search(text, hit.end)
            end = stop.start() if stop else len(text)
            text = text[:start] + "＿" * (end - start) + text[end:]
    for line in phrases().conditional:
        for hit in wording(line).all(text):
            stop = re.compile(r"[。；]|$").search(text, hit.end)
            end = stop.start() if stop else len(text)
            text = text[: hit.start] + "＿" * (end - hit.start) + text[end:]
    return text
