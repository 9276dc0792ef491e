"""Named judgements on a unit: people of its lists against the papers of its cases (行政处罚法 42,
58; 国办发〔2018〕118号).
"""

from __future__ import annotations

from decimal import Decimal

from casereview.chinese.answers import answer_of
from casereview.facts.unit_lists import is_hired, is_outside_counsel, year_in
from casereview.model import FactSeen, Place, Verdict
from casereview.rules.unit_context import UnitContext
from casereview.rules.verdicts import fail, na, passed, predicate, review


def _row(name: str, quote: str) -> Place:
    return Place(f"单位材料/{name}.csv", 1, None, quote)


@predicate("审核人员占比达标")
def staff_ratio(ctx: UnitContext) -> Verdict:
    """法制审核人员数不少于执法人员总数的百分之五（按两份名单计算）。"""
    officers, reviewers = ctx.rows("officers"), ctx.rows("reviewers")
    if officers is None or reviewers is None:
        return review("单位没有提供执法人员名册或者法制审核人员名单")
    on_duty = [r for r in officers if not is_hired(r)]
    if not on_duty:
        return review("执法人员名册里没有在册人员")
    share = Decimal(100 * len(reviewers)) / len(on_duty)
    need = ctx.limit("审核人员占比")
    text = f"审核人员 {len(reviewers)} 人，执法人员 {len(on_duty)} 人，占 {share:.1f}%"
    return (
        passed(text, [_row("reviewers", "")])
        if share >= need
        else fail(
            f"{text}，低于 {need}%",
            [_row("reviewers", "、".join(r.get("姓名", "") for r in reviewers)[:40])],
            subject="占比",
        )
    )


@predicate("审核人员资格合格")
def qualified(ctx: UnitContext) -> Verdict:
    """参数“审核人员资格”生效以后初次从事法制审核的人员应当取得法律职业资格（行政处罚法58）。"""
    rows = ctx.rows("reviewers")
    if rows is None:
        return review("单位没有提供法制审核人员名单")
    unknown, since = [], ctx.law.parameters["审核人员资格"].values[0].since.year
    for r in rows:
        name, has = r.get("姓名", ""), answer_of(r.get("是否取得法律职业资格", ""))
        if has:
            continue
        began = year_in(r.get("起始日期", ""))
        if has is None or began is None:
            unknown.append(name)
        elif began >= since:
            text = f"{name} 自 {r['起始日期']} 起从事法制审核，没有取得法律职业资格"
            return fail(text, [_row("reviewers", name)], subject=name)
    if unknown:
        text = f"{'、'.join(unknown)}的资格或者起始日期没有填写"
        return review(text, [_row("reviewers", unknown[0])])
    return passed(f"{len(rows)} 人均符合", [_row("reviewers", "")])


def _people(ctx: UnitContext, *facts: str) -> dict[str, tuple[str, FactSeen]]:
    """person -> the first case and fact that name them."""
    out: dict[str, tuple[str, FactSeen]] = {}
    for case in ctx.cases:
        for name in facts:
            f = case.facts.get(name)
            if f:
                for person in f.values:
                    out.setdefault(person, (case.case, f))
    return out


@predicate("顾问不代替审核")
def not_outsourced(ctx: UnitContext) -> Verdict:
    """外聘法律顾问可以参与，不得代替本机关审核人员单独签署审核意见。"""
    signed = _people(ctx, "法制审核意见书.审核人")
    if not signed:
        return na("本批案卷没有读到审核人签名")
    rows = ctx.rows("reviewers")
    listed = {r.get("姓名", ""): r for r in rows or ()}
    for name, (case, f) in signed.items():
        if is_outside_counsel(listed.get(name, {})):
            text = f"{case} 的审核意见由外聘法律顾问{name}单独签署"
            return fail(text, [Place(case, f.page, None, name)], subject=name)
    strangers = [n for n in signed if n not in listed]
    if rows is None:
        return review("单位没有提供法制审核人员名单")
    if strangers:
        return review(f"审核人{'、'.join(strangers[:4])}不在名单中，身份请人工核对")
    return passed("审核意见均由本机关审核人员签署", [_row("reviewers", "")])


@predicate("无聘用借用人员执法")
def no_hired(ctx: UnitContext) -> Verdict:
    """名册中的聘用、借用人员不得以执法人员身份出现在执法文书中。"""
    rows = ctx.rows("officers")
    if rows is None:
        return review("单位没有提供执法人员名册")
    seen = _people(
        ctx,
        "现场检查笔录.执法人员",
        "询问笔录.执法人员",
        "立案审批表.承办人",
        "送达回证.送达人",
        "核查笔录.执法人员",
        "查封扣押现场笔录.执法人员",
    )
    hired = [r for r in rows if is_hired(r)]
    for r in hired:
        if r.get("姓名") in seen:
            case, f = seen[r["姓名"]]
            return fail(
                f"{r['姓名']} 在名册中的身份是“{r['身份']}”，出现在 {case} 的执法文书中",
                [Place(case, f.page, None, f.text[:40])],
                subject=r["姓名"],
            )
    return passed(
        f"名册中聘用、借用人员 {len(hired)} 人，没有出现在执法文书中", [_row("officers", "")]
    )


@predicate("上次问题已整改", version=2)
def rectified(ctx: UnitContext) -> Verdict:
    """上一轮应整改的问题应当全部整改（由两轮比较得出，不可补正的以说明被接受为整改）。"""
    total, done = ctx.earlier.get("应整改", 0), ctx.earlier.get("已整改", 0)
    if not total:
        return na("没有上一轮评查的记录")
    need = ctx.limit("整改率")
    rate = Decimal(100 * done) / total
    text = f"上一轮应整改 {total} 个，已整改（含已说明）{done} 个，整改率 {rate:.1f}%"
    return (
        passed(text)
        if rate >= need
        else fail(f"{text}，低于 {need}%", [Place("上一轮评查", 1, None, text)])
    )
