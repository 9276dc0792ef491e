"""The whole set of papers of a run: which there are, how they are called, what each is made of.
Writing them is the caller's business.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from casereview.errors import UsageError
from casereview.reports.case_view import CaseView
from casereview.reports.excel.statistics import statistics
from casereview.reports.office import OPTIONAL, Office
from casereview.reports.view import CampaignView, UnitView
from casereview.reports.web import pictures
from casereview.reports.web.page import page
from casereview.reports.web.png import png
from casereview.reports.word.render import render, tags_used
from casereview.reports.word.tags import Supervised, campaign_tags, case_tags, unit_tags
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
    URGE,
)

CASE, UNIT, CAMPAIGN, ASKED = "案卷", "单位", "全批", "另行制发"
STATISTICS, PAGE = "评查统计", "汇报网页"
TIMELINE, SPREAD, HEAT, MOVED = "图_时间线", "图_得分分布", "图_热力", "图_变化"
PORTRAIT, LANDSCAPE = 150, 240  # how wide pictures are, in millimetres
CLOSE = 520  # pixels across a picture of a portrait page, so that its words can be read
SHIPPED = Path(__file__).with_name("templates")
LONGEST = 80  # characters of a file name
# names that Windows keeps for devices, whatever their ending
_DEVICE = re.compile(r"(?:CON|PRN|AUX|NUL|COM\d|LPT\d)(?:\.|$)", re.IGNORECASE)
_FORBIDDEN = {**dict.fromkeys(range(0x20), "_"), **{ord(c): "_" for c in '\\/:*?"<>|'}}


@dataclass(frozen=True)
class Form:
    """A paper: name, what it is about, tags without which it says nothing, and the pictures it may
    carry, ``wide`` (mm) each. Its template is the file of that name.
    """

    name: str
    about: str
    required: tuple[str, ...]
    pictures: tuple[str, ...] = ()
    wide: int = PORTRAIT

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.name}.docx"

    @property
    def template(self) -> bytes:
        """The shipped template."""
        return (SHIPPED / self.file).read_bytes()


FORMS: tuple[Form, ...] = (
    Form(SCORES, CASE, ("问题", "得分", "等次", "单位", "案卷"), (TIMELINE,), LANDSCAPE),
    Form(OPINION, CASE, ("单位", "案卷", "得分", "问题"), (TIMELINE,)),
    Form(LIST, UNIT, ("单位", "问题")),
    Form(NOTICE, UNIT, ("单位", "问题数", "整改期限")),
    Form(SUPERVISION, UNIT, ("单位", "整改期限")),
    Form(RECEIPT, UNIT, ("单位",)),
    Form(BULLETIN, CAMPAIGN, ("案卷数", "单位", "三项制度"), (SPREAD, HEAT, MOVED)),
    Form("参评汇总表", CAMPAIGN, ("单位",)),
    Form("优秀案卷名单", CAMPAIGN, ("优秀案卷",)),
    Form(URGE, ASKED, ("单位", "事由", "事项", "整改期限")),
    Form(DECISION, ASKED, ("单位", "事项", "整改期限")),
    Form(RETURN, ASKED, ("单位", "事项", "监督文书")),
)
KINDS = (*(f.name for f in FORMS if f.about != ASKED), STATISTICS, PAGE)
Paper = tuple[str, bytes]  # path below the folder, content


def file_name(text: str) -> str:
    """A name that every file system takes."""
    name = text.translate(_FORBIDDEN).strip(" .")[:LONGEST].rstrip(" .") or "未命名"
    return f"_{name}" if _DEVICE.match(name) else name


def papers(
    c: CampaignView, office: Office, kinds: Sequence[str] = (), templates: Path | None = None
) -> Iterator[Paper]:
    """Every paper asked for (all when ``kinds`` is empty). Raises UsageError for unknown kinds and
    templates that cannot be used.
    """
    unknown = [k for k in kinds if k not in KINDS]
    if unknown:
        raise UsageError(f"没有“{'、'.join(unknown)}”，可以写 {'、'.join(KINDS)}")
    if templates:
        _refuse(templates)
    wanted = kinds or KINDS
    for form in FORMS:
        if form.name in wanted and form.about in _MAKERS:
            yield from _MAKERS[form.about](_Filler(form, c, office, _own(form, templates)))
    if STATISTICS in wanted:
        yield f"上报/{STATISTICS}.xlsx", statistics(c)
    if PAGE in wanted:
        yield f"上报/{PAGE}.html", page(c).encode()


def issued_paper(
    c: CampaignView,
    kind: str,
    unit: str,
    office: Office,
    templates: Path | None = None,
    said: Supervised | None = None,
) -> bytes:
    """One paper that goes out: of a unit, or of the whole campaign where ``unit`` is ''; ``said``:
    of a paper of supervision. Raises UsageError where something that only the office knows is still
    open.
    """
    form = next(f for f in FORMS if f.name == kind)
    if templates:
        _refuse(templates)
    filler = _Filler(form, c, office, _own(form, templates))
    if needed := filler.lacking():
        raise UsageError(
            f"{kind}还缺 {'、'.join(needed)}，没有印发；写进一个 YAML 文件，用 --office 指明。"
        )
    if not unit:
        return filler.fill(campaign_tags(c, office))
    own = next(u for u in c.units if u.name == unit)
    return filler.fill(unit_tags(c, own, office, said))


def case_papers(
    c: CampaignView, case: CaseView, office: Office, templates: Path | None = None
) -> dict[str, bytes]:
    """The papers on one case that go out, by kind. Raises UsageError."""
    forms = [f for f in FORMS if f.about == CASE]
    fillers = [_Filler(f, c, office, _own(f, templates)) for f in forms]
    return {f.form.name: f.fill(case_tags(c, case, office), case) for f in fillers}


def _refuse(templates: Path) -> None:
    """Templates must lie in a folder and be called like papers. Raises UsageError."""
    if not templates.is_dir():
        raise UsageError(
            f"找不到模板文件夹 {templates}。用 casereview report templates -o 文件夹"
            " 写出自带的模板再改。"
        )
    known = {f.file for f in FORMS}
    stray = sorted(
        p.name
        for p in templates.glob("*.docx")
        if p.name not in known and not p.name.startswith("~$")
    )
    if stray:
        raise UsageError(
            f"模板文件夹 {templates} 里的 {'、'.join(stray)} 不对应任何文书；模板要叫"
            f" {'、'.join(f.file for f in FORMS)}"
        )


def _own(form: Form, folder: Path | None) -> bytes:
    """The bureau's own template of that name, else the shipped one."""
    own = folder / form.file if folder else None
    return own.read_bytes() if own and own.is_file() else form.template


