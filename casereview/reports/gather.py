"""Builds the view of a run from its results, with personal data hidden on the way."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache

from casereview.errors import UsageError
from casereview.facts.procedures import procedure_of
from casereview.judging.score import OPEN, UNDECIDED
from casereview.model import FAIL, PASS
from casereview.record.edition import Edition, EditionItem, fault_name
from casereview.record.entries import CampaignOpened, CaseOutcome
from casereview.record.result import CaseResult, FindingResult, Result, UnitResult
from casereview.reports.case_view import CaseView, Row, SystemsView, Told
from casereview.reports.inert import clean
from casereview.reports.timeline import limits, steps
from casereview.reports.view import CampaignView, Fault, SystemTotals, UnitView
from casereview.reports.words import (
    place_line,
    proved,
    public_line,
    ruling_line,
    status_word,
    without_files,
)
from casereview.rounds.compare import Comparison
from casereview.rounds.consequences import commended, papers_due, stages_in_order
from casereview.rounds.full_record import full_record
from casereview.rounds.history import History
from casereview.rounds.progress import Progress, progress_of
from casereview.rounds.ranking import UnitRank, ranking
from casereview.rounds.rate import rates
from casereview.rounds.rulings import SEALED
from casereview.rules.schemes import Scoring

Mask = Callable[[str], str]
# of the three systems: as checklists write them, as notices do
SYSTEMS = {"公示": "行政执法公示", "记录": "执法全过程记录", "审核": "重大执法决定法制审核"}
# what papers add to the name of a campaign of themselves, the longest first
_ADDED = ("案卷评查", "评查", "行政执法")


def edition_used(history: History, r: Result) -> Edition:
    """The checklist that a result was judged by, as it was then. Raises UsageError."""
    edition = history.editions.get(r.checklist.card)
    if edition is None:
        raise UsageError(
            f"第 {r.run} 次评查是更早版本的程序做的，没有留存当时的标准，只能用 --json 查看；"
            "重新评查即可。"
        )
    return edition


def campaign_view(
    history: History,
    run: int,
    unit: str = "",
    masked: bool = True,
    final: bool = False,
    day: str = "",
) -> CampaignView:
    """Everything that is said about a run. ``unit``: only units whose name contains it; ``masked``
    False leaves personal data in; ``final``: the papers go out, they are no drafts; ``day``: on
    which they are made (ISO; that of the run unless said). Raises UsageError when there is no such
    unit.
    """
    from casereview.privacy.mask import masker

    results = [r for r in history.results(run) if unit in r.unit]
    if not results:
        raise UsageError(f"第 {run} 次评查没有单位“{unit}”。可以用 casereview units 查看。")
    earlier = None if unit else history.earlier(run)
    seen = [*results, *(history.results(earlier) if earlier else [])]
    make = _Maker(history, run, _hider(masker(seen)) if masked else clean, inside=False)
    units = make.units(results)
    return CampaignView(
        title=make.title(results),
        run=run,
        as_of=history.as_of(run),
        head=history.journal.head(),
        standards=make.standards(results),
        basis=make.basis,
        units=units,
        faults=_faults(units),
        systems=_systems(units),
        ladder=make.ladder,
        before=make.compared(earlier) if earlier else None,
        rates=rates(history, earlier, run) if earlier else {},
        masked=masked,
        day=day or history.as_of(run),
        **make.words(progress_of(history, run), final),
    )


def draft_line(p: Progress) -> str:
    """What stands on every page of a paper that was not issued."""
    kind = "草稿，未经印发" if p.round else "试评草稿，不是评查结果"
    return f"{kind}　{p.called}，{p.counts}，待定 {sum(u.open for u in p.units)} 项"


def case_view(history: History, r: CaseResult) -> CaseView:
    """One case for those who may see everything."""
    return _Maker(history, r.run, clean).case(r)


def unit_view(history: History, run: int, unit: str) -> UnitView:
    """One unit for those who may see everything. Raises UsageError when it has no case there."""
    results = history.results(run)
    of_units = {u.unit: u for u in history.units(run)}
    rank = next((x for x in ranking(results, list(of_units.values())) if x.unit == unit), None)
    if rank is None:
        raise UsageError(f"第 {run} 次评查没有单位“{unit}”。")
    own = [r for r in results if r.unit == unit]
    return _Maker(history, run, clean).unit(rank, own, of_units.get(unit))


def systems_view(history: History, r: UnitResult) -> SystemsView:
    """A unit against the list of the three systems, for those who may see everything."""
    return _Maker(history, r.run, clean).systems(r)


def _hider(mask: Mask) -> Mask:
    known = lru_cache(maxsize=100_000)(mask)
    return lambda text: clean(known(text))


@dataclass
class _Maker:
    """Makes the nouns of one run. ``hide``: what every foreign text goes through; ``inside``: for
    those who review, who see what was noted and by whom.
    """

    history: History
    run: int
    hide: Mask
    inside: bool = True

    @property
    def names(self) -> bool:
        """True where names of reviewers may be read."""
        return self.inside or bool(self.said and self.said.names_down)

    def edition(self, r: Result) -> Edition | None:
        """The checklist that a result was judged by; None when none was kept."""
        return self.history.editions.get(r.checklist.card)

    @cached_property
    def said(self) -> CampaignOpened | None:
        """The campaign to which the run belongs; None for a trial."""
        round_ = self.history.campaigns.rounds.get(self.run)
        return self.history.campaigns.of(round_).said if round_ else None

    def words(self, p: Progress, final: bool) -> dict[str, str]:
        """Which campaign and round it is, and what is said of the paper as such."""
        said = self.said or CampaignOpened(name="")
        return {
            "called": self.hide(p.called),
            "round": self.hide(p.round.name) if p.round else "试评",
            "says": self.hide(p.line),
            "draft": "" if final else self.hide(draft_line(p)),
            "organiser": self.hide(said.organiser),
            "period": self.hide(said.period),
        }

    def title(self, results: Sequence[CaseResult]) -> str:
        """The campaign, without the words that papers add; else the batches, else the folder."""
        if self.said:
            bare = self.said.name
            for words in _ADDED:
                bare = bare.removesuffix(words)
            return self.hide(bare)
        batches = sorted({r.batch for r in results if r.batch})
        root = self.history.store.run_row(self.run).root.replace("\\", "/").rstrip("/")
        return self.hide("、".join(batches) or root.rpartition("/")[2])

    def standards(self, results: Sequence[CaseResult]) -> tuple[str, ...]:
        """What the review rests on: the norms and notices of the campaign, with their numbers; else
        the checklists that were used, which are no norms and stand in no 书名号.
        """
        if self.said and self.said.basis:
            return self.basis
        return tuple(sorted({e.name for r in results if (e := self.edition(r))}))

    @property
    def basis(self) -> tuple[str, ...]:
        """The norms and notices of the campaign, with their numbers."""
        of = self.said.basis if self.said else ()
        return tuple(f"《{b.title}》" + (f"（{b.number}）" if b.number else "") for b in of)

    @cached_property
    def ladder(self) -> tuple[str, ...]:
        """The grades of the checklists that were used, the best first; undecided files last."""
        used = {r.checklist.card: self.edition(r) for r in self.history.results(self.run)}
        schemes = [e.scoring for e in used.values() if e] or [Scoring()]
        upper = dict.fromkeys(name for s in schemes for name, _ in s.ladder)
        lower = dict.fromkeys(s.lowest for s in schemes)
        return (*upper, *(name for name in lower if name not in upper), UNDECIDED)

    def units(self, results: Sequence[CaseResult]) -> tuple[UnitView, ...]:
        """The units in the order of the ranking."""
        of_units = {(u.batch, u.unit): u for u in self.history.units(self.run)}
        own: dict[tuple[str, str], list[CaseResult]] = defaultdict(list)
        for r in results:
            own[r.batch, r.unit].append(r)
        return tuple(
            self.unit(rank, own[rank.batch, rank.unit], of_units.get((rank.batch, rank.unit)))
            for rank in ranking(results, list(of_units.values()))
        )

    def unit(
        self, rank: UnitRank, cases: Sequence[CaseResult], systems: UnitResult | None
    ) -> UnitView:
        """One unit with its cases."""
        return UnitView(
            name=rank.unit,
            batch=rank.batch,
            rank=rank.rank,
            mean=_decimal(rank.mean),
            grades={g: rank.grades.get(g, 0) for g in self.ladder},
            cases=tuple(map(self.case, cases)),
            systems=self.systems(systems) if systems else None,
            due=papers_due(cases, systems),
        )

    def systems(self, r: UnitResult) -> SystemsView:
        """A unit against the list of the three systems."""
        edition = self.edition(r)
        return SystemsView(
            standard=edition.title if edition else r.checklist.id,
            as_of=r.as_of,
            cases=r.cases,
            score=None if r.grade == UNDECIDED else _decimal(r.score),
            low=_decimal(r.score_low),
            high=_decimal(r.score_high),
            grade=r.grade,
            rows=self.rows(r),
            working=tuple(map(self.hide, r.working)),
        )

    def case(self, r: CaseResult) -> CaseView:
        """One case."""
        edition, procedure = self.edition(r), procedure_of(r.procedure)
        shown = {head: self.fact(r, *facts) for head, facts in procedure.summary.items()}
        return CaseView(
            unit=r.unit,
            batch=r.batch,
            path=r.case,
            name=self.hide(r.title),
            number=shown.get("文号", ""),
            party=shown.get("当事人", ""),
            procedure=procedure.name,
            standard=edition.name if edition else r.checklist.id,
            filed=shown.get("立案日期", ""),
            decided=shown.get("决定日期", ""),
            closed=shown.get("结案日期", ""),
            score=_decimal(r.score),
            low=_decimal(r.score_low),
            high=_decimal(r.score_high),
            grade=r.grade,
            vetoes=tuple(_fault_of(r, edition, i) for i in r.vetoes),
            commended=commended(r, self.edition(r)),
            reviewers=self.reviewers(r),
            working=tuple(map(self.hide, r.working)),
            rows=self.rows(r),
            unread=tuple(self.hide(f"{u.file}：{u.reason}") for u in r.unread),
            notes=tuple(self.hide(f"{n.file} 第 {n.page} 页{n.note}") for n in r.page_notes),
            steps=steps(r),
            limits=limits(r, edition),
            record=full_record(r, edition),
            in_order=stages_in_order(r, edition),
            outcomes=self.outcomes(r),
            party_called=procedure.party,
        )

    def fact(self, r: CaseResult, *names: str) -> str:
        """The first of these facts that was read."""
        found = next((r.facts[n] for n in names if n in r.facts), None)
        return self.hide("、".join(found.values)) if found else ""

    def reviewers(self, r: CaseResult) -> tuple[str, ...]:
        """Those to whom the case was given, else those who ruled on it; nobody in papers, unless
        the campaign says that names go down.
        """
        if not self.names:
            return ()
        assigned = self.history.panel_state(self.run).reviewers.get(r.case, ())
        spoke = {f.ruling.by for f in r.findings if f.ruling and f.state != SEALED}
        return assigned or tuple(sorted(spoke - {""}))

    def outcomes(self, r: CaseResult) -> tuple[str, ...]:
        """What reviews of the decision came to."""
        return tuple(
            f"{b.date} {b.forum}{b.outcome}" + (f"（{self.hide(b.why)}）" if b.why else "")
            for b in self._ends
            if b.case_key == r.case_key
        )

    @cached_property
    def _ends(self) -> list[CaseOutcome]:
        return [e.body for e in self.history.journal.entries(CaseOutcome)]

    def rows(self, r: Result) -> tuple[Row, ...]:
        """Every item of a result."""
        edition = self.edition(r)
        return tuple(self.row(f, edition) for f in r.findings)

    def row(self, f: FindingResult, edition: Edition | None) -> Row:
        """One item."""
        item = edition.get(f.check) if edition else None
        return Row(
            check=f.check,
            identity=f.identity,
            stage=item.stage if item else "",
            name=item.name if item else f.check,
            system=item.system if item else "",
            tool=f.status,
            status=f.effective,
            points=Decimal(f.points),
            deducted=Decimal(f.deducted),
            message=self.hide(self.said_of(f)),
            working=tuple(map(self.hide, f.working)),
            places=tuple(self.hide(place_line(p)) for p in f.evidence),
            quotes=tuple(self.hide(p.quote) for p in f.evidence),
            basis=item.basis if item else (),
            advice=item.advice if item else "",
            curable=bool(item and item.curable),
            veto=_may_veto(f, item),
            ruling=self.hide(self.opinion(f)),
            way=item.deduction.sentence(item.points) if item else "",
            fault=fault_name(item, f.check, f.fault) if f.failed else "",
            sort=fault_name(item, f.check),
        )

    def said_of(self, f: FindingResult) -> str:
        """The sentence of a finding. In papers an accusation stands without what is not verified,
        and where people decided otherwise than the tool, that they did and not its reason.
        """
        if self.inside or f.status == f.effective:
            return proved(f.message) if f.failed and not self.inside else f.message
        return proved(f.message) if f.failed else f"经复核，认定{status_word(f.effective)}"

    def opinion(self, f: FindingResult) -> str:
        """What people said of a finding: all of it inside, without the notes in papers."""
        return ruling_line(f) if self.inside else public_line(f, self.names)

    def compared(self, earlier: int) -> Comparison:
        """The comparison with the run before."""
        c = self.history.compare(earlier, self.run)
        changes = tuple(
            replace(
                x,
                case_from=self.hide(x.case_from),
                case_to=self.hide(x.case_to),
                why=self.hide(x.why),
                message=self.hide(x.message),
            )
            for x in c.changes
        )
        return replace(c, changes=changes)


def _may_veto(f: FindingResult, item: EditionItem | None) -> bool:
    """True where failing the item vetoes the case; of a fault, what the tool said of it."""
    return f.veto if f.status == FAIL else bool(item and item.veto)


def _decimal(v: float | None) -> Decimal | None:
    return None if v is None else Decimal(str(v))


def _fault_of(r: CaseResult, edition: Edition | None, check: str) -> str:
    """What a fault of a case is called."""
    found = r.finding(check)
    item = edition.get(check) if edition else None
    return fault_name(item, check, found.fault if found else "")


def _faults(units: Sequence[UnitView]) -> tuple[Fault, ...]:
    """Every item that fails somewhere, the most frequent first."""
    seen: dict[str, list[Told]] = defaultdict(list)
    for u in units:
        for told in u.faults:
            seen[told.row.check].append(told)
    out = [_fault(check, told) for check, told in seen.items()]
    return tuple(sorted(out, key=lambda f: (-f.cases, -f.units, not f.veto, f.check)))


def _fault(check: str, told: Sequence[Told]) -> Fault:
    first = told[0].row
    names = {t.row.fault for t in told}
    return Fault(
        check=check,
        name=names.pop() if len(names) == 1 else first.sort,
        item=first.name,
        stage=first.stage,
        system=first.system,
        cases=len({t.case.path for t in told}),
        units=len({t.case.unit for t in told}),
        veto=any(t.row.vetoed for t in told),
        examples=tuple(
            f"{t.case.unit}“{t.case.name}”：{without_files(t.row.message)}" for t in told[:2]
        ),
    )


def _systems(units: Sequence[UnitView]) -> tuple[SystemTotals, ...]:
    """The three systems one by one over all cases."""
    faults = _faults(units)
    told = [Told(c, r) for u in units for c in u.cases for r in c.rows]
    return tuple(
        _totals(
            name,
            [t for t in told if word in t.row.system],
            [f for f in faults if word in f.system],
        )
        for word, name in SYSTEMS.items()
    )


def _totals(name: str, told: Sequence[Told], faults: Sequence[Fault]) -> SystemTotals:
    n = Counter(t.row.status for t in told)
    return SystemTotals(
        name=name,
        items=len({t.row.check for t in told}),
        passed=n[PASS],
        failed=n[FAIL],
        open=sum(n[s] for s in OPEN),
        cases=len({t.case.path for t in told if t.row.failed}),
        worst=tuple(f"{f.name}（{f.cases} 卷）" for f in faults[:3]),
    )
