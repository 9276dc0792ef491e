"""The decision itself (行政处罚法 5, 9, 28, 34, 37, 44, 59, 60, 62, 67; 行政复议法 20; 行政诉讼法
46).
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from casereview.chinese import cn_money, find_money, number_key
from casereview.facts import decision as dec
from casereview.facts.citations import article_number, cited, is_procedural
from casereview.facts.readers import day_of
from casereview.law.statutes import Standing, Status
from casereview.model import Place, Verdict
from casereview.papers.paper import Paper
from casereview.rules.special.notice import chain_key, notice_gone, notices
from casereview.rules.verdicts import Context, cn_day, fail, na, passed, predicate, review, sealed


def decision_gone(ctx: Context) -> Verdict | None:
    """When there is no readable decision: na where surely absent (decision.present says so), else
    open.
    """
    v = ctx.absent(*ctx.decisions)
    return na("卷内没有处罚决定书（见“行政处罚决定书在卷”）") if v and v.status == "na" else v


@predicate("决定书载明当事人")
def party(ctx: Context) -> Verdict:
    """决定书应当载明当事人姓名（名称）和地址。"""
    gone = decision_gone(ctx)
    if gone:
        return gone
    lacks = [w for n, w in (("当事人", "姓名（名称）"), ("地址", "地址")) if ctx.dfact(n) is None]
    if lacks == ["地址"] and ctx.decision.has(
        r"(?:住所|住址|地址|经营场所)[^，。；\n]{0,10}[：:][\u4e00-\u9fff]"
    ):
        lacks = []
    if lacks:
        return fail(
            f"{ctx.decision.name}没有载明当事人{'、'.join(lacks)}",
            [ctx.decision.top()],
            subject="处罚决定书",
        )
    return passed("载明当事人和地址", [ctx.dfact("当事人").place])


_FACTS = re.compile(
    r"经查|查明|查实|现查|经(?:本|我)?(?:局|机关|单位)?[^。，\n]{0,8}调查|发现[，"
    r",]?(?:当事人|你|该|其)[^。]{4,}|(?:检查|巡查|调查|核查|执法)[^。\n]{0,12}发现[^。"
    r"]{8,}|违法事实[：:、][^。\n]{8,}|违法事实[^。"
    r"；：:\n]{0,10}\n[^\n]{20,}|下列违法(?:行为|事实)|存在[^。"
    r"]{4,40}(?:行为|问题)|事实如下|实施了[^。]{0,12}违法行为"
)
_PROOF = re.compile(r"证据|为证|证实|佐证|为凭")


@predicate("载明违法事实和证据")
def facts_evidence(ctx: Context) -> Verdict:
    """决定书应当陈述违法事实并列明证据。"""
    gone = decision_gone(ctx)
    if gone:
        return gone
    p = ctx.decision
    text = dec.strip_quotes(p.running_text.without_spaces)
    lacks = [
        w
        for w, ok in (("违法事实陈述", _FACTS.search(text)), ("证据", _PROOF.search(text)))
        if not ok
    ]
    if lacks == ["违法事实陈述"] and (
        told := re.search(
            r"(?<=[\n。])(?:你|当事人|被处罚人|该)(?![^。"
            r"\n]*(?:上述|以上|权利|告知|陈述|申辩|听证|送达|收到|提供|配合|裁量|从轻|减轻))[^。"
            r"：:\n]{24,}",
            text[: text.find("违反") if "违反" in text else None],
        )
    ):
        return review(
            f"{p.name}没有读到以“经查”等词开头的违法事实，这一句是否就是，请核对",
            [p.running_text.place(told.start(), told.end())],
        )
    if lacks:
        return fail(f"{p.name}没有{'、'.join(lacks)}", [p.top()], subject="处罚决定书")
    return passed(
        "有违法事实和证据",
        [p.running_text.place(_FACTS.search(text).start(), _FACTS.search(text).end())],
    )


@predicate("载明违反条款和处罚依据")
def basis(ctx: Context) -> Verdict:
    """决定书应当引用违反的条款和处罚依据条款，并到条。"""
    gone = decision_gone(ctx)
    if gone:
        return gone
    p = ctx.decision
    cites = [c for c in cited(p) if not is_procedural(c.law)]
    broken = [c for c in cites if c.role == "violated"]
    ground = [c for c in cites if c.role in ("basis", "other") and "基准" not in c.law]
    lacks = []
    if not any(c.articles for c in broken):
        lacks.append("违反的条款" if not broken else "违反条款的条序号")
    if not any(c.articles for c in ground):
        lacks.append("处罚依据" if not ground else f"处罚依据的条序号（只写了《{ground[0].law}》）")
    if lacks:
        place = (ground or broken or [None])[0]
        return fail(
            f"{p.name}没有写明{'、'.join(lacks)}",
            [place.place if place else p.top()],
            subject="处罚决定书",
        )
    begin, end = dec.operative(p)
    last = [
        c for c in cites if c.role == "basis" and c.start <= max(begin, end) and "基准" not in c.law
    ]
    if (
        last
        and not last[-1].articles
        and not any(c.articles for c in last if c.law == last[-1].law)
    ):
        return fail(
            f"{p.name}的处罚依据《{last[-1].law}》只写法名，没有写条",
            [last[-1].place],
            subject="处罚决定书",
        )
    return passed(f"违反{broken[0].text}", [broken[0].place])


def _of_another_day(title: str, n: int | None, law: Standing, day: dt.date | None) -> str:
    """Why an article that stands at another time than the day of the decision is open."""
    since = cn_day(law.since) if law.since else ""
    decided = f"决定日期 {cn_day(day)}" if day else "没有读到决定日期"
    if law.status is Status.LATER:
        return (
            f"《{title}》共 {law.articles} 条，没有第 {n} 条；但索引中的版本自 {since} 起施行，"
            "决定时的版本请人工核对"
        )
    if n is not None and n > law.articles:
        return f"《{title}》自 {since} 起没有第 {n} 条，{decided}；适用哪个版本请人工核对"
    return f"《{title}》自 {since} 起废止，{decided}；从旧兼从轻的请人工判断"


@predicate("引用条文有效")
def basis_valid(ctx: Context) -> Verdict:
    """引用的条应当存在，引用的法在决定日有效。法律索引只收到2025年4月，索引中没有的由人工核对。"""
    gone = decision_gone(ctx)
    if gone:
        return gone
    p, day = ctx.decision, ctx.decided
    unknown: list[str] = []
    cites = [c for c in cited(p) if c.articles]
    if not cites:
        return review("没有读到引用的条文", [p.top()])
    for c in cites:
        for a in c.articles:
            n = article_number(a)
            law = ctx.law.statutes.status(c.law, n, day)
            if law.status is Status.UNKNOWN:
                unknown += [c.law] if "基准" not in c.law else []
                break
            if law.status is Status.ABSENT:
                text = f"《{c.law}》共 {law.articles} 条，没有第 {n} 条"
                return fail(text, [c.place], subject=c.law)
            if law.status is not Status.EXISTS:
                return review(_of_another_day(c.law, n, law, day), [c.place])
    if unknown:
        return review(
            f"法律索引中没有《{'》《'.join(dict.fromkeys(unknown))}》，请人工核对",
            [next(c.place for c in cites if c.law == unknown[0])],
        )
    return passed(f"引用的 {len(cites)} 处条文均在法律索引中", [cites[0].place])


@predicate("载明处罚种类和数额")
def penalty_stated(ctx: Context) -> Verdict:
    """决定书应当有明确的处罚种类，罚款应当有数额。"""
    gone = decision_gone(ctx)
    if gone:
        return gone
    p = ctx.decision
    kinds = ctx.dfact("处罚种类")
    if kinds is None:
        begin, end = dec.operative(p)
        place = p.running_text.place(begin, end) if end else p.top()
        return fail(f"{p.name}没有明确的处罚种类", [place], subject="处罚决定书")
    if "罚款" in kinds.value and ctx.dfact("罚款金额") is None:
        begin, end = dec.operative(p)
        if list(find_money(p.running_text.without_spaces[begin:end])):
            return review(f"{p.name}没有读到罚款数额", [kinds.place])
        return fail(f"{p.name}的罚款没有数额", [kinds.place], subject="处罚决定书")
    return passed("、".join(kinds.value), [kinds.place])


@predicate("金额一致")
def amount_consistent(ctx: Context) -> Verdict:
    """决定书大小写金额相符，并与审批表、集体讨论结论一致。"""
    gone = decision_gone(ctx)
    if gone:
        return gone
    p, got = ctx.decision, ctx.dfact("罚款金额")
    if got is None:
        return na("没有罚款，或罚款没有数额")
    pair = _mismatch(p)
    if pair:
        return fail(f"{p.name}金额大小写不符：{pair[0]}", [pair[1]], subject="处罚决定书")
    for kind in ("处罚决定审批表", "集体讨论笔录"):
        for q in ctx.case.readable(kind):
            f = ctx.case.facts_of(q).get("罚款金额")
            if f and Decimal(f.value) != Decimal(got.value):
                return fail(
                    f"决定罚款 {got.value} 元，{kind}为 {f.value} 元",
                    [got.place, f.place],
                    subject=kind,
                )
    return passed(f"罚款 {got.value} 元，前后一致", [got.place])


def _mismatch(p: Paper) -> tuple[str, Place] | None:
    begin, end = dec.operative(p)
    text = p.running_text.without_spaces
    for m in re.compile(
        r"(?P<a>[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]{2,}[元圆](?:[零壹贰叁肆伍陆柒捌玖][角分]){0,2})[整正]?[（(]?(?:人民币|小写[：:]?)?[¥￥]?(?P<b>[\d,，"
        r"]+(?:\.\d+)?)(?P<w>万)?元?|[¥￥]?(?P<b2>[\d,，"
        r"]+(?:\.\d+)?)(?P<w2>万)?元[（(](?:人民币)?(?:大写[：:]?)?(?P<a2>[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]{2,}[元圆](?:[零壹贰叁肆伍陆柒捌玖][角分]){0,2})"
    ).finditer(text, begin, end):
        capital = cn_money(m["a"] or m["a2"])
        number = Decimal(re.sub("[,，]", "", m["b"] or m["b2"])) * (
            10000 if m["w"] or m["w2"] else 1
        )
        if capital is not None and capital != number:
            return m.group(0), p.running_text.place(m.start(), m.end())
    return None


@predicate("载明履行方式和期限")
def payment_terms(ctx: Context) -> Verdict:
    """有罚款没收的，应当写明十五日缴款期限和缴款途径（行政处罚法59、67）。"""
    gone = decision_gone(ctx)
    if gone:
        return gone
    kinds = ctx.dfact("处罚种类")
    if not kinds or not {"罚款", "没收违法所得"} & set(kinds.value):
        return na("没有罚款没收")
    p = ctx.decision
    term = ctx.dfact("缴款期限")
    way = p.running_text.find(
        r"(?:缴|交|汇)[^。"
        r"；\n]{0,20}(?:专户|账户|帐户|国库|收费|窗口|指定)|银行|信用社|农商行|支行|分理处|网点|账号|帐号|电子支付|缴款码|二维码|代收机构|财政专户"
    )
    limit = ctx.limit("缴款期限")
    lacks = [w for w, ok in (("缴款期限", term), ("缴款途径", way)) if not ok]
    if lacks:
        return fail(
            f"{p.name}没有写明{'、'.join(lacks)}",
            [term.place if term else way.place if way else p.top()],
            subject="处罚决定书",
        )
    if (
        limit
        and term.value.endswith("日")
        and term.value[:-1].isdigit()
        and int(term.value[:-1]) != limit.value
    ):
        return review(f"缴款期限写作{term.value}，法定为{limit.sentence()}", [term.place])
    return passed(f"缴款期限{term.value}", [term.place])


@predicate("载明救济途径和期限")
def remedies(ctx: Context) -> Verdict:
    """应当写明复议机关、复议六十日、诉讼法院、诉讼六个月；期限写错的不合格，法律另有规定的待复核。"""
    gone = decision_gone(ctx)
    if gone:
        return gone
    p = ctx.decision
    lacks = [w for w in ("复议机关", "复议期限", "诉讼法院", "诉讼期限") if ctx.dfact(w) is None]
    some = next(
        (
            ctx.dfact(w).place
            for w in ("复议机关", "诉讼法院", "复议期限", "诉讼期限")
            if ctx.dfact(w)
        ),
        p.running_text.tail(),
    )
    near = [
        ctx.dfact(w).place for w in ("复议机关", "复议期限", "诉讼法院", "诉讼期限") if ctx.dfact(w)
    ]
    if lacks and p.recognised and ctx.covered(*near, margin=40.0):
        return review(
            f"{p.name}没有读到{'、'.join(lacks)}，有文字可能被印章遮挡，请核对原件", [some]
        )
    if lacks:
        return fail(f"{p.name}没有写明{'、'.join(lacks)}", [some], subject="处罚决定书")
    review_days, suit = ctx.limit("复议期限"), ctx.limit("起诉期限")
    if review_days is None or suit is None:
        return review("没有决定日有效的复议、起诉期限参数", [some])
    first, second = ctx.dfact("复议期限"), ctx.dfact("诉讼期限")
    if first.value != f"{review_days.value}日":
        return fail(
            f"复议期限写作{first.value}，应为{review_days.sentence()}",
            [first.place],
            subject="处罚决定书",
        )
    if second.value != f"{suit.value}个月":
        if second.value == "15日" and p.has(r"复议决定[^。；]{0,20}(?:十五|15)日"):
            return review("写明复议前置或复议后起诉十五日，请人工判断", [second.place])
        return fail(
            f"起诉期限写作{second.value}，应为{suit.sentence()}",
            [second.place],
            subject="处罚决定书",
        )
    return passed("复议、诉讼途径和期限齐全", [first.place, second.place])


@predicate("有机关印章和日期")
def seal_date(ctx: Context) -> Verdict:
    """决定书应当有落款日期和机关印章。印章无法辨认的待复核。"""
    gone = decision_gone(ctx)
    if gone:
        return gone
    p = ctx.decision
    if ctx.dfact("作出日期") is None and p.recognised:
        return review(
            f"{p.name}没有读到落款日期，可能被印章遮挡（灰度复印也看不出），请核对原件",
            [p.running_text.tail()],
        )
    if ctx.dfact("作出日期") is None:
        return fail(f"{p.name}没有落款日期", [p.running_text.tail()], subject="处罚决定书")
    seal = sealed(p)
    if seal is True:
        return passed("有印章和日期", [ctx.dfact("作出日期").place])
    if seal is None:
        return review("印章无法辨认，请人工查看", [ctx.dfact("作出日期").place])
    others = [q for q in ctx.case.papers if q is not p and q.doc.readable and sealed(q) is True]
    if not others:
        return review("全卷电子文本都没有印章图像，请核对原件", [ctx.dfact("作出日期").place])
    return fail(f"{p.name}落款处没有机关印章", [ctx.dfact("作出日期").place], subject="处罚决定书")


@predicate("文号规范且前后一致")
def number(ctx: Context) -> Verdict:
    """决定书应当有文号，送达回证、审批表、缴款票据引用的文号应当相同。"""
    gone = decision_gone(ctx)
    if gone:
        return gone
    own = ctx.dfact("文号")
    if own is None:
        head = ctx.decision.running_text.find(
            r"[\u4e00-\u9fff]{2,12}[〔\[（(【]\s*\d*\s*[〕\]）)】]\s*第?\s*\d*\s*号"
        )
        return fail(
            f"{ctx.decision.name}没有规范的文号",
            [head.place if head else ctx.decision.top()],
            subject="处罚决定书",
        )
    mine = number_key(own.value)
    for p in [*ctx.case.receipts("处罚决定书"), *ctx.case.readable("处罚决定审批表", "缴款凭证")]:
        f = ctx.case.facts_of(p).get("文号")
        for v in f.value if f and isinstance(f.value, list) else [f.value] if f else []:
            theirs = number_key(v)
            if theirs != mine and not theirs.endswith(mine) and not mine.endswith(theirs):
                if p.doc.kind == "送达回证" and len(p.doc.serves) > 1:
                    continue
                return fail(
                    f"{p.name}引用的文号是{v}，决定书是{own.value}",
                    [f.place, own.place],
                    subject=p.doc.kind,
                )
    return passed(own.value, [own.place])


@predicate("九十日内决定")
def in_ninety_days(ctx: Context) -> Verdict:
    """自立案之日起九十日内作出决定；有延期批准的合格，有听证、检测、公告等可扣除期间的待复核。"""
    gone = decision_gone(ctx)
    if gone:
        return gone
    filed = ctx.case.fact("立案审批表", "立案日期")
    start, end = day_of(filed), ctx.decided
    if start is None or end is None:
        v = ctx.absent("立案审批表")
        return v if v and v.status == "review" else review("没有读到立案日期或者决定日期")
    limit = ctx.limit("办案期限", start)
    if limit is None:
        return na("立案时法律没有规定办案期限")
    n = (end - start).days
    text = f"立案 {cn_day(start)}，决定 {cn_day(end)}，共 {n} 日"
    if n <= limit.value:
        return passed(text, [filed.place])
    if ctx.case.readable("办案延期审批表"):
        return passed(text + "，有延期批准", [ctx.case.readable("办案延期审批表")[0].top()])
    hidden = ctx.absent("办案延期审批表")
    if hidden and hidden.status == "review":
        return review(f"{text}；{hidden.message}", hidden.places)
    if any(
        p.has(r"(?:经|已)[^。；\n]{0,16}批准[^。；\n]{0,8}延长(?:办案|办理)?期限|中止调查|恢复调查")
        for p in ctx.case.papers
    ):
        return review(f"{text}；卷内有延长或中止的记载，请人工判断", [filed.place])
    if ctx.case.readable("听证笔录", "检验检测报告", "送达公告"):
        return review(f"{text}；有听证、检测或公告，可扣除期间请人工核算", [filed.place])
    return fail(
        f"{text}，超过{limit.sentence()}，没有延期批准", [filed.place, ctx.dfact("作出日期").place]
    )


@predicate("决定与告知一致")
def matches_notice(ctx: Context) -> Verdict:
    """决定书引用的处罚依据应当与告知书相同，重新告知的除外。"""
    gone = decision_gone(ctx) or notice_gone(ctx)
    if gone:
        return gone
    mine = ctx.dfact("处罚依据")
    if mine is None or not chain_key(mine.value):
        return (
            review("没有读到决定书的处罚依据", [ctx.decision.top()])
            if mine is None
            else na("决定书的处罚依据没有写条（见“载明违反条款和处罚依据”）")
        )
    theirs = [f for p in notices(ctx) if (f := ctx.case.facts_of(p).get("处罚依据"))]
    if not theirs:
        return review("没有读到告知书的处罚依据", [notices(ctx)[0].top()])
    every = {x for p in notices(ctx) for c in cited(p) if c.articles for x in chain_key(c.text)}
    if chain_key(mine.value) <= every:
        return passed("处罚依据相同", [mine.place])
    return fail(
        f"决定书依据{mine.value}，告知书依据{theirs[0].value}",
        [mine.place, theirs[0].place],
        subject="处罚依据",
    )


_REASON = re.compile(
    r"裁量|从轻|减轻|从重|较重|较轻|一般(?:情节|处罚|档次|违法|情形)|情节(?:轻微|较轻|一般|严重|较重)|轻微|初次|及时(?:改正|纠正|整改)|鉴于|考虑到|综合考[量虑]"
)


@predicate("说明裁量理由")
def discretion(ctx: Context) -> Verdict:
    """决定书或者审批材料应当有从轻、减轻、从重或裁量基准的说明；是否充分由人工判断。"""
    gone = decision_gone(ctx)
    if gone:
        return gone
    for p in [ctx.decision, *ctx.case.readable("处罚决定审批表", "调查终结报告", "集体讨论笔录")]:
        text = dec.strip_quotes(p.running_text.without_spaces)
        for m in _REASON.finditer(text):
            if (
                p.doc.kind == "集体讨论笔录"
                and m.group(0) == "裁量"
                and "基准" in text[m.start() : m.end() + 4]
            ):
                continue
            if re.search(r"审核|拒不|情节严重的", text[max(0, m.start() - 12) : m.end() + 6]):
                continue
            return passed(f"{p.doc.kind}有裁量说明", [p.running_text.place(m.start(), m.end())])
    hidden = ctx.unreadable("处罚决定审批表", "调查终结报告", *ctx.decisions)
    if hidden:
        return review(f"{hidden[0].name}未能识别文字")
    return fail(
        f"{ctx.decision.name}和审批材料没有裁量理由的说明",
        [ctx.decision.top()],
        subject="处罚决定书",
    )


@predicate("责令改正违法行为")
def correction(ctx: Context) -> Verdict:
    """卷内应当有责令改正的文书，或者决定内容中有责令改正；违法行为不具改正条件的待复核。"""
    papers = ctx.case.readable("责令改正通知书")
    if papers:
        return passed("有责令改正文书", [papers[0].top()])
    d = ctx.decision
    if d:
        text = dec.strip_quotes(d.running_text.without_spaces)
        m = re.search(r"责令[^。；\n]{0,60}|限期(?:改正|拆除|整改)", text)
        if m:
            return passed("决定书责令改正", [d.running_text.place(m.start(), m.end())])
    gone = (
        ctx.absent("责令改正通知书", *ctx.decisions) if d is None else ctx.absent("责令改正通知书")
    )
    if gone and gone.status == "review":
        return gone
    if d is None:
        return na("卷内没有处罚决定书")
    return ctx.missing(
        ["责令改正通知书"], "卷内没有责令改正的文书，决定书也没有责令改正的内容", "处罚决定书"
    )
