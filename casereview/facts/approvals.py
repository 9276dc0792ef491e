"""What approval forms carry: boxes with an opinion, a signature and a date, and which of them is
the head's. The words of the labels are data (``文书/_栏目.yaml``: 意见栏, 负责人意见栏 …).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from casereview.chinese import DATE, NAME, without_spaces
from casereview.facts.form_fields import ROLE, Signature, signature
from casereview.facts.registry import Labels, load_groups
from casereview.model import PICTURE, Place
from casereview.papers.paper import Paper
from casereview.papers.vocabulary import Vocabulary

QUOTED = 120  # characters of an opinion that a finding quotes
LONGEST = 20  # characters of the label of an opinion
FOLLOWING = 4  # lines that may belong to an opinion under a heading
_NAMES_ONLY = re.compile(rf"(?:{NAME}[、，]?){{1,8}}")
_SIGNED_AT_END = re.compile(
    rf"(?:{ROLE}\s*[：:]|\s{{2,}}|。\s*)([^。]*?\d{{4}}\s*年.*?日)\s*$"  # the line ends with a date
)


@dataclass(frozen=True)
class Approval:
    """A box for an opinion: its label, the opinion, the signature."""

    label: str
    opinion: str
    sign: Signature

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.sign.place

    def lacks(self) -> list[str]:
        """Which of opinion, signature and date is missing."""
        has = {
            "意见": bool(self.opinion),
            "签名": self.sign.signed,
            "日期": self.sign.date is not None,
        }
        return [word for word, there in has.items() if not there]


@lru_cache(maxsize=4)
def groups_of(vocabulary: Vocabulary) -> Mapping[str, Labels]:
    """The groups of labels that lie beside a vocabulary, read once."""
    return load_groups(vocabulary.folder)


def approvals(paper: Paper) -> list[Approval]:
    """Opinion boxes in reading order, from table rows, else from headed paragraphs."""
    return list(_in_cells(paper)) or list(_under_headings(paper))


def _in_cells(paper: Paper) -> Iterator[Approval]:
    """A label with the opinion in the cell beside it, or on the first line of the same cell."""
    wanted = groups_of(paper.vocab)["意见栏"]
    for page, cells, boxes in paper.running_text.rows():
        pairs = [(cells[i], cells[i + 1], boxes[i + 1]) for i in range(len(cells) - 1)]
        if len(cells) == 1 and "\n" in cells[0]:
            label, _, value = cells[0].partition("\n")
            pairs = [(label, value, boxes[0])]
        for written, value, box in pairs:
            label = without_spaces(written)
            if 2 <= len(label) <= LONGEST and PICTURE not in label and wanted.match(label):
                quote = without_spaces(value).replace(PICTURE, "")[:QUOTED] or label
                place = Place(paper.running_text.file, page, box, quote)
                yield _approval(paper, label, value, place)
                break


def _under_headings(paper: Paper) -> Iterator[Approval]:
    """A heading that ends as opinions are called, and the few lines below it."""
    text = paper.running_text.text
    starts = [0, *(m.end() for m in re.finditer(r"\n", text))]
    lines = [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    heads = [n for n, line in enumerate(lines) if _heading(paper, line)]
    for n, following in zip(heads, [*heads[1:], len(lines)], strict=False):
        label, value = _heading(paper, lines[n]) or ("", "")
        last = min(following, n + 1 + FOLLOWING)
        at = paper.running_text.place(starts[n], starts[last - 1] + 1, without_spaces=False)
        quote = without_spaces(at.quote).replace(PICTURE, "")[:QUOTED]
        place = Place(at.file, at.page, at.box, quote)
        yield _approval(paper, label, "".join([value, *lines[n + 1 : last]]), place)


def _heading(paper: Paper, line: str) -> tuple[str, str] | None:
    """The label of an opinion and what follows on its line; '同意承办人意见' is an opinion."""
    groups = groups_of(paper.vocab)
    words = "|".join(map(re.escape, groups["意见段落"].names))
    m = re.match(
        rf"[ \t]*([^\n：:，。]{{0,16}}(?:{words}))(?:\s*[：:]|\s{{2,}}|\s*$)(.*)", line, re.S
    )
    if m is None:
        return None
    label = without_spaces(m[1])
    opens = label.startswith(groups["意见开头"].names)
    return None if opens else (label, m[2])


def _approval(paper: Paper, label: str, value: str, place: Place) -> Approval:
    """The opinion and what is signed below it."""
    lines = [line for line in value.split("\n") if line.strip()]
    signing: list[str] = []
    while lines and _is_signing(paper, lines[-1]):
        signing.insert(0, lines.pop())
    tail = " ".join(signing)
    if not signing and lines and (m := _SIGNED_AT_END.search(lines[-1])):
        tail = m[1]
        lines[-1] = lines[-1][: m.start(1)]
    text = re.sub(rf"{ROLE}?\s*[：:]\s*$", "", without_spaces("".join(lines)))
    opinion = text.replace(PICTURE, "")
    if re.fullmatch(r"[\d年月日\s]*", DATE.sub("", opinion)):
        opinion = ""
    return Approval(label, opinion, signature(tail, place, place.page in paper.recognised))


def _is_signing(paper: Paper, line: str) -> bool:
    """True for a line that holds a signature: a picture, a role with a colon, names with a date."""
    if PICTURE in line or re.search(rf"{ROLE}\s*[：:]", line):
        return True
    flat = without_spaces(line)
    rest = DATE.sub("", flat).replace("年月日", "")
    if not rest:
        return True
    opinion = any(word in rest for word in groups_of(paper.vocab)["意见用词"].names)
    return rest != flat and not opinion and _NAMES_ONLY.fullmatch(rest) is not None


def leader_approval(paper: Paper) -> Approval | None:
    """The box of the head of the agency: by its label, else the last opinion box of the form."""
    boxes = approvals(paper)
    groups = groups_of(paper.vocab)
    named = [box for box in boxes if groups["负责人意见栏"].match(box.label)]
    if named:
        return named[-1]
    if len(boxes) >= 2:
        return boxes[-1]
    if boxes and not groups["承办审核意见栏"].match(boxes[0].label):
        return boxes[0]
    return None


def head_approval(paper: Paper) -> Approval | None:
    """The box that is surely the head's by its label, where somebody signed it."""
    wanted = groups_of(paper.vocab)["负责人意见栏"]
    signed = [box for box in approvals(paper) if wanted.match(box.label) and box.sign.signed]
    return signed[-1] if signed else None


def opinions(paper: Paper, labels: Labels) -> list[Approval]:
    """The opinion boxes whose label is one of ``labels``."""
    return [box for box in approvals(paper) if labels.match(box.label)]
