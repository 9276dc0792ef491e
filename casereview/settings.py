"""The one reader of the environment: where rules, cache and fonts lie. Nothing else asks
``os.environ``.
"""

from __future__ import annotations

import os
from pathlib import Path


def rules_folder() -> Path:
    """Where the rules lie: CASEREVIEW_RULES, else what came with the installation, else
    ``checklists/`` of the checkout.
    """
    own = os.environ.get("CASEREVIEW_RULES")
    return Path(own) if own else shipped_rules()


def shipped_rules() -> Path:
    """The rules that came with the installation, else those of the checkout."""
    here = Path(__file__).parent
    return here / "data" if (here / "data" / "parameters").is_dir() else here.parent / "checklists"


def cache_setting() -> str:
    """What CASEREVIEW_CACHE says: a folder, a word that switches the cache off, or ''."""
    return os.environ.get("CASEREVIEW_CACHE", "")


def cache_home() -> Path:
    """The folder in which programs of this user keep what may be thrown away."""
    return Path(
        os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    )


def program_folders() -> tuple[Path, ...]:
    """Where Windows keeps programs, as far as the machine says."""
    names = ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)", "LOCALAPPDATA")
    return tuple(dict.fromkeys(Path(v) for n in names if (v := os.environ.get(n))))


def houses_setting() -> str:
    """The folder in which CASEREVIEW_HOUSES keeps how units write, or ''."""
    return os.environ.get("CASEREVIEW_HOUSES", "")


def font_file() -> str:
    """The font that CASEREVIEW_FONT names for pictures, or ''."""
    return os.environ.get("CASEREVIEW_FONT", "")


def columns() -> int:
    """Width of plain output where there is no terminal."""
    return int(os.environ.get("COLUMNS") or 80)


def database() -> str:
    """The store that CASEREVIEW_DB names, or ''."""
    return os.environ.get("CASEREVIEW_DB", "")


def use_database(path: Path) -> None:
    """Let CASEREVIEW_DB name this store for what follows, also for processes that are started."""
    os.environ["CASEREVIEW_DB"] = str(path)


def quiet_engine() -> None:
    """Keep the recognition engine from calling home: its telemetry stays silent when it believes to
    run in a pipeline.
    """
    os.environ["OPENVINO_TELEMETRY"] = "0"
    os.environ.setdefault("CI", "1")
