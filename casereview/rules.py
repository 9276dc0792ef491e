"""Everything the rules are made of, found and loaded once: document names, parameters, calendar, statutes, checklist."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from casereview.checklist import Checklist, load_checklist
from casereview.checks import Law
from casereview.errors import RulesRefused
from casereview.parameters import Parameter, load_parameters
from casereview.statutes import Statutes
from casereview.vocabulary import Vocabulary
from casereview.workdays import add_overrides
from casereview.yamlfile import load_yaml

DEFAULT = "行政处罚-普通程序"


@dataclass(frozen=True)
class Rules:
    """A loaded set of rules and where it came from. ``digests``: file name -> SHA-256, kept with every run."""

    folder: Path
    vocabulary: Vocabulary
    parameters: dict[str, Parameter]
    law: Law
    checklist: Checklist
    path: Path
    digests: tuple[tuple[str, str], ...]


def rules_folder() -> Path:
    """Where the rules lie: CASEREVIEW_RULES, else what came with the installation, else ``checklists/`` of the checkout."""
    if os.environ.get("CASEREVIEW_RULES"):
        return Path(os.environ["CASEREVIEW_RULES"])
    here = Path(__file__).parent
    return here / "data" if (here / "data" / "documents.yaml").is_file() else here.parent / "checklists"


def available(folder: Path | None = None) -> list[Path]:
    """The checklists in the rules folder."""
    folder = folder or rules_folder()
    return sorted(p for p in folder.glob("*.yaml") if p.name not in ("documents.yaml",))


def _find(name: str, folder: Path) -> Path:
    for p in (Path(name), folder / name, folder / f"{name}.yaml"):
        if p.is_file():
            return p
    raise RulesRefused([f"找不到检查清单“{name}”。可以写文件路径，或者 {'、'.join(p.stem for p in available(folder))}"])


@lru_cache(maxsize=4)
def load_rules(name: str = DEFAULT) -> Rules:
    """Load all rules; every complaint of every file at once (RulesRefused)."""
    folder = rules_folder()
    path = _find(name, folder)
    complaints: list[str] = []
    files = [folder / "documents.yaml", *sorted((folder / "parameters").glob("*.yaml")), *sorted((folder / "calendar").glob("*.yaml")), folder / "statutes.csv"]
    vocabulary, parameters = None, {}
    try:
        vocabulary = Vocabulary.load(folder / "documents.yaml")
    except RulesRefused as e:
        complaints += e.complaints
    for p in sorted((folder / "parameters").glob("*.yaml")):
        try:
            parameters |= load_parameters(p)
        except RulesRefused as e:
            complaints += e.complaints
    for p in sorted((folder / "calendar").glob("*.yaml")):
        try:
            _calendar(p)
        except RulesRefused as e:
            complaints += e.complaints
    checklist = None
    if vocabulary is not None and not complaints:
        try:
            checklist = load_checklist(path, parameters, set(vocabulary.kinds))
        except RulesRefused as e:
            complaints += e.complaints
    if complaints or vocabulary is None or checklist is None:
        raise RulesRefused(complaints)
    digests = tuple((f.name, hashlib.sha256(f.read_bytes()).hexdigest()) for f in [path, *files])
    return Rules(folder, vocabulary, parameters, Law(parameters, Statutes.load(folder / "statutes.csv"), checklist.law_day), checklist, path, digests)


def _calendar(path: Path) -> None:
    """Dated overrides: 上班 and 放假 lists of days."""
    import datetime as dt

    data, bad, days = load_yaml(path) or {}, [], {}
    for word, working in (("上班", True), ("放假", False)):
        for d in data.get(word) or []:
            if isinstance(d, dt.date):
                days[d] = working
            else:
                bad.append(f"{path}：“{d}”不是日期，请写成 2027-01-01")
    bad += [f"{path}：不认识的键“{k}”，可以写 上班、放假" for k in data if k not in ("上班", "放假")]
    if bad:
        raise RulesRefused(bad)
    add_overrides(days)
