"""The one reader of the environment: where rules, cache and fonts lie. Nothing else asks
``os.environ``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path


def environment() -> dict[str, str]:
    """The environment as it is, for another process."""
    return dict(os.environ)


def adopt(environment: dict[str, str]) -> None:
    """Take the environment of another process."""
    os.environ.clear()
    os.environ.update(environment)


@contextmanager
def told(name: str, value: str) -> Iterator[None]:
    """Processes that are started meanwhile see this in their environment."""
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


def rules_folder() -> Path:
    """Where the rules lie: CASEREVIEW_RULES, else what came with the installation, else
    ``checklists/`` of the checkout.
    """
    own = os.environ.get("CASEREVIEW_RULES")
    return Path(own) if own else shipped_rules()


@lru_cache(maxsize=1)
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


def cache_folder() -> Path:
    """Where what was worked out before is kept: the folder that CASEREVIEW_CACHE names, else one of
    the user's own. A word that switches off what cases hold does not move the rest.
    """
    named = cache_setting()
    return _path(named) if named not in ("", "off") else cache_home() / "casereview"


_path = lru_cache(maxsize=16)(Path)


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


def settings_file() -> str:
    """The file of settings that CASEREVIEW_SETTINGS names, or ''."""
    return os.environ.get("CASEREVIEW_SETTINGS", "")


def variable(name: str) -> str:
    """What the environment says under a name, or ''."""
    return os.environ.get(name, "")


def quiet_engine() -> None:
    """Keep the recognition engine from calling home: its telemetry stays silent when it believes to
    run in a pipeline.
    """
    os.environ["OPENVINO_TELEMETRY"] = "0"
    os.environ.setdefault("CI", "1")
