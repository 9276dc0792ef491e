"""Sentences of one house that say the same -> the wording (``wording``) that they have in common.

What stands in all of them stays, what differs becomes a gap; the value that is asked becomes a
slot. Of a single sentence only the words next to the value stay, for they recur most likely.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from casereview.chinese.wording import wording

AROUND = 24  # characters on each side of a value that may belong to the wording
ALONE = 8  # characters next to the value that stay, where there is only one sentence
LONGEST = 36  # characters of a wording without a value
_SHORT = 2  # characters of the shortest run that counts as common
_PLAIN = re.compile(r"[\u3400-\u9fff，、：（）“”]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_GAP = "…"


@dataclass(frozen=True)
class Example:
    """A sentence and, where a value is asked, where it stands in it (0, 0 for nowhere)."""

    text: str
    start: int = 0
    end: int = 0

    @property
    def value(self) -> str:
        """What is asked."""
        return self.text[self.start : self.end]

    @property
    def before(self) -> str:
        """What stands before the value."""
        return self.text[max(0, self.start - AROUND) : self.start]

    @property
    def after(self) -> str:
        """What follows it."""
        return self.text[self.end : self.end + AROUND]


def house_line(examples: Sequence[Example], slot: str = "") -> str:
    """The wording of some sentences. ``slot``: what the value is. '' where they have too little in
    common, or where the wording would not give back each value.
    """
    different = list({e.text: e for e in examples}.values())
    line = _slotted(different, slot) if slot else _gapped([e.text for e in different])
    if len(_HAN.findall(line.replace(f"〈{slot}〉", ""))) < 2 * _SHORT - bool(slot):
        return ""
    return line if all(_gives(line, e, slot) for e in different) else ""


def _slotted(examples: list[Example], slot: str) -> str:
    if len(examples) == 1:
        before = _runs(examples[0].before)[-1:]
        after = _runs(examples[0].after)[:1]
        left = before[0][-ALONE:] if before and examples[0].before.endswith(before[0]) else ""
        right = after[0][:ALONE] if after and examples[0].after.startswith(after[0]) else ""
        return f"{left}〈{slot}〉{right}"
    left = _common([e.before for e in examples], from_end=True)
    right = _common([e.after for e in examples], from_end=False)
    return f"{left}〈{slot}〉{right}"


def _common(texts: list[str], from_end: bool) -> str:
    """The runs that all texts have in one order, with gaps where they differ; open on the side of
    the value unless the run touches it.
    """
    runs = _runs(texts[0])
    for other in texts[1:]:
        runs = [piece for run in runs for piece in _shared(run, other)]
    kept = runs[-2:] if from_end else runs[:2]
    if not kept:
        return ""
    joined = _GAP.join(kept)
    touches = all(t.endswith(kept[-1]) if from_end else t.startswith(kept[0]) for t in texts)
    if touches:
        return joined
    return joined + _GAP if from_end else _GAP + joined


def _shared(run: str, other: str) -> list[str]:
    blocks = SequenceMatcher(None, run, other, autojunk=False).get_matching_blocks()
    return [
        run[b.a : b.a + b.size] for b in blocks if len(_HAN.findall(run[b.a :][: b.size])) >= _SHORT
    ]


def _gapped(texts: list[str]) -> str:
    """A wording without a value."""
    runs = _runs(texts[0])
    for other in texts[1:]:
        runs = [piece for run in runs for piece in _shared(run, other)]
    out = ""
    for run in (r.strip("，、：") for r in runs):
        if len(out) + len(run) > LONGEST:
            return out or run[:LONGEST]
        out = f"{out}{_GAP}{run}" if out else run
    return out


def _runs(text: str) -> list[str]:
    """Runs of plain characters: figures, brackets of other kinds and ends of lines part them."""
    return [m[0] for m in _PLAIN.finditer(text) if len(_HAN.findall(m[0])) >= _SHORT]


def _gives(line: str, example: Example, slot: str) -> bool:
    """True when the wording, read in the sentence, gives its value back."""
    try:
        hit = wording(line).find(example.text)
    except ValueError:
        return False
    if hit is None:
        return False
    if not slot:
        return True
    return bool(hit.slots) and example.text[hit.slots[0][1] : hit.slots[0][2]] == example.value
