"""What labels of fields are made of: the classes of words (文书/_词类.yaml), the labels that
several facts share and their shapes (文书/_栏目.yaml).
"""

from __future__ import annotations

import re
from pathlib import Path

from casereview.chinese import key
from casereview.chinese.wording import spelt_out, wording
from casereview.papers.form_shapes import meanings
from casereview.papers.title_words import without_brackets, words_of
from casereview.yamlfile import load_yaml

SHARED_LABELS = "_栏目.yaml"
CLASSES = "_词类.yaml"
_ENDINGS = "栏目尾"  # the class of words in which labels end that nobody knows
LONGEST = 40  # characters of a label, with remarks and gaps
REMEMBERED = 20_000  # texts of which it is remembered whether they are labels


class FieldNames:
    """Which texts are labels of fields: ``own`` keys of kinds of paper, ``shared`` keys that
    several facts share, and their ``shapes``; ``endings``: in which a label may end that nobody
    knows.
    """

    def __init__(
        self,
        own: set[str],
        shared: frozenset[str],
        shapes: re.Pattern[str],
        endings: tuple[str, ...],
    ):
        self._own, self._shared, self._shapes, self._endings = own, shared, shapes, endings
        self._asked: dict[str, bool] = {}

    def is_label(self, text: str) -> bool:
        """True for a label by name or by shape, also where it is numbered or names two fields at
        once. Worked out once a text.
        """
        if len(text) > LONGEST:
            return False
        if text not in self._asked:
            if len(self._asked) >= REMEMBERED:
                self._asked.clear()
            self._asked[text] = self._names_a_field(key(text))
        return self._asked[text]

    def may_be_label(self, text: str) -> bool:
        """True for a label, and for what ends as labels do."""
        return self.is_label(text) or without_brackets(text).endswith(self._endings)

    def _names_a_field(self, label: str) -> bool:
        names = (label, without_brackets(label), *meanings(label))
        known = any(x in self._own or x in self._shared for x in names)
        return known or any(self._shapes.fullmatch(x) for x in names)


def load_classes(folder: Path) -> dict[str, str]:
    """The classes of words of which labels are made (``文书/_词类.yaml``): name -> 甲/乙/丙."""
    path = folder / CLASSES
    rows = load_yaml(path) if path.exists() else {}
    return {name: "/".join(words_of(words)) for name, words in rows.items()}


def shared_labels(folder: Path) -> tuple[frozenset[str], re.Pattern[str], tuple[str, ...]]:
    """The keys of the labels that several facts share (``文书/_栏目.yaml``), their shapes (those
    with a gap, …立案…, are sentences as well and do not count), and how labels end.
    """
    path = folder / SHARED_LABELS
    rows = list(load_yaml(path).values()) if path.exists() else []
    classes = load_classes(folder)
    names = frozenset(key(str(name)) for row in rows for name in row.get("标签") or ())
    shapes = [s for row in rows for s in words_of(row.get("样式")) if "…" not in s]
    patterns = (wording(spelt_out(s, classes)).in_order for s in shapes)
    shape = re.compile("|".join(f"(?:{p})" for p in patterns) or "(?!)")
    return names, shape, tuple(filter(None, classes.get(_ENDINGS, "").split("/")))
