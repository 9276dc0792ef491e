"""Which agency reviews a decision (行政复议法 24-28)."""

from __future__ import annotations

from casereview.facts.jurisdiction import (
    above_its_level,
    is_county_government,
    is_government,
    is_itself,
    is_local_department,
    is_town,
    may_ask_above,
    must_ask_above,
)
from casereview.facts.loose_ink import covered
from casereview.facts.readers import day_of
from casereview.facts.sameness import values_of
from casereview.law.parameters import Value
from casereview.model import Fact, Verdict
from casereview.rules.verdicts import DECIDING, Context, cn_day, fail, passed, predicate, review

SUBJECT = "复议机关"
BY_HAND = "是否符合决定当日的行政复议法，请人工核对"


@predicate("复议机关符合当日法律", version=2)
def review_agency(ctx: Context) -> Verdict:
    """参数“复议由本级人民政府管辖”生效以后，对县级以上地方政府部门的决定只能向本级人民政府申请
    复议（行政复议法24）；海关、金融、外汇管理等垂直领导的机关、税务、国家安全机关向上一级主管
    部门（27），司法行政部门两者都可以（28）。乡镇、街道向县级人民政府，不能向自己（24）。
    确定属于地方政府部门的才判不合格，派出机构和有争议的部门待复核。此前可以选择上一级主管部门。
    """
    gone = ctx.absent(*ctx.decisions)
    if gone:
        return gone
    where, day = ctx.fact(f"{DECIDING}.复议机关"), day_of(ctx.fact(f"{DECIDING}.作出日期"))
    paper = ctx.papers((DECIDING,))[0]
    if where is None or day is None:
        return review("没有读到复议机关或者决定日期", [paper.top()])
    wrong = _wrong(ctx, where, ctx.limit("复议由本级人民政府管辖", day))
    if wrong is None:
        return passed(f"向{_listed(values_of(where))}申请复议", [where.place])
    unclear = ctx.scanned(where.place) or covered(paper, where.place)
    text, sure = wrong
    if unclear or not sure:
        return review(f"复议机关写作{_listed(values_of(where))}，{BY_HAND}", [where.place])
    return fail(f"决定日期 {cn_day(day)}，{text}", [where.place], subject=SUBJECT)


def _wrong(ctx: Context, where: Fact, rule: Value | None) -> tuple[str, bool] | None:
    """(what is wrong with the agencies that are named, is it sure); None when they are right."""
    agency, names = _agency(ctx), values_of(where)
    itself = [n for n in names if is_itself(agency, n)]
    if itself and (rule is None or is_government(agency) or is_town(agency)):
        return _of_itself(agency, itself, rule)
    if rule is None:
        return None
    others = [n for n in names if not is_government(n)]
    if others:
        return _of_departments(agency, others, rule)
    return _of_governments(agency, names, rule)


def _of_itself(agency: str, itself: list[str], rule: Value | None) -> tuple[str, bool]:
    """The agency that decided: sure for towns and counties under the law of 2024."""
    text = f"告知向作出决定的{_listed(itself)}自己申请复议；应当向上一级人民政府申请"
    return text, rule is not None and (is_town(agency) or is_county_government(agency))


def _of_departments(agency: str, others: list[str], rule: Value) -> tuple[str, bool] | None:
    """Agencies that are no governments."""
    if may_ask_above(_listed([agency, *others])):
        return None
    text = f"仍告知可以向{_listed(others)}申请复议；{cn_day(rule.since)}起应当只向本级"
    return f"{text}人民政府申请（{rule.source}）", is_local_department(agency)


def _of_governments(agency: str, names: list[str], rule: Value) -> tuple[str, bool] | None:
    """Governments: that of the level of a department, that above a town."""
    if must_ask_above(agency):
        return f"告知向{_listed(names)}申请复议", False
    above = [n for n in names if above_its_level(agency, n)]
    town = is_town(agency)
    if not above or may_ask_above(agency) or (is_government(agency) and not town):
        return None
    text = f"告知向{_listed(above)}申请复议；对{agency}的决定应当向所在的县级人民政府申请"
    return f"{text}（{rule.source}）", town or is_local_department(agency)


def _listed(names: list[str]) -> str:
    return "、".join(names)


def _agency(ctx: Context) -> str:
    fact = ctx.fact(f"{DECIDING}.机关")
    return str(fact.value) if fact else ""
