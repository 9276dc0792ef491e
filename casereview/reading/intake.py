"""The tree as it is found -> cases and their files. Read-only; links and special files are never
followed (DESIGN 3.1).
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
import stat
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from casereview.chinese import decode
from casereview.errors import NothingReadable, ReadFailure, UsageError
from casereview.model import UnitPapers
from casereview.reading.case_tree import UNIT_PAPERS, Found, cases_below
from casereview.reading.nested import Chain, is_zip, leaves, member, shown_names
from casereview.reading.safe_open import is_junk, open_zip

PLAIN = 0.95  # less sure than this, a person is asked


@dataclass(frozen=True)
class CaseRef:
    """A case that was found: ``key`` is its path relative to the scored root; ``root`` a folder, a
    zip or a single file; ``sure`` that it is one case (0..1), and ``why`` where that is not plain.
    ``part``: the file and the pages of it that a person said are this case, of several in it;
    ``whole``: the key of what lies there.
    """

    key: str
    unit: str
    root: Path
    batch: str = ""
    unit_dir: Path | None = None
    sure: float = 1.0
    why: str = ""
    part: tuple[str, int, int] | None = None
    whole: str = ""

    @property
    def place(self) -> str:
        """The key of what lies in the folder: its own, or that of the file that holds it."""
        return self.whole or self.key

    @property
    def title(self) -> str:
        """The last part of the key."""
        return self.key.rsplit("/", 1)[-1]


@dataclass(frozen=True)
class FileRef:
    """A file of a case: relative path, and where its bytes are: on disk, in a zip, or ``inside``
    zips in that zip. ``skip``: an outcome word when it is not to be read.
    """

    rel: str
    disk: Path | None
    zip_member: str = ""
    skip: str = ""
    inside: Chain = ()


def find_cases(path: Path, level: str = "", one_file_per_case: bool = False) -> list[CaseRef]:
    """Every case below ``path``, in a fixed order. Raises UsageError, NothingReadable."""
    path = Path(os.path.abspath(path))
    if not path.exists():
        raise UsageError(f"找不到 {path}。请核对路径；路径中有空格时要加引号。")
    if path.is_file():
        return [CaseRef(path.name, path.parent.name, path, unit_dir=path.parent)]
    found = [Found(path)] if level == "case" else cases_below(path, level, one_file_per_case)
    if not found:
        raise NothingReadable(
            f"{path} 里没有可以评查的案卷。案卷应当是一个放着文书文件的文件夹，或者一个 zip 包。"
        )
    out = []
    for case in found:
        root, parent = case.root, case.root.parent
        rel = _below(root, path) or path.name
        out.append(CaseRef(rel, parent.name, root, parent.parent.name, parent, case.sure, case.why))
    return sorted(out, key=lambda c: c.key)


def _below(root: Path, path: Path) -> str:
    """Where something lies below a folder, with '/' between; '' for the folder itself."""
    return str(root)[len(str(path)) :].replace(os.sep, "/").lstrip("/")


def in_parts(
    refs: Iterable[CaseRef], parts: Mapping[str, Sequence[tuple[str, int, int]]]
) -> list[CaseRef]:
    """The cases, with those of which a person said where in a file each lies in the place of the
    whole. ``parts``: by the key of the whole.
    """
    out = []
    for ref in refs:
        said = parts.get(ref.key, ())
        out += [_part_of(ref, part) for part in said] or [ref]
    return sorted(out, key=lambda c: c.key)


def _part_of(ref: CaseRef, part: tuple[str, int, int]) -> CaseRef:
    key = f"{ref.key}（第{part[1]}-{part[2]}页）"
    return replace(ref, key=key, part=part, whole=ref.key, sure=1.0, why="")


def doubtful_cases(refs: list[CaseRef]) -> list[str]:
    """One sentence for each folder whose place in the tree is not plain, for a person to confirm
    or to settle with ``--level``.
    """
    lines = (f"{r.key}：{r.why}（把握 {r.sure:.0%}）" for r in refs if r.sure < PLAIN)
    return list(dict.fromkeys(lines))


def files_of(case: CaseRef) -> list[FileRef]:
    """Every file of a case in a fixed order, read or named with the reason why not."""
    root = case.root
    if not root.is_file():
        return _opened(_of_folder(root))
    if root.suffix.lower() != ".zip":
        return [FileRef(root.name, root)]
    try:
        z = open_zip(root.read_bytes())
    except ReadFailure as e:
        return [FileRef(root.name, root, skip=e.outcome)]
    names = sorted(i.filename for i in z.infolist() if not i.is_dir())
    return _opened([FileRef(n, root, n, "skipped" if is_junk(n) else "") for n in names])


def size_of(case: CaseRef) -> int:
    """Bytes that a case takes on the disk: by them one sees how far its reading is."""
    root = case.root
    inside = (Path(base, n) for base, _, names in os.walk(root) for n in names)
    files = [root] if root.is_file() else inside
    return sum(os.lstat(f).st_size for f in files if os.path.lexists(f))


def _of_folder(root: Path) -> list[FileRef]:
    """Every file under a folder; links are named and not followed."""
    out = []
    for base, dirs, names in os.walk(root, followlinks=False):
        dirs.sort()
        links = [d for d in dirs if os.path.islink(os.path.join(base, d))]
        dirs[:] = [d for d in dirs if d not in links]
        out += [FileRef(_rel(os.path.join(base, d), root), None, skip="skipped") for d in links]
        out += [_on_disk(Path(base, n), root) for n in names]
    return out


def _on_disk(full: Path, root: Path) -> FileRef:
    """A file of a folder; what is no regular file is named and not opened."""
    regular = stat.S_ISREG(full.lstat().st_mode)
    skip = "" if regular and not is_junk(full.name) else "skipped"
    return FileRef(_rel(full, root), full if regular else None, skip=skip)


def _opened(refs: list[FileRef]) -> list[FileRef]:
    """The files with what zips among them hold in the place of the zips, in a fixed order. A zip
    that cannot be opened stays, with the reason.
    """
    out = [r for r in refs if r.skip or not is_zip(r.rel)]
    for ref in (r for r in refs if not r.skip and is_zip(r.rel)):
        try:
            held = list(leaves(bytes_of(ref)))
        except ReadFailure as e:
            out.append(replace(ref, skip=e.outcome))
            continue
        names = shown_names([(ref.rel, chain) for chain, _ in held], {r.rel for r in out})
        out += [_inside(ref, *one) for one in zip(names, held, strict=True)]
    return sorted(out, key=lambda f: f.rel)


def _inside(ref: FileRef, name: str, held: tuple[Chain, str]) -> FileRef:
    """A file in the zip ``ref``, called ``name``."""
    chain, outcome = held
    skip = outcome or ("skipped" if is_junk(name) else "")
    first, inside = (ref.zip_member, chain) if ref.zip_member else (chain[0], chain[1:])
    return FileRef(name, ref.disk, first, skip, inside)


def _rel(path: str | Path, root: Path) -> str:
    return (
        os.fsencode(os.path.relpath(path, root))
        .decode("utf-8", errors="replace")
        .replace(os.sep, "/")
    )


def bytes_of(ref: FileRef) -> bytes:
    """The bytes of a file. Raises ReadFailure."""
    if ref.disk is None:
        raise ReadFailure(ref.skip or "skipped")
    try:
        data = ref.disk.read_bytes()
    except OSError as e:
        raise ReadFailure("damaged", f"无法打开（{e.strerror}）") from e
    return member(data, (ref.zip_member, *ref.inside)) if ref.zip_member else data


def content_of(case: CaseRef) -> str:
    """The digest of everything that lies in a case: names, kinds and bytes. Raises OSError."""
    found = hashlib.sha256()
    refs = _of_folder(case.root) if case.root.is_dir() else [FileRef(case.root.name, case.root)]
    for ref in sorted(refs, key=lambda r: r.rel):
        data = b"" if ref.disk is None or ref.skip else ref.disk.read_bytes()
        found.update(f"{ref.rel}\n{ref.skip}\n{hashlib.sha256(data).hexdigest()}\n".encode())
    return found.hexdigest()


def unit_papers(folder: Path | None) -> UnitPapers:
    """The optional lists of 单位材料 under a unit."""
    if folder is None or not (folder / UNIT_PAPERS).is_dir():
        return UnitPapers()
    got: dict[str, tuple[dict[str, str], ...]] = {}
    digests = []
    for f in sorted((folder / UNIT_PAPERS).glob("*.csv")):
        if f.is_file():
            data = f.read_bytes()
            rows = csv.DictReader(io.StringIO(decode(data)))
            got[f.stem] = tuple(
                {(k or "").strip(): (v or "").strip() for k, v in r.items() if k is not None}
                for r in rows
            )
            digests.append((f.name, hashlib.sha256(data).hexdigest()))
    return UnitPapers(
        got.get("officers"),
        got.get("reviewers"),
        got.get("authority"),
        tuple(digests),
        {k: v for k, v in got.items() if k not in ("officers", "reviewers", "authority")},
    )
