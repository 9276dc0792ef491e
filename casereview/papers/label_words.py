"""What labels of fields are made of: the classes of words (文书/_词类.yaml), the labels that
several facts share and their shapes (文书/_栏目.yaml).
"""

from __future__ import annotations

import re
from pathlib import Path

from casereview.chinese import key
from casereview.chinese.wording import spelt_out, wording
from casereview.papers.title_words import words_of
from casereview.yamlfile import load_yaml

SHARED_LABELS = "_栏目.yaml"
CLASSES = "_词类.yaml"


def load_classes(folder: Path) -> dict[str, str]:
    """The classes of words of which labels are made (``文书/_词类.yaml``): name -> 甲/乙/丙."""
    path = folder / CLASSES
    rows = load_yaml(path) if path.exists() else {}
    return {name: "/".join(words_of(words)) for name, words in rows.items()}


def shared_labels(folder: Path) -> tuple[frozenset[str], re.Pattern[str]]:
    """The keys of the labels that several facts share (``文书/_栏目.yaml``), and their
    shapes; those with a gap (…立案…) are sentences as well and do not count.
    """
    path = folder / SHARED_LABELS
    rows = list(load_yaml(path).values()) if path.exists() else []
    classes = load_classes(folder)
    names = frozenset(key(str(name)) for row in rows for name in row.get("标签") or ())
    shapes = [s for row in rows for s in words_of(row.get("样式")) if "…" not in s]
    patterns = (wording(spelt_out(s, classes)).in_order for s in shapes)
    return names, re.compile("|".join(f"(?:{p})" for p in patterns) or "(?!)")