@dataclass(frozen=True)
class _Filler:
    """One form, ready to be filled."""

    form: Form
    campaign: CampaignView
    office: Office
    template: bytes

    def fill(self, tags: dict[str, object], case: CaseView | None = None) -> bytes:
        """The paper."""
        images = {p: png(_picture(p, self.campaign, case)) for p in self.form.pictures}
        name, draft = self.form.file, self.campaign.draft
        wide = self.form.wide
        return render(self.template, name, tags, self.form.required, images, draft, wide)

    def lacking(self) -> list[str]:
        """Fields that the template uses and nobody gave."""
        used = tags_used(self.template, self.form.file)
        return [name for name in self.office.open if name in used and name not in OPTIONAL]

    def folder(self, u: UnitView) -> str:
        """Where the papers of a unit go; the batch is named where two units are called alike."""
        several = sum(v.name == u.name for v in self.campaign.units) > 1
        return f"下发/{file_name(f'{u.batch}{u.name}' if several else u.name)}"


def _picture(tag: str, c: CampaignView, case: CaseView | None) -> pictures.Picture:
    if tag == TIMELINE and case is not None:
        return pictures.timeline(case.steps, case.limits)
    if tag == SPREAD:
        return pictures.distribution(c.scores, CLOSE)
    return pictures.heatmap(*c.heat, CLOSE) if tag == HEAT else pictures.movement(c.means, CLOSE)


def _of_campaign(f: _Filler) -> Iterator[Paper]:
    yield f"上报/{f.form.file}", f.fill(campaign_tags(f.campaign, f.office))


def _of_units(f: _Filler) -> Iterator[Paper]:
    """For every unit that is to get this paper."""
    for u in f.campaign.units:
        if f.form.name in u.due:
            yield f"{f.folder(u)}/{f.form.file}", f.fill(unit_tags(f.campaign, u, f.office))


def _of_cases(f: _Filler) -> Iterator[Paper]:
    """For every case; cases called alike get a number."""
    taken: set[str] = set()
    for u in f.campaign.units:
        for case in u.cases:
            base = path = f"{f.folder(u)}/{f.form.name}/{file_name(case.name)}"
            n = 2
            while path in taken:
                path, n = f"{base}({n})", n + 1
            taken.add(path)
            yield f"{path}.docx", f.fill(case_tags(f.campaign, case, f.office), case)


_MAKERS: dict[str, Callable[[_Filler], Iterator[Paper]]] = {
    CASE: _of_cases,
    UNIT: _of_units,
    CAMPAIGN: _of_campaign,
}


@dataclass(frozen=True)
class Written:
    """What was written, by path."""

    files: tuple[str, ...]

    @property
    def kinds(self) -> dict[str, int]:
        """How many papers of which kind, for the talk and for --json."""
        return dict(Counter(_kind(path) for path in self.files))


def _kind(path: str) -> str:
    return next((k for k in KINDS if k in path), Path(path).name)
