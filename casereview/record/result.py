"""The result of a case and of a unit as nouns: what is stored, exported and worked with.

``from_json`` is the only reader and ``to_data``/``to_json`` the only writer, so that the export
contract (DESIGN 3.3: ``casereview.case/1``, ``casereview.unit/1``) stands in one file: a field of
a noun is a key of the export. What people said later (``ruling``, ``effective``, ``tool``) lies
over the tool's own result and is written only once it was laid there.

A key that an older version did not write is read as empty.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, TypeVar

import msgspec

from casereview.model import FAIL, Box, Place, is_absence, subject_kinds
from casereview.model.nouns import noun
from casereview.record.canonical_json import canonical
from casereview.record.identity import unit_key

CASE_SCHEMA = "casereview.case/1"
UNIT_SCHEMA = "casereview.unit/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistUsed:
    """The checklist that a result was judged by. ``card``: digest of its edition in the store, ''
    from a version that kept none.
    """

    id: str
    version: str
    sha256: str
    card: str = ""


@noun(frozen=True, slots=True, kw_only=True)
class DocumentResult:
    """A paper (文书) as it was split off. ``also``, ``serves``: further kinds it counts as;
    ``print``: what its text is known by.
    """

    file: str
    page_from: int
    page_to: int
    kind: str
    also: tuple[str, ...] = ()
    title: str = ""
    serves: str = ""
    confidence: float = 1.0
    why: str = ""
    readable: bool = True
    print: str = ""

    def is_kind(self, kind: str) -> bool:
        """True when the paper is, or also counts as, one of this kind."""
        return self.kind == kind or kind in self.also

    def holds(self, place: Place) -> bool:
        """True when the place stands on a page of this paper."""
        return self.file == place.file and self.page_from <= place.page <= self.page_to


@noun(frozen=True, slots=True, kw_only=True)
class FactResult:
    """A fact (要素): value (text, a list of texts, or a list of law and article), as written, and
    where.
    """

    value: Any
    text: str = ""
    file: str = ""
    page: int = 0
    box: Box | None = None
    confidence: float = 1.0

    @property
    def values(self) -> tuple[str, ...]:
        """Every value as text; one that is no list is a list of one."""
        return tuple(map(str, self.value)) if isinstance(self.value, list) else (str(self.value),)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadFile:
    """A file that was not fully read: outcome word of ``model.OUTCOMES`` and a reason to act on."""

    file: str
    outcome: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageNote:
    """A page that was read but that a person should look at."""

    file: str
    page: int
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileResult:
    """A file of the case. ``seconds``, ``created``: of a recording or photo; ``made``: the day it
    says it was made; ``prints``: what the text of each page is known by.
    """

    file: str
    sha256: str
    size: int
    format: str
    outcome: str
    pages: int = 0
    seconds: float | None = None
    created: str = ""
    made: str = ""
    prints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingShown:
    """What people said of a finding, as it is shown: how it stands (``state``) and the opinion that
    speaks. Everything but the state is empty while two people review blind.
    """

    state: str
    at: str = ""
    by: str = ""
    uid: str = ""
    action: str = ""
    why: str = ""
    points: str = ""
    until: str = ""
    signer: str = ""
    settle: bool = False
    place: Place | None = None
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspected:
    """What a finding was before its unit was doubted (``rounds.unit_doubt``): a fault, in these
    words, that took these points.
    """

    message: str
    deducted: str


@noun(frozen=True, slots=True, kw_only=True)
class FindingResult:
    """A finding with its line of the ledger. ``status`` and ``message`` are the tool's,
    ``effective`` is the status after the rulings (the tool's own where nobody said anything);
    ``fault``: the name of the fault of the one part that failed, '' for that of the item;
    ``suspected``: of a fault that became 待复核 because all files of the unit have it; ``plain``:
    of a fault that is plain to see (``model.Verdict``).
    """

    check: str
    status: str
    points: str
    deducted: str
    message: str
    veto: bool = False
    working: tuple[str, ...] = ()
    subject: str = ""
    parameters: dict[str, str] = field(default_factory=dict)
    identity: str = ""
    evidence_digest: str = ""
    evidence: tuple[Place, ...] = ()
    ruling: RulingShown | None = None
    effective: str = ""
    fault: str = ""
    suspected: Suspected | None = None
    plain: bool = False

    def __post_init__(self) -> None:
        if not self.effective:
            object.__setattr__(self, "effective", self.status)

    @property
    def state(self) -> str:
        """How the ruling on it stands; '' when nobody ruled."""
        return self.ruling.state if self.ruling else ""

    @property
    def absent(self) -> bool:
        """True when it rests on an absence: its places only say where it was looked for."""
        return is_absence(self.subject)

    @property
    def about(self) -> frozenset[str]:
        """The kinds of paper, or whatever else, that it is about."""
        return subject_kinds(self.subject)

    @property
    def failed(self) -> bool:
        """True when it is a fault after the rulings."""
        return self.effective == FAIL


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolScore:
    """What the tool alone came to, beside the score after the rulings."""

    score: float | None
    score_low: float | None
    score_high: float | None
    grade: str
    vetoed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Common:
    """What the results of a case and of a unit have in common. ``run``: 0 before it is stored;
    ``tool``: None until the rulings were laid beside the findings.
    """

    schema: str
    batch: str
    unit: str
    checklist: ChecklistUsed
    score: float | None
    score_low: float | None
    score_high: float | None
    grade: str
    working: tuple[str, ...] = ()
    findings: tuple[FindingResult, ...]
    run: int = 0
    tool: ToolScore | None = None

    def finding(self, check: str) -> FindingResult | None:
        """The finding on one item."""
        return next((f for f in self.findings if f.check == check), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResult(_Common):
    """``casereview.case/1``. ``case``: path from the scored root; ``case_key``: what it is known by
    across rounds; ``unit_lists``: name and digest of each list of the unit that was used.
    """

    case: str
    case_key: str
    title: str
    procedure: str
    procedure_why: str = ""
    vetoed: bool
    vetoes: tuple[str, ...] = ()
    documents: tuple[DocumentResult, ...]
    facts: dict[str, FactResult]
    unread: tuple[UnreadFile, ...] = ()
    page_notes: tuple[PageNote, ...] = ()
    unit_lists: tuple[tuple[str, ...], ...] = ()
    files: tuple[FileResult, ...]

    def file(self, name: str) -> FileResult | None:
        """One of its files."""
        return next((f for f in self.files if f.file == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitResult(_Common):
    """``casereview.unit/1``: a unit against the list of the three systems. It is named like a case
    (单位:名称) so that people can rule on it, and has no papers, facts or vetoes of its own.
    """

    cases: int
    as_of: str

    @property
    def case(self) -> str:
        """What it is called where cases are named."""
        return unit_key(self.unit)

    @property
    def case_key(self) -> str:
        """What it is known by across rounds."""
        return unit_key(self.unit)

    @property
    def title(self) -> str:
        """The name of the unit."""
        return self.unit

    @property
    def vetoed(self) -> bool:
        """No item of a unit is a veto."""
        return False

    @property
    def vetoes(self) -> tuple[str, ...]:
        """No item of a unit is a veto."""
        return ()

    @property
    def documents(self) -> tuple[DocumentResult, ...]:
        """Its papers are not split."""
        return ()

    @property
    def facts(self) -> dict[str, FactResult]:
        """Nothing is read from its papers."""
        return {}

    @property
    def files(self) -> tuple[FileResult, ...]:
        """Its papers are not kept."""
        return ()

    @property
    def unread(self) -> tuple[UnreadFile, ...]:
        """What could not be read of its papers stands in the findings."""
        return ()


Result = CaseResult | UnitResult
AnyResult = TypeVar("AnyResult", CaseResult, UnitResult)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """How the folder of a run was taken apart and which checklist was asked for; a run is resumed
    only with the same.
    """

    level: str = ""
    one_file: bool = False
    checklist: str = ""
    procedure: str = ""

    def to_json(self) -> str:
        """As the store keeps it."""
        return json.dumps(msgspec.to_builtins(self), sort_keys=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The header of one scoring: all it takes to get the same bytes again. ``status``: running or
    done; ``tool``: version of the program; ``rules``: digests of the rule files, as JSON;
    ``cases``: how many it found (None from a version that did not count them).
    """

    root: str
    started: str
    as_of: str
    checklist: str
    checklist_version: str
    checklist_sha256: str
    rules: str
    tool: str
    environment: str
    options: str
    finished: str = ""
    id: int = 0
    status: str = ""
    cases: int | None = None

    @property
    def unfinished(self) -> bool:
        """True while it is under way, and of one that was interrupted."""
        return self.status == "running"

    @property
    def asked(self) -> RunOptions:
        """Its options."""
        return msgspec.json.decode(self.options or "{}", type=RunOptions)


def number(v: Decimal | None) -> float | None:
    """A score as JSON has it."""
    return None if v is None else float(v)


def from_json(text: str, kind: type[AnyResult], run: int = 0) -> AnyResult:
    """Read one result as it was stored or exported. ``run``: the run it belongs to. Raises
    msgspec.ValidationError on anything else.
    """
    result = msgspec.json.decode(text, type=kind)
    return replace(result, run=run) if run else result


def to_data(noun: Any) -> Any:
    """The export form of a result or of a part of one, as plain data."""
    data = msgspec.to_builtins(noun)
    if isinstance(noun, _Common):
        return _overlays(data, isinstance(noun, UnitResult))
    if isinstance(noun, FindingResult):
        return _ruled(data)
    return data


def to_json(result: Result) -> str:
    """One result as one line of canonical JSON (promise 4)."""
    return canonical(to_data(result))


def _overlays(data: dict[str, Any], of_unit: bool) -> dict[str, Any]:
    """Leave out what was not laid over the result yet."""
    if not data["run"]:
        del data["run"]
    ruled = data["tool"] is not None
    if not ruled:
        del data["tool"]
    for row in data["findings"]:
        _ruled(row)
        if not ruled:
            del row["effective"]
            if of_unit:
                del row["ruling"]
    return data


def _ruled(row: dict[str, Any]) -> dict[str, Any]:
    """A ruling is written without what was not said; so are a fault, what was suspected, whether it
    is plain and the spots of places.
    """
    for name in ("fault", "suspected", "plain"):
        if not row[name]:
            del row[name]
    for place in row["evidence"]:
        if not place.get("spot"):
            place.pop("spot", None)
    if row["ruling"]:
        row["ruling"] = {k: v for k, v in row["ruling"].items() if v not in ("", None, False)}
    return row
