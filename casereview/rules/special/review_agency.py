"""Which agency reviews a decision (行政复议法 24, 25)."""

from __future__ import annotations

from casereview.chinese.wordlists import word_lists
from casereview.facts.doubt import covered
from casereview.facts.readers import day_of
from casereview.facts.sameness import values_of
from casereview.model import Fact, Verdict
from casereview.papers.paper import Paper
from casereview.rules.verdicts import DECIDING, Context, cn_day, fail, passed, predicate, review

WORDS = "复议机关.yaml"


def _carries(name: str, words: tuple[str, ...]) -> bool:
    return any(word in name for word in words)


@predicate("复议机关符合当日法律")
def review_agency(ctx: Context) -> Verdict:
    """参数“复议由本级人民政府管辖”生效以后，对县级以上政府部门的决定只能向本级人民政府申请复议
    （行政复议法24；海关、金融、外汇、税务、国家安全和司法行政部门除外）；
    此前可以选择上一级主管部门。
    """
    gone = ctx.absent(*ctx.decisions)
    if gone:
        return gone
    where, day = ctx.fact(f"{DECIDING}.复议机关"), day_of(ctx.fact(f"{DECIDING}.作出日期"))
    paper = ctx.papers((DECIDING,))[0]
    if where is None or day is None:
        return review("没有读到复议机关或者决定日期", [paper.top()])
    words, names = word_lists(WORDS), values_of(where)
    others = [n for n in names if not _carries(n, words["政府"])]
    rule = ctx.limit("复议由本级人民政府管辖", day)
    if rule is None or not others:
        return passed(f"向{'、'.join(names)}申请复议", [where.place])
    agency = _agency(ctx, where)
    if _carries("、".join([agency, *others]), words["可以是上一级主管部门"]):
        return passed(f"{agency}的复议机关可以是上一级主管部门", [where.place])
    if _carries(agency, words["由人核对"]) or _is_unclear(ctx, paper, where):
        text = f"复议机关写作{'、'.join(names)}，是否符合行政复议法24、25请人工核对"
        return review(text, [where.place])
    since = cn_day(rule.since)
    text = f"决定日期 {cn_day(day)}，仍告知可以向{'、'.join(others)}申请复议；{since}起应当只向本级"
    return fail(f"{text}人民政府申请（{rule.source}）", [where.place], subject="复议机关")


def _is_unclear(ctx: Context, paper: Paper, where: Fact) -> bool:
    """True for a value that was recognised or lies under a seal."""
    return ctx.scanned(where.place) or covered(paper, where.place)


def _agency(ctx: Context, where: Fact) -> str:
    fact = ctx.fact(f"{DECIDING}.机关")
    return str((fact or where).value)
