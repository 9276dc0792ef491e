"""Where a store lies: on a disk of this machine, or on one that several machines share, where the
log of SQLite (WAL) cannot be trusted because it needs shared memory.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

_REMOTE_DRIVE = 4  # DRIVE_REMOTE of GetDriveTypeW
_SHARED = ("nfs", "cifs", "smb", "9p", "fuse.sshfs", "fuse.rclone", "davfs", "ncpfs", "afs")
_MOUNTS = Path("/proc/self/mounts")
WARNING = (
    "数据库在共享盘上（{}）：几台电脑同时写会互相等待，断网时可能要重做。"
    "请把数据库放在本机，用 casereview backup 交换。"
)


def is_shared(path: Path) -> bool:
    """True for a place on a network share; False where that cannot be told."""
    if sys.platform == "win32":
        return _shared_on_windows(os.path.abspath(path))
    return _kind_of_mount(os.path.realpath(path), _mounts()).startswith(_SHARED)


def _shared_on_windows(path: str) -> bool:
    if path.startswith(("\\\\", "//")):
        return True
    import ctypes

    drive = os.path.splitdrive(path)[0] + "\\"
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009
    return bool(kernel.GetDriveTypeW(drive) == _REMOTE_DRIVE)


def _mounts() -> str:
    try:
        return _MOUNTS.read_text("utf-8", errors="replace")
    except OSError:
        return ""


def _kind_of_mount(path: str, mounts: str) -> str:
    """The kind of the file system that a path lies on, '' where it is not known."""
    found = ("", "")
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        at = parts[1].replace("\\040", " ")
        inside = path == at or path.startswith(at.rstrip("/") + "/")
        if inside and len(at) >= len(found[0]):
            found = at, parts[2]
    return found[1]
