"""Old office formats (DOC, WPS, XLS, ET, RTF) through LibreOffice, where it is installed, with a
clock and a profile of its own.

A second soffice on the same profile exits at once, a truncated file 'succeeds' without output, and
random bytes are turned into garbage
(TECH 5): so the magic is looked at first, the profile belongs to this process, and only the output
file counts.
"""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from casereview.errors import ReadFailure
from casereview.settings import program_folders

SECONDS = 50
OPT = Path("/opt")
_PACKAGED = ("libreoffice", "libreoffice7", "libreoffice24")
TARGETS = {"doc": "docx", "wps": "docx", "rtf": "docx", "xls": "xlsx", "et": "xlsx"}


def program() -> str:
    """Path of LibreOffice, '' when it is not installed. Its installer puts it on no PATH."""
    named = shutil.which("soffice") or shutil.which("libreoffice")
    return named or next((str(p) for p in _usual_places() if p.is_file()), "")


def _usual_places() -> Iterator[Path]:
    """Where installers of LibreOffice put it, the newest first."""
    for folder in program_folders():
        yield folder / "LibreOffice" / "program" / "soffice.exe"
        yield from sorted(folder.glob("LibreOffice*/program/soffice.exe"), reverse=True)
    yield from sorted(OPT.glob("libreoffice*/program/soffice"), reverse=True)
    yield from (OPT.parent / "usr" / "lib" / n / "program" / "soffice" for n in _PACKAGED)


def wps() -> str:
    """Path of WPS, which reads DOC, WPS and ET but converts nothing unasked; '' without it."""
    named = shutil.which("wps")
    places = [OPT / "kingsoft" / "wps-office" / "office6" / "wps"]
    for folder in program_folders():
        places += sorted(folder.glob("Kingsoft/WPS Office/*/office6/wps.exe"), reverse=True)
        places += sorted(folder.glob("WPS Office/*/office6/wps.exe"), reverse=True)
    return named or next((str(p) for p in places if p.is_file()), "")


@lru_cache(maxsize=1)
def _profile() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="casereview-office-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def convert(data: bytes, suffix: str) -> tuple[str, bytes]:
    """('docx' or 'xlsx', its bytes) for an old file. Raises ReadFailure (unsupported, damaged,
    too_slow).
    """
    target = TARGETS.get(suffix)
    if target is None:
        raise ReadFailure("unsupported")
    if not data.startswith((b"\xd0\xcf\x11\xe0", b"{\\rtf", b"PK\x03\x04")):
        raise ReadFailure("damaged", f"内容不是 .{suffix} 文件")
    if not program():
        by = "请用 WPS 打开，另存为 " if wps() else "读取需要安装 LibreOffice，或者另存为 "
        raise ReadFailure("unsupported", by + target.upper())
    with tempfile.TemporaryDirectory(prefix="casereview-", ignore_cleanup_errors=True) as folder:
        source = Path(folder) / f"in.{suffix}"
        source.write_bytes(data)
        _run(source, target)
        out = source.with_suffix(f".{target}")
        if not out.exists() or not out.stat().st_size:
            raise ReadFailure("damaged", "LibreOffice 无法打开")
        return target, out.read_bytes()


def _run(source: Path, target: str) -> None:
    """Let LibreOffice write ``source`` in another format beside it. Raises ReadFailure."""
    p = subprocess.Popen(
        [
            program(),
            f"-env:UserInstallation={_profile().as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            target,
            "--outdir",
            str(source.parent),
            str(source),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        p.wait(SECONDS)
    except subprocess.TimeoutExpired:
        end_tree(p)
        raise ReadFailure("too_slow", "LibreOffice 转换超时") from None


def end_tree(p: subprocess.Popen[bytes]) -> None:
    """End a program with all that it started: LibreOffice works in a child of its own."""
    if sys.platform == "win32":
        kill = ["taskkill", "/F", "/T", "/PID", str(p.pid)]
        subprocess.run(kill, capture_output=True, check=False)
    else:
        with suppress(ProcessLookupError):
            os.killpg(p.pid, signal.SIGKILL)
    p.kill()
    p.wait()
