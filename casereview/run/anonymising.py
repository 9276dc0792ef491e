"""Read a case whose files may be shared once persons are hidden in them; writing is the caller's
business.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from casereview.facts.casefile import CaseFile
from casereview.model import SourceFile
from casereview.privacy.mask import Mask, masker
from casereview.rules.rulebook import load_rules
from casereview.run.work import judge_case, one_case, read_case


@dataclass(frozen=True)
class SharedCase:
    """A case to be shared: its ``title`` with persons hidden, what hides them, the files under the
    names that they get, and those that cannot be shared because nothing was read of them.
    """

    title: str
    mask: Mask
    files: tuple[tuple[str, SourceFile], ...]
    left_out: tuple[str, ...]


def shared_case(path: Path) -> SharedCase:
    """The only case at a path, with everybody hidden, officers too. Raises UsageError,
    NothingReadable.
    """
    rules = load_rules()
    ref = one_case(path)
    case = read_case(ref, rules)
    mask = masker([judge_case(case, rules)], everybody=True, texts=_texts(case))
    files: list[tuple[str, SourceFile]] = []
    left_out: list[str] = []
    for source in case.sources:
        if source.pages:
            files.append((_name(source.path, mask, [n for n, _ in files]), source))
        else:
            left_out.append(mask(source.path))
    return SharedCase(mask(ref.title), mask, tuple(files), tuple(left_out))


def _texts(case: CaseFile) -> Iterator[str]:
    for source in case.sources:
        for page in source.pages:
            yield from (line.text for line in page.lines)


def _name(path: str, mask: Mask, taken: list[str]) -> str:
    """A Word file in the place of any other; two never get one name."""
    own = PurePosixPath(mask(path)).with_suffix("")
    name, n = f"{own}.docx", 1
    while name in taken:
        n += 1
        name = f"{own}（{n}）.docx"
    return name
