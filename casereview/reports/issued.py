"""How the papers that go out are made, for whoever issues them: at the terminal or on the desk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from casereview.errors import UsageError
from casereview.reports.excel.rectification_sheet import Sheet, workbook_of
from casereview.reports.gather import campaign_view, draft_line
from casereview.reports.office import Office
from casereview.reports.supervision import earlier_line, matters_of
from casereview.reports.view import CampaignView
from casereview.reports.word.papers import (
    PAGE,
    STATISTICS,
    Paper,
    case_papers,
    file_name,
    issued_paper,
    papers,
)
from casereview.reports.word.tags import Supervised
from casereview.reports.words import cn_date
from casereview.rounds.consequences import (
    BULLETIN,
    DECISION,
    LIST,
    NOTICE,
    OPINION,
    RECEIPT,
    RETURN,
    SCORES,
    SUPERVISION,
)
from casereview.rounds.history import History
from casereview.rounds.outgoing import Make, Outgoing, opinion_on
from casereview.rounds.progress import progress_of

WITH_BULLETIN = ("参评汇总表", "优秀案卷名单", STATISTICS, PAGE)


def maker(office: Office, templates: Path | None, cases: bool = False) -> Make:
    """How the papers of one unit, or of the bulletin, are made. ``cases``: with the score sheet and
    the 意见书 of every case.
    """
    views: list[CampaignView] = []

    def make(history: History, x: Outgoing) -> Iterator[Paper]:
        if not views:
            views.append(_issued_view(history, x))
        c = views[0]
        own = {
            "印发日期": cn_date(x.day),
            "整改期限": cn_date(x.due),
            "主送": x.unit or office.given.get("主送", ""),
        }
        filled = office.issued(**{"发文机关": c.organiser, **office.given, **own})
        filled = replace(filled, with_cases=cases)
        if x.unit:
            yield from _of_unit(c, x, history.journal.head(), filled, templates)
        else:
            yield from _of_bulletin(c, x, filled, templates)

    return make


def _of_unit(
    c: CampaignView, x: Outgoing, head: str, office: Office, templates: Path | None
) -> Iterator[Paper]:
    """Notice, annexes, and what else goes to a unit."""
    folder = file_name(x.unit)
    for kind in (k for k in (NOTICE, SUPERVISION) if k in x.numbers):
        numbered = office.issued(发文字号=x.numbers[kind])
        yield f"{folder}/{kind}.docx", issued_paper(c, kind, x.unit, numbered, templates)
        if kind == SUPERVISION:
            back = issued_paper(c, RETURN, x.unit, numbered, templates)
            yield f"{folder}/{kind}附件 {RETURN}.docx", back
    notice = x.numbers[NOTICE]
    said = Sheet(head, c.called, f"{notice} 附件1　")
    yield f"{folder}/附件1 {x.unit}{LIST}.xlsx", workbook_of(x.unit, x.items, said, x.mask)
    receipt = issued_paper(c, RECEIPT, x.unit, office.issued(发文字号=notice), templates)
    yield f"{folder}/附件2 {RECEIPT}.docx", receipt
    if office.with_cases:
        yield from _of_cases(c, x, office, templates)


def _of_cases(
    c: CampaignView, x: Outgoing, office: Office, templates: Path | None
) -> Iterator[Paper]:
    """The score sheet and the 意见书 of every case of a unit."""
    own = next(u for u in c.units if u.name == x.unit)
    for case in own.cases:
        numbered = office.issued(发文字号=x.numbers[opinion_on(case.path)])
        for kind, data in case_papers(c, case, numbered, templates).items():
            annex = f"附件3 {kind}" if kind == SCORES else kind
            yield f"{file_name(x.unit)}/{annex}/{file_name(case.name)}.docx", data


def _of_bulletin(
    c: CampaignView, x: Outgoing, office: Office, templates: Path | None
) -> Iterator[Paper]:
    """The bulletin with what goes with it."""
    numbered = office.issued(发文字号=x.numbers[BULLETIN])
    yield f"{BULLETIN}.docx", issued_paper(c, BULLETIN, "", numbered, templates)
    more = ("参评汇总表", "优秀案卷名单", STATISTICS, PAGE)
    for path, data in papers(c, numbered, more, templates):
        yield path.rpartition("/")[2], data


def supervision_maker(office: Office, templates: Path | None) -> Make:
    """How a paper of supervision and its receipt are made: by the bureau, a 决定书 by the
    government.
    """

    def make(history: History, x: Outgoing) -> Iterator[Paper]:
        c = _issued_view(history, x)
        [(kind, number)] = x.numbers.items()
        bureau = office.given.get("发文机关", c.organiser)
        issuer = _government(office) if kind == DECISION else bureau
        own = {
            "发文机关": issuer,
            "印发机关": issuer,
            "发文字号": number,
            "印发日期": cn_date(x.day),
            "整改期限": cn_date(x.due),
            "主送": x.unit,
        }
        matters = matters_of(x.items, x.mask or str, stated=kind != SUPERVISION)
        said = Supervised(kind, matters, x.says, earlier_line(x.earlier), bureau)
        filled = office.issued(**own)
        for name, path in ((kind, kind), (RETURN, f"{kind}附件 {RETURN}")):
            paper = issued_paper(c, name, x.unit, filled, templates, said)
            yield f"{file_name(x.unit)}/{path}.docx", paper

    return make


def rehearsal_maker() -> Make:
    """How the lists of a trial are made, as drafts."""

    def make(history: History, x: Outgoing) -> Iterator[Paper]:
        said = Sheet(history.journal.head(), draft=draft_line(progress_of(history, x.run)))
        yield f"{x.unit}整改清单.xlsx", workbook_of(x.unit, x.items, said, x.mask)

    return make


def drafts(
    history: History, run: int, unit: str, office: Office, bulletin: bool, cases: bool
) -> tuple[Paper, ...]:
    """What would go out of a round to the units whose name contains ``unit``, or the bulletin, as
    drafts: nothing is numbered, and each says what it is. Raises UsageError.
    """
    c = campaign_view(history, run, "" if bulletin else unit)
    filled = Office({"发文机关": c.organiser, **office.given})
    kinds = (NOTICE, SUPERVISION, LIST, RECEIPT, *((SCORES, OPINION) if cases else ()))
    return tuple(papers(c, filled, (BULLETIN, *WITH_BULLETIN) if bulletin else kinds))


def _issued_view(history: History, x: Outgoing) -> CampaignView:
    """The view of a round for papers that go out."""
    return campaign_view(history, x.run, "", x.mask is not None, final=True, day=x.day)


def _government(office: Office) -> str:
    """The government in whose name a 决定书 is made. Raises UsageError."""
    name = office.given.get("本级政府", "")
    if not name:
        raise UsageError(
            "监督决定书以本级人民政府名义制发：在印发信息（--office）里写“本级政府: 某县人民政府”。"
        )
    return name
