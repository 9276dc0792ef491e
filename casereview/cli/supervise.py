"""How ``casereview issue --kind`` makes a paper of supervision and its receipt."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casereview.reports.office import Office
    from casereview.reports.view import CampaignView
    from casereview.rounds.history import History
    from casereview.run.issuing import Make, Outgoing
    from casereview.run.supervising import SupervisionOrder


def maker_of(order: SupervisionOrder, office: Office, templates: Path | None) -> Make:
    """How the paper that is ordered is made: by the bureau, a 决定书 by the government."""
    from casereview.reports.supervision import earlier_line, matters_of
    from casereview.reports.word.papers import file_name, issued_paper
    from casereview.reports.word.tags import Supervised
    from casereview.reports.words import cn_date
    from casereview.rounds.consequences import DECISION, RETURN, SUPERVISION

    def make(history: History, x: Outgoing) -> Iterator[tuple[str, bytes]]:
        c = issued_view(history, x, order.unmasked)
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


def issued_view(history: History, x: Outgoing, unmasked: bool) -> CampaignView:
    """The view of a round for papers that go out."""
    from casereview.reports.gather import campaign_view

    return campaign_view(history, x.run, "", not unmasked, final=True, day=x.day)


def _government(office: Office) -> str:
    """The government in whose name a 决定书 is made. Raises UsageError."""
    from casereview.errors import UsageError

    name = office.given.get("本级政府", "")
    if not name:
        raise UsageError(
            "监督决定书以本级人民政府名义制发：在印发信息（--office）里写“本级政府: 某县人民政府”。"
        )
    return name
