"""Where the party lives and where the agency rules (行政处罚法 22): a question, never a fault."""

from __future__ import annotations

from casereview.facts.counties import counties_in
from casereview.model import Verdict
from casereview.rules.verdicts import DECIDING, Context, passed, predicate, review


@predicate("当事人住所地在辖区")
def within_area(ctx: Context) -> Verdict:
    """决定书写的住所地同机关名称里的县（市、区）不同的，是否有管辖权由人判断；
    违法行为发生地在辖区的有管辖权，所以最多待复核。
    """
    gone = ctx.absent(*ctx.decisions)
    if gone:
        return gone
    agency, home = ctx.fact(f"{DECIDING}.机关"), ctx.fact(f"{DECIDING}.地址")
    if agency is None or home is None:
        return review("没有读到机关名称或者当事人住所地")
    own = counties_in(str(agency.value))
    if not own or any(name in str(home.value) for name in own):
        return passed(f"住所地“{home.text[:30]}”", [home.place])
    if not counties_in(str(home.value)):
        return passed(f"住所地“{home.text[:30]}”没有写别的县（市、区）", [home.place])
    text = f"当事人住所地“{home.text[:30]}”不在{own[-1]}，本机关是否有管辖权请人工判断"
    return review(text, [home.place])
