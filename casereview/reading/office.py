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
import tempfile
from functools import lru_cache
from pathlib import Path

from casereview.errors import ReadFailure

SECONDS = 50
TARGETS = {"doc": "docx", "wps": "docx", "rtf": "docx", "xls": "xlsx", "et": "xlsx"}


def program() -> str:
    """Path of LibreOffice, '' when it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice") or ""


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
        raise ReadFailure("unsupported", "读取需要安装 LibreOffice，或者另存为 " + target.upper())
    with tempfile.TemporaryDirectory(prefix="casereview-") as folder:
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
        if hasattr(os, "killpg"):
            os.killpg(p.pid, signal.SIGKILL)
        else:
            p.kill()
        p.wait()
        raise ReadFailure("too_slow", "LibreOffice 转换超时") from None
