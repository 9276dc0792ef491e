"""The tree as it is found -> cases and their files. Read-only; links and special files are never
followed (DESIGN 3.1).
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
import stat
from dataclasses import dataclass, replace
from pathlib import Path

from casereview.chinese import decode
from casereview.errors import NothingReadable, ReadFailure, UsageError
from casereview.model import UnitPapers
from casereview.reading.nested import Chain, is_zip, leaves, member, shown_names
from casereview.reading.safe_open import READ_SUFFIXES, is_junk, open_zip

UNIT_PAPERS = "单位材料"
_INNER = re.compile(
    r"封面|目录|立案|调查|取证|告知|审核|决定|执行|送达|结案|归档|音像|照片|相片|光盘|证据|视频|录音|录像|影像|正卷|副卷|附卷|附件|检查|听证|公示|扫描|文书|复查|备考|启动|处罚|材料|图片|多媒体|视听|电子"
)
_ORGAN = re.compile(
    r"(?:局|队|委|政府|镇|乡|街道|中心|办|所|厅|站|公司|厂|县|市|区)$|[〔\[【（(]\d{4}|第?\d+号"
)


@dataclass(frozen=True)
class CaseRef:
    """A case that was found: ``key`` is its path relative to the scored root; ``root`` a folder, a
    zip or a single file.
    """

    key: str
    unit: str
    root: Path
    batch: str = ""
    unit_dir: Path | None = None

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
    found = [path] if level == "case" else _cases(path, one_file_per_case, forced=level)
    if not found:
        raise NothingReadable(
            f"{path} 里没有可以评查的案卷。案卷应当是一个放着文书文件的文件夹，或者一个 zip 包。"
        )
    out = []
    for root in found:
        rel = root.relative_to(path).as_posix() if root != path else path.name
        parent = root.parent
        out.append(CaseRef(rel, parent.name, root, parent.parent.name, parent))
    return sorted(out, key=lambda c: c.key)


def _entries(folder: Path) -> tuple[list[Path], list[Path]]:
    """(regular files of known formats, sub-folders), sorted by name; links and junk left out."""
    files, dirs = [], []
    for e in sorted(folder.iterdir(), key=lambda p: p.name):
        mode = e.lstat().st_mode
        if stat.S_ISDIR(mode):
            dirs.append(e)
        elif stat.S_ISREG(mode) and not is_junk(e.name):
            files.append(e)
    return files, dirs


def is_inner(name: str) -> bool:
    """True for folder names that people use inside a case, such as 正卷, 02调查取证, 音像资料."""
    bare = re.sub(r"^[\d.、\-_\s（）()]+", "", name)
    return (
        bool(bare)
        and len(bare) <= 10
        and bool(_INNER.search(bare))
        and not _ORGAN.search(bare)
        and bare != UNIT_PAPERS
    )


def _cases(folder: Path, one_file: bool, forced: str = "", depth: int = 0) -> list[Path]:
    files, dirs = _entries(folder)
    dirs = [d for d in dirs if d.name != UNIT_PAPERS]
    papers = [f for f in files if f.suffix.lower() in READ_SUFFIXES]
    zips = [f for f in files if f.suffix.lower() == ".zip"]
    if forced == "unit" and depth == 0 or forced == "batch" and depth <= 1:
        return zips + [x for d in dirs for x in _cases(d, one_file, forced, depth + 1)]
    if one_file and papers:
        return [
            f for f in papers if f.suffix.lower() in (".pdf", ".docx", ".doc", ".wps", ".ofd")
        ] + zips
    if papers:
        return [folder]
    full = [d for d in dirs if any(d.iterdir())]
    if full and all(is_inner(d.name) for d in full) and not zips:
        return [folder]
    return zips + [x for d in dirs for x in _cases(d, one_file, forced, depth + 1)]


def files_of(case: CaseRef) -> list[FileRef]:
    """Every file of a case in a fixed order, read or named with the reason why not."""
    if case.root.is_file() and case.root.suffix.lower() != ".zip":
        return [FileRef(case.root.name, case.root)]
    if case.root.is_file():
        try:
            z = open_zip(case.root.read_bytes())
        except ReadFailure as e:
            return [FileRef(case.root.name, case.root, skip=e.outcome)]
        names = sorted(i.filename for i in z.infolist() if not i.is_dir())
        refs = [FileRef(n, case.root, n, "skipped" if is_junk(n) else "") for n in names]
        return _opened(refs)
    out = []
    for base, dirs, names in os.walk(case.root, followlinks=False):
        dirs.sort()
        for d in [d for d in dirs if os.path.islink(os.path.join(base, d))]:
            out.append(FileRef(_rel(os.path.join(base, d), case.root), None, skip="skipped"))
            dirs.remove(d)
        for n in names:
            full = Path(base, n)
            regular = stat.S_ISREG(full.lstat().st_mode)
            out.append(
                FileRef(
                    _rel(full, case.root),
                    full if regular else None,
                    skip="" if regular and not is_junk(n) else "skipped",
                )
            )
    return _opened(out)


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
