"""Writing a file in one step."""

from __future__ import annotations

import os
from pathlib import Path


def replace_file(path: Path, data: bytes) -> None:
    """Put ``data`` in the place of what stands at ``path``, readable by its owner only: all of it,
    or what stood there stays and nothing lies beside it. Raises OSError.
    """
    temp = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        with open(os.open(temp, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as f:
            f.write(data)
            f.flush()
            os.fsync(f.fileno())
        os.replace(temp, path)
    except OSError:
        temp.unlink(missing_ok=True)
        raise
