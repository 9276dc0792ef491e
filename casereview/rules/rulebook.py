"""Everything the rules are made of, found and loaded once: document names, parameters, calendar,
statutes, checklist.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from casereview.errors import RulesRefused
from casereview.facts.casefile import CaseFile
from casereview.facts.procedure import Chosen, recognise
from casereview.facts.procedures import Procedure, keep_procedures, procedures, usual
from casereview.facts.readers import keep_registry, registry_of
from casereview.facts.registry import Registry
from casereview.law.parameters import Parameter, SpecialTerm, load_parameters, read_parameters
from casereview.law.special_terms import load_special_terms, with_special_terms
from casereview.law.statutes import Statutes
from casereview.law.workdays import Calendar, load_calendar
from casereview.papers.vocabulary import Vocabulary
from casereview.rules.brought import Brought
from casereview.rules.checklist import Checklist, SituationRow, load_checklist
from casereview.rules.compiled import remembered
from casereview.rules.overlay import Layered, load_layers
from casereview.rules.seconds import brought_by, choices, second_of, unknown_items, why_second
from casereview.rules.table import Law
from casereview.settings import rules_folder
from casereview.yamlfile import LineDict, load_yaml

PAPERS = "文书"
SITUATIONS = "情形"
LEARNED = "_习得"  # how the files begin in which lies what was learned of papers
WORDS = "用语"
SPECIAL_TERMS = "特别期限.csv"
SIGNERS = ("落款机关", "内设机构落款")  # of a decision
ADDED = "增项"  # overlays that others take in (并入)
DEFAULT = "行政处罚-普通程序"


@dataclass(frozen=True)
class Ground:
    """What every checklist stands on: names of papers, dated parameters, statutes,
    the calendar. ``digests``: of ``files``.
    """

    folder: Path
    vocabulary: Vocabulary
    parameters: dict[str, Parameter]
    statutes: Statutes
    calendar: Calendar
    files: tuple[Path, ...]
    special: dict[str, list[SpecialTerm]]
    situations: tuple[SituationRow, ...] = ()
    digests: tuple[tuple[str, str], ...] = ()


def _digest(path: Path) -> tuple[str, str]:
    """Name and SHA-256 of a file."""
    return path.name, hashlib.sha256(path.read_bytes()).hexdigest()


@dataclass(frozen=True)
class Rules:
    """One checklist with its ground. ``digests``: file name -> SHA-256, kept with every run;
    ``seconds``: what comes along of the standards of other procedures that a case went through.
    """

    ground: Ground
    checklist: Checklist
    law: Law
    layers: Layered
    digests: tuple[tuple[str, str], ...]
    seconds: tuple[Rules, ...] = ()

    @property
    def parts(self) -> tuple[Rules, ...]:
        """These rules and those of the second procedures of a case, each by its own law."""
        return (self, *self.seconds)

    @property
    def book(self) -> Checklist:
        """The checklist with the items of the second procedures, for the one ledger."""
        checks = tuple(c for part in self.parts for c in part.checklist.checks)
        return replace(self.checklist, checks=checks) if self.seconds else self.checklist

    def joined(self, by: Mapping[str, Rules], brought: Iterable[Brought]) -> Rules:
        """These rules with what comes along of the standards ``by`` procedure."""
        known = [(by[b.procedure], b) for b in brought if b.procedure in by]
        seconds = (replace(r, checklist=second_of(r.checklist, b), seconds=()) for r, b in known)
        return replace(self, seconds=tuple(seconds)) if known else self

    @property
    def vocabulary(self) -> Vocabulary:
        """Names of papers and fields."""
        return self.ground.vocabulary

    @property
    def parameters(self) -> dict[str, Parameter]:
        """The dated parameters as this checklist sees them."""
        return self.law.parameters

    @property
    def calendar(self) -> Calendar:
        """The days that count."""
        return self.ground.calendar

    @property
    def folder(self) -> Path:
        """Where the rules lie."""
        return self.ground.folder

    @property
    def path(self) -> Path:
        """The file of the checklist (the top layer)."""
        return self.layers.files[-1]

    @property
    def title(self) -> str:
        """Name and version for people."""
        return f"{self.checklist.title} {self.checklist.version}".strip()

    @property
    def sha256(self) -> str:
        """Digest of the checklist."""
        return self.checklist.sha256

    def for_case(self, case: CaseFile, said: Chosen | None = None) -> tuple[Rules, Chosen]:
        """These rules, whatever the case, and whatever was said of its procedure."""
        return self, Chosen(self.checklist.procedure, "标准由使用者指定")


@dataclass(frozen=True)
class RuleSet:
    """The default checklist of every procedure; a case gets that of the one it followed, or the
    overlay of it that is for its unit (``sectors``, 适用单位). ``procedure``: set by hand.
    """

    by: dict[str, Rules]
    sectors: tuple[Rules, ...] = ()
    title: str = "按程序选用标准"
    procedure: str = ""

    @property
    def every(self) -> tuple[Rules, ...]:
        """All checklists that a case may get."""
        return (*self.by.values(), *self.sectors)

    @property
    def variants(self) -> tuple[Rules, ...]:
        """All checklists that a case may get, also with items of a second procedure."""
        joined = (r.joined(self.by, c) for r in self.every for c in choices(r.checklist, self.by))
        return (*self.every, *joined)

    @property
    def vocabulary(self) -> Vocabulary:
        """Names of papers and fields."""
        return next(iter(self.by.values())).vocabulary

    @property
    def calendar(self) -> Calendar:
        """The days that count."""
        return next(iter(self.by.values())).calendar

    @property
    def sha256(self) -> str:
        """Digest over all checklists."""
        return hashlib.sha256("".join(r.sha256 for r in self._sorted()).encode()).hexdigest()

    @property
    def digests(self) -> tuple[tuple[str, str], ...]:
        """Digests of all files."""
        return tuple(sorted({d for r in self.every for d in r.digests}))

    def _sorted(self) -> list[Rules]:
        """All checklists in an order of their own."""
        return [r for _, r in sorted(self.by.items())] + list(self.sectors)

    def for_case(self, case: CaseFile, said: Chosen | None = None) -> tuple[Rules, Chosen]:
        """The rules of the procedure the case followed, and of its unit, and how both were
        chosen. ``said``: the procedure of this case by a person's word.
        """
        by_hand = Chosen(self.procedure, "程序由使用者指定")
        chosen = by_hand if self.procedure else said or recognise(case)
        general = self.by.get(chosen.procedure) or self.by[usual().id]
        for rules in self.sectors:
            same = rules.checklist.procedure == general.checklist.procedure
            if same and (told := _is_for(rules, case)):
                return self._with_seconds(rules, case, replace(chosen, why=f"{chosen.why}；{told}"))
        return self._with_seconds(general, case, chosen)

    def _with_seconds(self, rules: Rules, case: CaseFile, chosen: Chosen) -> tuple[Rules, Chosen]:
        """With the items of the second procedures that the case went through."""
        brought = brought_by(rules.checklist, rules.law, case)
        whole = rules.joined(self.by, brought)
        second = (part.checklist.procedure for part in whole.seconds)
        return whole, replace(chosen, why=chosen.why + why_second(second))


def _is_for(rules: Rules, case: CaseFile) -> str:
    """Why an overlay is for the unit of a case; '' when it is not."""
    units, decisions = rules.layers.units, rules.law.decisions
    told = units.told(agencies_of(case, decisions))
    texts = [p.running_text.without_spaces for p in case.readable(*decisions)]
    if not told or (units.laws and not any(law in t for t in texts for law in units.laws)):
        return ""
    return f"单位“{told[0]}”的名称里有“{told[1]}”，用{rules.checklist.title}"


def agencies_of(case: CaseFile, decisions: tuple[str, ...]) -> tuple[str, ...]:
    """The names by which a case says whose it is: those that sign its decision, and its unit."""
    facts = (case.fact(kind, name) for kind in decisions for name in SIGNERS)
    return (*(str(f.value) for f in facts if f), case.ref.unit)


def available(folder: Path | None = None) -> list[Path]:
    """The checklists in the rules folder: national ones, then those of sectors and regions."""
    folder = folder or rules_folder()
    return [
        p
        for f in (folder, folder / "sectors", folder / "regions")
        for p in sorted(f.glob("*.yaml"))
    ]


def find_checklist(name: str, folder: Path | None = None) -> Path:
    """A checklist by file, by name, or by its 编号. Raises RulesRefused."""
    folder = folder or rules_folder()
    every = [*available(folder), *sorted((folder / ADDED).glob("*.yaml"))]
    for p in (
        Path(name),
        folder / name,
        *(q for q in every if q.stem == name or _says(q, "编号", name)),
    ):
        if p.is_file():
            return p
    raise RulesRefused(
        [f"找不到检查清单“{name}”。可以写文件路径，或者 {'、'.join(p.stem for p in every)}"]
    )


def _says(path: Path, key: str, value: str = "") -> bool:
    """True when a checklist has the line ``key: value`` (any value where none is asked for),
    without its being read as a whole.
    """
    lines = (line.partition(":") for line in path.read_text("utf-8-sig").splitlines())
    return any(k == key and value in ("", v.strip()) for k, _, v in lines)


@lru_cache(maxsize=2)
def _ground(folder: Path) -> Ground:
    complaints: list[str] = []
    papers, parameter_files, calendars, words, situation_files = (
        sorted((folder / name).glob("*.yaml"))
        for name in (PAPERS, "parameters", "calendar", WORDS, SITUATIONS)
    )
    vocabulary, calendar = None, Calendar()
    parameters: dict[str, Parameter] = {}
    situations: list[SituationRow] = []
    try:
        vocabulary = Vocabulary.load(folder / PAPERS)
        registry_of(vocabulary)
    except RulesRefused as e:
        complaints += e.complaints
    for p in parameter_files:
        try:
            parameters |= load_parameters(p)
        except RulesRefused as e:
            complaints += e.complaints
    for p in situation_files:
        try:
            rows = load_yaml(p) or LineDict(1)
            situations += [(p, str(name), rows) for name in rows]
        except RulesRefused as e:
            complaints += e.complaints
    try:
        calendar = load_calendar(calendars)
    except RulesRefused as e:
        complaints += e.complaints
    if complaints or vocabulary is None:
        raise RulesRefused(complaints)
    index = folder / "statutes.csv"
    learned = sorted((folder / PAPERS).glob(f"{LEARNED}*"))
    files = (*papers, *learned, *parameter_files, *calendars, *words, *situation_files, index)
    laws, terms = Statutes.load(index), load_special_terms(folder / SPECIAL_TERMS)
    len(laws)  # a sheet that cannot be read is told now
    return Ground(
        folder,
        vocabulary,
        parameters,
        laws,
        calendar,
        files,
        terms,
        tuple(situations),
        tuple(map(_digest, files)),
    )


@dataclass(frozen=True)
class _Bundle:
    """Rules with what is looked up beside them by the folder they come from."""

    rules: Rules | RuleSet
    registry: Registry
    procedures: Mapping[str, Procedure]


def _bundled(read: Callable[[], Rules | RuleSet]) -> _Bundle:
    rules = read()
    folder = rules.vocabulary.folder
    return _Bundle(rules, registry_of(rules.vocabulary), dict(procedures(folder)))


def _kept(asked: str, read: Callable[[], Rules | RuleSet]) -> Rules | RuleSet:
    """Rules from an earlier process where no file changed since, else as they are read."""
    folder = rules_folder()
    found = remembered(f"{asked}\n{Path.cwd()}", folder, lambda: _bundled(read), _stands)
    keep_registry(folder / PAPERS, found.registry)
    keep_procedures(folder / PAPERS, found.procedures)
    return found.rules


def _stands(bundle: _Bundle) -> bool:
    """True where no checklist outside of the rules folder changed."""
    rules = bundle.rules
    every = rules.every if isinstance(rules, RuleSet) else (rules,)
    return all(
        f.is_file() and hashlib.sha256(f.read_bytes()).hexdigest() == digest
        for r in every
        for f, (_, digest) in zip(r.layers.files, r.digests, strict=False)
        if r.folder not in f.parents
    )


@lru_cache(maxsize=16)
def load_rules(name: str = DEFAULT) -> Rules:
    """Load one checklist with all it stands on; every complaint of every file at once
    (RulesRefused).
    """
    found = _kept(f"one {name}", lambda: _read(name))
    assert isinstance(found, Rules)
    return found


def _read(name: str) -> Rules:
    """One checklist as its files say."""
    ground = _ground(rules_folder())
    layers = load_layers(
        find_checklist(name, ground.folder), lambda n: find_checklist(n, ground.folder)
    )
    parameters = dict(ground.parameters)
    for parameter, row, path in layers.parameters:
        wrapped = LineDict(row.start)
        wrapped[parameter] = row
        parameters |= read_parameters(wrapped, path)
    parameters = with_special_terms(parameters, ground.special, ground.folder / SPECIAL_TERMS)
    checklist = load_checklist(
        layers,
        parameters,
        set(ground.vocabulary.kinds),
        registry_of(ground.vocabulary),
        replaced(ground.situations, layers.situations),
    )
    digests = (*map(_digest, layers.files), *ground.digests)
    return Rules(
        ground,
        checklist,
        Law(
            parameters,
            ground.statutes,
            checklist.law_day,
            checklist.decisions,
            ground.calendar,
        ),
        layers,
        digests,
    )


def replaced(shipped: tuple[SituationRow, ...], layers: list[SituationRow]) -> list[SituationRow]:
    """The named conditions in their order, each as the topmost layer that writes it says."""
    by_name = {name: row for row in shipped for name in [row[1]]}
    for row in layers:
        by_name[row[1]] = row
    return list(by_name.values())


def rule_set(name: str = "", procedure: str = "") -> Rules | RuleSet:
    """The rules for a run: the named checklist for every case, else the default one of
    ``procedure``, else each case by its own procedure.
    """
    if name:
        return load_rules(name)
    return _kept(f"set {procedure}", lambda: _read_set(procedure))


def _read_set(procedure: str) -> Rules | RuleSet:
    """The default checklists as their files say. Raises RulesRefused."""
    by = _defaults()
    if procedure and procedure not in by:
        raise RulesRefused([f"没有程序“{procedure}”的清单，可以写 {'、'.join(sorted(by))}"])
    checklists = {name: rules.checklist for name, rules in by.items()}
    if bad := [text for c in checklists.values() for text in unknown_items(c, checklists)]:
        raise RulesRefused(bad)
    sectors = _for_units()
    if not procedure:
        return RuleSet(by, sectors)
    own = tuple(r for r in sectors if r.checklist.procedure == procedure)
    one = by[procedure]
    return RuleSet({procedure: one}, own, one.title, procedure) if own else one


def _defaults() -> dict[str, Rules]:
    """The default checklist of every procedure. Raises RulesRefused."""
    by = {}
    for p in available():
        if _says(p, "缺省", "true"):
            r = _read(str(p))
            by[r.checklist.procedure] = r
    if usual().id not in by:
        raise RulesRefused([f"没有一份{usual().name}的清单写着 缺省: true"])
    return by


def _for_units() -> tuple[Rules, ...]:
    """The overlays that name the units they are for; those on more layers go before those on
    fewer, so that a county's goes before the one that it stands on.
    """
    found = [_read(str(p)) for p in available() if _says(p, "适用单位")]
    return tuple(sorted(found, key=lambda r: (-len(r.layers.files), r.path.name)))
