"""What a clerk may write between {{ }} in a template: the Chinese names of what the view holds. One
table for each noun; a tag stands for one attribute and the form in which it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from casereview.facts.procedures import procedures
from casereview.reports.case_view import CaseView, Row, Told
from casereview.reports.office import Office
from casereview.reports.supervision import Matter, article_tags, grave_of
from casereview.reports.view import (
    GRADES,
    CampaignView,
    Fault,
    Since,
    StageCount,
    SystemTotals,
    UnitView,
    grade_line,
)
from casereview.reports.words import NOTHING, cn_date, number, ordinal, share, signed, solid
from casereview.rounds.consequences import SUPERVISION
from casereview.rounds.full_record import StageRecord


@dataclass(frozen=True)
class Tag:
    """An attribute of a noun ('' for its place in the list) and the form it is written in."""

    attribute: str
    form: Callable[[Any], object] = lambda value: value


def _dash(value: object) -> object:
    return value or NOTHING


def _day(value: str) -> object:
    return _dash(cn_date(value))


def _list(value: Any) -> list[Any]:
    return list(value)


def _lines(mark: str) -> Callable[[Any], str]:
    return lambda values: mark.join(values)


def _grades(grades: dict[str, int]) -> str:
    return solid(grade_line(grades))


def _of(key: str) -> Callable[[Mapping[str, int]], int]:
    return lambda counts: counts.get(key, 0)


_PLACE = Tag("")
_ROW: dict[str, Tag] = {
    "序号": _PLACE,
    "环节": Tag("stage"),
    "检查项": Tag("name"),
    "问题": Tag("fault"),
    "三项制度": Tag("system"),
    "结论": Tag("word"),
    "标准分": Tag("points", number),
    "扣分办法": Tag("way"),
    "扣分": Tag("taken"),
    "得分": Tag("got"),
    "说明": Tag("message"),
    "问题和说明": Tag("told"),
    "位置": Tag("found_at"),
    "页码": Tag("pages"),
    "依据": Tag("articles"),
    "整改建议": Tag("remedy"),
    "可否补正": Tag("cure"),
    "性质": Tag("weight"),
    "复核意见": Tag("ruling"),
}
_TOLD: dict[str, Tag] = {
    **{name: Tag(t.attribute and f"row.{t.attribute}", t.form) for name, t in _ROW.items()},
    "案卷": Tag("case.name"),
    "当事人": Tag("case.party", _dash),
    "文号": Tag("case.number", _dash),
}
_CASE: dict[str, Tag] = {
    "序号": _PLACE,
    "单位": Tag("unit"),
    "案卷": Tag("name"),
    "文号": Tag("number", _dash),
    "当事人": Tag("party", _dash),
    "当事人称谓": Tag("party_called"),
    "程序": Tag("procedure"),
    "评查标准": Tag("standard"),
    "立案日期": Tag("filed", _day),
    "决定日期": Tag("decided", _day),
    "结案日期": Tag("closed", _day),
    "得分": Tag("score", number),
    "得分范围": Tag("span"),
    "等次": Tag("grade"),
    "否决项": Tag("vetoes", lambda names: "、".join(names) or "无"),
    "否决问题": Tag("grave"),
    "评查员": Tag("reviewers", lambda names: "、".join(names) or "＿＿＿＿　＿＿＿＿"),
    "各项": Tag("rows"),
    "涉及项目": Tag("concerned"),
    "不涉及项目": Tag("apart", "、".join),
    "评查结论": Tag("counted"),
    "问题": Tag("faults"),
    "问题数": Tag("faults", len),
    "待定": Tag("open"),
    "待定数": Tag("open", len),
    "已判定数": Tag("decided_count"),
    "优点": Tag("merits"),
    "算式": Tag("working", _list),
    "未读": Tag("unread", _list),
    "提示": Tag("notes", _list),
    "复议诉讼": Tag("outcomes", _list),
    "全过程记录": Tag("record"),
    "扣分合计": Tag("taken", number),
}
_UNIT: dict[str, Tag] = {
    "单位": Tag("name"),
    "名次": Tag("rank", _dash),
    "平均分": Tag("mean", number),
    "案卷数": Tag("cases", len),
    "等次情况": Tag("grades", _grades),
    "问题": Tag("faults"),
    "问题数": Tag("faults", len),
    "可补正数": Tag("curable"),
    "不可补正数": Tag("incurable"),
    "否决案卷数": Tag("vetoed", len),
    "否决案卷": Tag("vetoed"),
    "案卷": Tag("cases"),
    "环节": Tag("stages"),
    "三项制度得分": Tag("systems_says"),
    "三项制度问题": Tag("systems_faults"),
    "三项制度问题数": Tag("systems_faults", len),
    "清单问题数": Tag("listed"),
}
_UNIT_LINE: dict[str, Tag] = {
    **{
        name: _UNIT[name] for name in ("名次", "单位", "案卷数", "平均分", "问题数", "三项制度得分")
    },
    **{grade: Tag("grades", _of(grade)) for grade in GRADES},
    "案卷": Tag("cases", lambda cases: "、".join(c.called for c in cases)),
}
_RUN: dict[str, Tag] = {
    "批次": Tag("title"),
    "轮次": Tag("round"),
    "组织单位": Tag("organiser"),
    "期间": Tag("period"),
    "说明卷数": Tag("says"),
    "评查次数": Tag("run"),
    "评查基准日": Tag("as_of", cn_date),
    "标准": Tag("basis", lambda basis: "、".join(basis) or "【评查依据】"),
    "评查清单": Tag("standards", "、".join),
    "记录号": Tag("head", _dash),
    "密级提示": Tag("masked", lambda m: "内部资料，注意保管" + ("" if m else "（含个人信息）")),
}


def _share_of(grade: str) -> Callable[[Mapping[str, int]], str]:
    return lambda grades: share(grades.get(grade, 0), sum(grades.values()))


_CAMPAIGN: dict[str, Tag] = {
    "单位数": Tag("units", len),
    "案卷数": Tag("cases", len),
    "平均分": Tag("mean", number),
    "等次情况": Tag("grades", _grades),
    **{f"{grade}数": Tag("grades", _of(grade)) for grade in GRADES},
    **{f"{grade}率": Tag("grades", _share_of(grade)) for grade in GRADES},
    "程序情况": Tag("procedure_line", solid),
    "问题数": Tag("fault_count"),
    "待定数": Tag("open_count"),
    "未读文件数": Tag("unread_count"),
    "否决案卷数": Tag("vetoed", len),
    "单位": Tag("units"),
    "环节": Tag("stages"),
    "多发问题": Tag("telling"),
    "问题引语": Tag("told_how"),
    "头三项": Tag("widespread", lambda faults: "、".join(f"“{f.name}”" for f in faults)),
    "三项制度": Tag("systems"),
    "优秀案卷": Tag("commended"),
    "否决案卷": Tag("vetoed"),
    "有上一轮": Tag("since", bool),
    "上一轮": Tag("since", lambda since: Tagged(since, _SINCE)),
}
_SINCE: dict[str, Tag] = {
    "次": Tag("run"),
    "结果": Tag("line", solid),
    "整改率": Tag("rate"),
    "平均分前": Tag("movement", lambda m: number(m.start) if m else NOTHING),
    "平均分后": Tag("movement", lambda m: number(m.to) if m else NOTHING),
    "单位整改": Tag("movement", lambda m: signed(m.by_unit) if m else NOTHING),
    "标准变化": Tag("movement", lambda m: signed(m.by_rule) if m else NOTHING),
    "可辨认程度": Tag("movement", lambda m: signed(m.by_legibility) if m else NOTHING),
}
_STAGE = {"环节": Tag("stage"), "问题数": Tag("faults"), "占比": Tag("share")}
_FAULT: dict[str, Tag] = {
    "序号": _PLACE,
    "问题": Tag("name"),
    "检查项": Tag("item"),
    "环节": Tag("stage"),
    "案卷数": Tag("cases"),
    "单位数": Tag("units"),
    "性质": Tag("weight"),
    "典型": Tag("examples", _lines("；")),
}
_SYSTEM: dict[str, Tag] = {
    "序": Tag("", lambda n: f"（{ordinal(n)}）"),
    "名称": Tag("name"),
    "项目数": Tag("items"),
    "合格": Tag("passed"),
    "不合格": Tag("failed"),
    "待定": Tag("open"),
    "合格率": Tag("rate", lambda rate: NOTHING if rate is None else f"{rate}%"),
    "案卷数": Tag("cases"),
    "主要问题": Tag("worst", lambda worst: solid("、".join(worst))),
}
_RECORD: dict[str, Tag] = {
    "环节": Tag("stage"),
    "文字记录": Tag("papers", _dash),
    "音像记录": Tag("sound", _dash),
    "结论": Tag("word"),
}
_MATTER: dict[str, Tag] = {
    "序号": _PLACE,
    "案卷": Tag("case"),
    "问题": Tag("fault"),
    "说明": Tag("facts"),
    "位置": Tag("places"),
    "依据": Tag("articles"),
    "状态": Tag("state"),
}
_TABLES: dict[type, dict[str, Tag]] = {
    Row: _ROW,
    Told: _TOLD,
    CaseView: _CASE,
    UnitView: _UNIT_LINE,
    StageCount: _STAGE,
    Fault: _FAULT,
    SystemTotals: _SYSTEM,
    StageRecord: _RECORD,
    Matter: _MATTER,
    Since: _SINCE,
}
# what a loop over a tag goes through, by that tag (docs/文书标签.md tells of each)
LINES: dict[str, Mapping[str, Tag]] = {
    "问题": _TOLD,
    "各项": _ROW,
    "案卷": _CASE,
    "单位": _UNIT_LINE,
    "环节": _STAGE,
    "多发问题": _FAULT,
    "三项制度": _SYSTEM,
    "上一轮": _SINCE,
    "全过程记录": _RECORD,
    "事项": _MATTER,
}


class Tagged:
    """A noun as a template sees it: its tags as attributes. Of nothing, every tag is ''."""

    def __init__(self, noun: object, table: Mapping[str, Tag], place: int = 0):
        self._noun, self._table, self._place = noun, table, place

    def __getattr__(self, name: str) -> object:
        tag = self._table.get(name)
        if tag is None:
            raise AttributeError(name)
        if self._noun is None:
            return ""
        return _written(self._noun, tag, self._place)


def _written(noun: object, tag: Tag, place: int = 0) -> object:
    """What stands for a tag: text, a number, or nouns as templates see them."""
    value = tag.form(attrgetter(tag.attribute)(noun) if tag.attribute else place)
    if isinstance(value, list | tuple):
        return [_element(x, n) for n, x in enumerate(value, 1)]
    return value


def _element(value: object, place: int) -> object:
    table = _TABLES.get(type(value))
    if isinstance(value, UnitView):
        table = _UNIT_LINE | _counted_procedures()
    return Tagged(value, table, place) if table else value


def _counted_procedures() -> dict[str, Tag]:
    """The short names of procedures: how many cases of each a unit has."""
    return {p.short: Tag("procedures", _of(p.name)) for p in procedures().values()}


def _filled(noun: object, table: Mapping[str, Tag]) -> dict[str, object]:
    return {name: _written(noun, tag) for name, tag in table.items() if tag.attribute}


def case_tags(c: CampaignView, x: CaseView, office: Office) -> dict[str, object]:
    """Tags of the papers on one case."""
    return {**office.tags, **_filled(c, _RUN), **_filled(x, _CASE)}


@dataclass(frozen=True)
class Supervised:
    """What a paper of supervision says beside what is said of the unit: ``kind`` of the paper, its
    matters, the sentence of a person, the papers before it, and ``bureau``, which supervises.
    """

    kind: str
    matters: Sequence[Matter]
    says: str = ""
    earlier: str = ""
    bureau: str = ""


def unit_tags(
    c: CampaignView, u: UnitView, office: Office, said: Supervised | None = None
) -> dict[str, object]:
    """Tags of the papers on one unit. ``said``: of a paper of supervision; else the grave faults of
    the unit are its matters.
    """
    said = said or Supervised(SUPERVISION, grave_of(u))
    own = {
        "事项": [_element(m, n) for n, m in enumerate(said.matters, 1)],
        "事由": said.says,
        "此前文书": said.earlier,
        "监督机构": said.bureau or office.tag("发文机关"),
        "监督文书": said.kind,
        "一卷一表": office.with_cases,
    }
    return {**office.tags, **_filled(c, _RUN), **_filled(u, _UNIT), **article_tags(c.day), **own}


def campaign_tags(c: CampaignView, office: Office) -> dict[str, object]:
    """Tags of the papers on the whole campaign."""
    return {**office.tags, **_filled(c, _RUN), **_filled(c, _CAMPAIGN)}
