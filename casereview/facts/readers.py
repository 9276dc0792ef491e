"""Which facts are read from which kind of document, and under which names they are exported."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal

from casereview.chinese import (
    DOC_NUMBER,
    find_dates,
    find_money,
    find_numbers,
    find_span,
    without_spaces,
)
from casereview.facts import decision as dec
from casereview.facts.form_fields import (
    Signature,
    approvals,
    leader_approval,
    officers,
    roles,
    signatures,
)
from casereview.model import PICTURE, Fact, Place
from casereview.papers.paper import Found, Paper

Facts = dict[str, Fact]
SERVED_AT = ("送达时间", "送达日期", "送达时间及地点", "签收日期", "收到时间", "收件日期")
RECIPIENT = (
    "受送达人",
    "受送达人名称",
    "受送达人（单位）",
    "被送达人",
    "受送达单位（人）",
    "受送达人姓名或名称",
    "受送达单位",
)
RECEIVED = (
    "受送达人签收",
    "受送达人签名或者盖章",
    "受送达人签名",
    "受送达人（签名或盖章）",
    "收件人（签名或者盖章）",
    "收件人签名",
    "收件人",
    "受送达人签名或盖章",
    "受送达人签字",
    "受送达人签收栏",
    "签收人",
    "收件人签字",
    "受送达人签章",
    "受送达人或代收人签名",
    "受送达人（签收）",
    "收件人（签名或盖章）",
    "当事人签收",
    "受送达人（签名）",
)
_END = r"(?:签名|签字|签章|盖章|或者?|及|、)*"
LIKE = {
    "served": r"(?:文书)?(?:送达|签收|收到|收件|交付|收文)(?:的)?(?:日期|时间)(?:、?地点)?",
    "received": (
        rf"(?:受送达人|被送达人|收件人|受送人|签收人|代收人|当事人|收文单位)(?:{_END}|签收|签收栏|意见)"
    ),
    "recipient": r"(?:受|被)送达(?:人|单位|对象|方)(?:姓名|名称|或者?|、)*",
    "servers": rf"(?:执行)?送达(?:人|人员|执法人员|员){_END}",
    "reviewer": rf"(?:法制|合法性|法规)?(?:机构)?(?:审核|审查|核审)(?:人|人员|员){_END}",
    "met": r"(?:案件)?(?:讨论|审议|会议|合议|研究|开会)(?:起止)?(?:日期|时间)",
    "paid": r"(?:缴|交|开|填|收|付)(?:款|费|票|具|制|开|讫)?(?:日期|时间)",
    "published": r"(?:信息)?(?:公示|公开|发布|上网|上传|公布|录入)(?:起始|开始)?(?:日期|时间)",
    "recorded": (
        r"(?:现场)?(?:检查|询问|勘验|勘察|勘查|调查|谈话|调查询问|检查勘验)(?:的)?(?:起止)?(?:日期|时间)"
    ),
    "rechecked": r"(?:复查|核查|验收|检查)(?:的)?(?:日期|时间)",
    "heard": r"听证(?:会)?(?:举行)?(?:日期|时间)",
    "handlers": rf"(?:案件)?(?:承办|办案|经办|主办|协办|调查|执法)(?:人|人员|员){_END}",
}
SERVERS = (
    "送达人",
    "送达人签字",
    "送达人签名",
    "送达人（签名）",
    "送达人员",
    "送达人员签名",
    "送达人（签字）",
)


def _date(found: Found | None) -> Fact | None:
    if not found:
        return None
    d = next(find_dates(found.without_spaces, short=True), None)
    return Fact(d[0].isoformat(), found.without_spaces[d[1] : d[2]], found.place) if d else None


def _text(found: Found | None) -> Fact | None:
    value = found.without_spaces.replace(PICTURE, "").strip("，。；：:") if found else ""
    return Fact(value, value, found.place) if found and value else None


def _put(out: Facts, **facts: Fact | None) -> Facts:
    out.update({k: v for k, v in facts.items() if v is not None})
    return out


def last_date(paper: Paper) -> Fact | None:
    """The last full date written anywhere in the paper (the day of its last signature)."""
    found = list(find_dates(paper.running_text.without_spaces))
    if not found:
        return None
    d, s, e = found[-1]
    return Fact(
        d.isoformat(), paper.running_text.without_spaces[s:e], paper.running_text.place(s, e)
    )


def _signed_date(sign: Signature | None) -> Fact | None:
    return (
        Fact(sign.date.isoformat(), sign.date.isoformat(), sign.place)
        if sign and sign.date
        else None
    )


def read_decision(p: Paper) -> Facts:
    """Facts of a penalty decision (DESIGN 3.3)."""
    out: Facts = {}
    every = [c for c in dec.cited(p) if c.articles]
    law_list = []
    for c in every:
        for a in c.articles:
            row = {"law": c.law, "article": a}
            if row not in law_list:
                law_list.append(row)
    v, b, agency = dec.violated(p), dec.basis(p), dec.issuing_agency(p)
    party = dec.parties(p)
    _put(
        out,
        文号=dec.doc_number(p),
        机关=agency,
        落款机关=agency,
        当事人=party,
        证照号码=dec.id_numbers(p),
        地址=dec.address(p),
        作出日期=dec.issued_on(p),
        罚款金额=dec.fine(p),
        没收金额=dec.confiscated(p),
        处罚种类=dec.penalty_kinds(p),
        缴款期限=dec.payment_term(p),
        引用条文=(
            Fact(law_list, "；".join(c.text for c in every), every[0].place) if every else None
        ),
        违反条款=Fact(v.text, v.text, v.place) if v else None,
        处罚依据=Fact(b.text, b.text, b.place) if b else None,
    )
    return out | dec.remedy(p)


def read_notice(p: Paper) -> Facts:
    """Facts of a prior notice (事先告知书, 听证告知书)."""
    v, b = dec.violated(p), dec.basis(p)
    who = dec.addressee(p)
    return _put(
        {},
        文号=dec.doc_number(p),
        当事人=Fact(who[0], who[0], who[1]) if who else _first(dec.parties(p)),
        日期=dec.issued_on(p),
        落款机关=dec.issuing_agency(p),
        拟罚款金额=dec.fine(p),
        拟没收金额=dec.confiscated(p),
        处罚种类=dec.penalty_kinds(p),
        违反条款=Fact(v.text, v.text, v.place) if v else None,
        处罚依据=Fact(b.text, b.text, b.place) if b else None,
    )


def _first(f: Fact | None) -> Fact | None:
    return (
        Fact(f.value[0], f.value[0], f.place, f.confidence)
        if f and isinstance(f.value, list) and f.value
        else f
    )


def read_filing(p: Paper) -> Facts:
    """Facts of the 立案审批表."""
    approve = leader_approval(p)
    who = next((names for names in _handlers(p) if names), None)
    party = p.field(
        "当事人名称", "当事人", "名称", "姓名", "单位名称", "被处罚人", accept=r"[\u4e00-\u9fff]{2}"
    )
    name = dec.clean_party(re.split(r"[（(]统一", party.value)[0]) if party else ""
    return _put(
        {},
        文号=dec.doc_number(p),
        案由=_text(p.field("案由", "案件名称", "案名")),
        案件来源=_text(p.field("案件来源", "案源", "线索来源")),
        立案日期=_signed_date(approve.sign) if approve else None,
        当事人=Fact(name, name, party.place) if name and party else None,
        承办人=Fact(list(who[0]), "、".join(who[0]), who[1]) if who else None,
        证照号码=dec.id_numbers(p),
    )


HANDLERS = (
    "承办人",
    "承办人员",
    "办案人员",
    "经办人",
    "经办人员",
    "调查人员",
    "承办人签名",
    "执法人员",
    "案件承办人",
    "承办人意见",
    "办案人",
    "主办人",
    "协办人",
)


def _handlers(p: Paper):
    for s in signatures(p, *HANDLERS, like=LIKE["handlers"]):
        if s.names:
            yield s.names, s.place


def read_receipt(p: Paper) -> Facts:
    """Facts of a 送达回证. The day of service: the field, else the recipient's date."""
    when = _date(p.field(*SERVED_AT, like=LIKE["served"], accept=r"年|\d{4}"))
    got = next(
        (s for s in signatures(p, *RECEIVED, like=LIKE["received"]) if s.date or s.signed), None
    )
    method = p.field("送达方式")
    servers = next((s for s in signatures(p, *SERVERS, like=LIKE["servers"]) if s.signed), None)
    how = method.without_spaces if method else ""
    ticked = re.search(r"[√☑■✓R]\s*([\u4e00-\u9fff]{2,6})", how)
    how = ticked[1] if ticked else re.split(r"[，。；（(□]", how)[0]
    number = None
    f = p.field(
        "送达文书名称及文号",
        "送达文书名称、文号",
        "送达文书名称",
        "送达文书",
        "文书文号",
        "送达文书文号",
        "送达文书名称和文号",
    )
    m = _numbers(f.value) if f else []
    if m and f:
        number = Fact(m[0] if len(m) == 1 else m, "、".join(m), f.place)
    return _put(
        {},
        送达日期=when or _signed_date(got),
        送达方式=Fact(how, how, method.place) if method and how else None,
        受送达人=_text(p.field(*RECIPIENT, like=LIKE["recipient"])),
        送达人=(
            Fact(list(servers.names), "、".join(servers.names), servers.place)
            if servers and servers.names
            else None
        ),
        文号=number,
    )


def _numbers(text: str) -> list[str]:
    return [value for value, _, _ in find_numbers(without_spaces(text))]


def read_record(p: Paper) -> Facts:
    """Facts of an inspection or interview record."""
    out: Facts = {}
    found = p.field(
        "检查（勘验）时间",
        "检查时间",
        "询问时间",
        "勘验时间",
        "时间",
        "检查（勘察）时间",
        "现场检查时间",
        "调查时间",
        "询问（调查）时间",
        "调查（询问）时间",
        "起止时间",
        "勘察时间",
        "核查时间",
        "复查时间",
        like=LIKE["recorded"],
        accept=r"\d\D{0,2}[时:：点]",
    )
    if found:
        a, b = find_span(found.without_spaces)
        if a:
            out["开始时间"] = Fact(a.strftime("%Y-%m-%d %H:%M"), found.without_spaces, found.place)
        if b:
            out["结束时间"] = Fact(b.strftime("%Y-%m-%d %H:%M"), found.without_spaces, found.place)
    who = officers(p)
    if who:
        out["执法人员"] = Fact([o.name for o in who], "、".join(o.name for o in who), who[0].place)
        nums = [o.number for o in who if o.number]
        if nums:
            out["执法证号"] = Fact(nums, "、".join(nums), who[0].place)
    return out


def read_report(p: Paper) -> Facts:
    """The day the investigators signed the final report."""
    sign = next(
        (
            s
            for s in signatures(
                p,
                "承办人",
                "调查人员",
                "办案人员",
                "承办人员",
                "调查人",
                "报告人",
                "执法人员",
                "经办人",
                like=LIKE["handlers"],
            )
            if s.date
        ),
        None,
    )
    return _put(
        {}, 日期=_signed_date(sign) or dec.issued_on(p) or last_date(p), 罚款金额=dec.fine(p)
    )


def read_review(p: Paper) -> Facts:
    """Day and person of the legal review."""
    sign = next(
        (
            s
            for s in signatures(
                p,
                "审核人",
                "审核人员",
                "法制审核人",
                "审核人员意见",
                "法制审核人员",
                "审核人意见",
                like=LIKE["reviewer"],
            )
            if s.signed or s.date
        ),
        None,
    )
    day = (
        _signed_date(sign)
        or _date(p.field("审核日期", "审核时间"))
        or dec.issued_on(p)
        or last_date(p)
    )
    return _put(
        {},
        审核日期=day,
        审核人=(
            Fact(
                sign.names[0] if len(sign.names) == 1 else list(sign.names),
                "、".join(sign.names),
                sign.place,
            )
            if sign and sign.names
            else None
        ),
        文号=dec.doc_number(p),
    )


def read_meeting(p: Paper) -> Facts:
    """Day of the collective deliberation and the fine it settled."""
    out = _put(
        {},
        讨论日期=_date(
            p.field(
                "讨论时间",
                "审议时间",
                "会议时间",
                "时间",
                "讨论日期",
                like=LIKE["met"],
                accept=r"年",
            )
        )
        or last_date(p),
    )
    m = re.search(
        r"(?:结论(?:性意见)?|审议结论|讨论决定|讨论结论|决定事项|结论意见|会议决定|最终意见|处理结论)[：:\n]?",
        p.running_text.without_spaces,
    )
    if m:
        part = re.sub(r"\s", "", p.running_text.without_spaces[m.start() : m.start() + 400])
        money = _fine_sum(part)
        if money is not None:
            out["罚款金额"] = Fact(money, part[:60], p.running_text.place(m.start(), m.end() + 40))
    return out


def _fine_sum(text: str) -> str | None:
    m = re.search(
        r"罚款(?:人民币)?(?:[（(]大写[)）])?[：:]?(?P<a>[^。；，"
        r"\n]{1,40})|处(?:以)?(?:人民币)?(?P<b>[^。；，\n]{2,40}?)的?罚款",
        text,
    )
    if not m:
        return None
    money = next(find_money(m["a"] or m["b"]), None)
    return f"{money[0]:.2f}".rstrip("0").rstrip(".") if money else None


def read_approval(p: Paper) -> Facts:
    """Day of approval and the fine proposed in the 处罚决定审批表."""
    approve = leader_approval(p)
    out = _put({}, 批准日期=_signed_date(approve.sign) if approve else None)
    number = p.field(
        "决定书文号",
        "拟用决定书文号",
        "处罚决定书文号",
        "行政处罚决定书文号",
        "文号",
        "拟制决定书文号",
    )
    text = number.without_spaces if number else _after_label(p, "决定书文号")
    got = next(find_numbers(text), None)
    if got:
        at = max(p.running_text.without_spaces.find(got[0]), 0)
        where = number.place if number else p.running_text.place(at, at + len(got[0]))
        out["文号"] = Fact(got[0], got[0], where)
    for a in approvals(p):
        money = _fine_sum(a.opinion)
        if money:
            out["罚款金额"] = Fact(money, a.opinion[-80:], a.place)
            break
    return out if "罚款金额" in out else _put(out, 罚款金额=dec.fine(p) or _fine_text(p))


def _after_label(p: Paper, label: str) -> str:
    """What follows a label in the text of a paper, up to the end of a document number."""
    text = p.running_text.without_spaces
    at = text.find(label)
    return text[at + len(label) : at + len(label) + 36] if at >= 0 else ""


def _fine_text(p: Paper) -> Fact | None:
    money = _fine_sum(dec.strip_quotes(p.running_text.without_spaces))
    return Fact(money, money, p.running_text.top()) if money else None


def read_payment(p: Paper) -> Facts:
    """Day and total of a payment slip."""
    day = _date(
        p.field(
            "缴款日期",
            "开票日期",
            "填制日期",
            "缴费日期",
            "日期",
            "交款日期",
            "填开日期",
            "交易日期",
            "收款日期",
            like=LIKE["paid"],
            accept=r"年|\d{4}",
        )
    ) or last_date(p)
    total: tuple[Decimal, Place] | None = None
    sums = (
        "金额合计",
        "金额合计（大写）",
        "合计",
        "合计金额",
        "总计",
        "合计（大写）",
        "金额合计（小写）",
        "小写",
        "（小写）",
    )
    for found in [
        *p.fields(*sums),
        *p.fields("金额", "金额（元）", "缴款金额", "交易金额", "实缴金额"),
    ]:
        money = [m[0] for m in find_money(found.without_spaces)] or [
            Decimal(x.replace(",", "")) for x in re.findall(r"\d[\d,]*\.\d\d", found.without_spaces)
        ]
        if money:
            total = (max(money), found.place)
            break
    if total is None:
        every = list(find_money(p.running_text.without_spaces))
        if every:
            best = max(every)
            total = (best[0], p.running_text.place(best[2], best[3]))
    return _put(
        {},
        缴款日期=day,
        金额合计=(
            Fact(f"{total[0]:.2f}".rstrip("0").rstrip("."), str(total[0]), total[1])
            if total
            else None
        ),
        文号=_any_number(p),
    )


def _any_number(p: Paper) -> Fact | None:
    """The first document number anywhere in a paper."""
    got = next(find_numbers(p.running_text.without_spaces), None)
    return Fact(got[0], got[0], p.running_text.place(got[1], got[2])) if got else None


def read_publicity(p: Paper) -> Facts:
    """Day of publication, and what was published."""
    f = p.field(
        "行政处罚决定书文号",
        "文号",
        "决定书文号",
        "处罚决定书文号",
        "处罚文号",
        "行政处罚决定文书号",
        accept=r"号",
    )
    if f:
        nums = _numbers(f.value)
        text = nums[0] if nums else ""
        numfact = Fact(text, text, f.place) if text else None
    else:
        numfact = _any_number(p)
    return _put(
        {},
        公示日期=_date(
            p.field(
                "公示日期",
                "公示时间",
                "公开日期",
                "公开时间",
                "发布日期",
                "发布时间",
                "上网时间",
                "公示起始日期",
                "公示期",
                like=LIKE["published"],
                accept=r"年|\d{4}",
            )
        ),
        文号=numfact,
        决定日期=_date(
            p.field(
                "处罚决定日期",
                "决定日期",
                "作出决定日期",
                "处罚日期",
                "作出处罚决定日期",
                "处罚决定时间",
            )
        ),
        当事人=_text(
            p.field(
                "行政相对人名称",
                "被处罚人",
                "当事人",
                "相对人名称",
                "当事人名称",
                "行政相对人",
                "处罚对象",
            )
        ),
        处罚内容=_text(p.field("处罚内容", "处罚结果", "处罚决定内容", "行政处罚内容")),
    )


def read_recheck(p: Paper) -> Facts:
    """Day of the re-inspection."""
    return _put(
        {},
        复查日期=_date(
            p.field(
                "复查时间",
                "核查时间",
                "复查日期",
                "核查日期",
                "检查时间",
                "时间",
                "验收时间",
                like=LIKE["rechecked"],
                accept=r"年|\d{4}",
            )
        )
        or last_date(p),
    )


def read_closing(p: Paper) -> Facts:
    """Day on which the head approved the closing."""
    approve = leader_approval(p)
    return _put(
        {},
        结案日期=(_signed_date(approve.sign) if approve else None)
        or _date(p.field("结案日期", "结案时间")),
        文号=dec.doc_number(p),
    )


def read_hearing(p: Paper) -> Facts:
    """Day and presider of the hearing."""
    who = next(roles(p, "听证主持人", "主持人"), None)
    return _put(
        {},
        听证日期=_date(
            p.field(
                "听证时间",
                "时间",
                "听证日期",
                "听证会时间",
                "举行时间",
                like=LIKE["heard"],
                accept=r"年",
            )
        )
        or last_date(p),
        主持人=Fact(who[0], who[0], who[1]) if who else None,
    )


_COVER_LIKE = {
    "立案日期": r".{0,4}立案.{0,4}",
    "结案日期": r".{0,4}(?:结案|办结|完结).{0,4}",
    "归档日期": r".{0,4}(?:归档|立卷|装订|成卷|组卷).{0,4}",
    "保管期限": r"(?:保管|保存|存档|存放).{0,4}",
    "文号": r".{0,12}(?:文号|案号|文书号|字号|编号)",
    "当事人": r"(?:当事人|被处罚人|相对人|被处罚单位).{0,6}",
    "案由": r"案(?:由|名|件名称|件题名)",
}


def read_cover(p: Paper) -> Facts:
    """Fields of the cover, whose labels are in documents.yaml."""
    fields = p.vocab.kinds["卷宗封面"].fields
    out: Facts = {}
    for name, labels in fields.items():
        found = p.field(
            *labels,
            like=_COVER_LIKE.get(name, ""),
            accept=(
                r"\d|[〇零一二三四五六七八九十]"
                if name.endswith("日期")
                else DOC_NUMBER.pattern
                if name == "文号"
                else ""
            ),
        )
        _put(out, **{name: _date(found) if name.endswith("日期") else _text(found)})
    if "文号" not in out:
        _put(
            out, 文号=dec.doc_number(p) or _text(p.field(*fields["文号"], like=_COVER_LIKE["文号"]))
        )
    return out


def read_dated(p: Paper) -> Facts:
    """Any other paper: its number and its own day; of a paper that goes out also the agency and the
    addressee; of an approval form the day of approval.
    """
    out = _put({}, 文号=dec.doc_number(p), 日期=dec.issued_on(p) or last_date(p))
    if p.doc.kind.endswith(("决定书", "通知书", "告知书", "催告书", "公告")):
        who = dec.addressee(p)
        _put(
            out,
            落款机关=dec.issuing_agency(p),
            当事人=Fact(who[0], who[0], who[1]) if who else None,
        )
    if p.doc.kind.endswith("审批表"):
        approve = leader_approval(p)
        _put(
            out,
            批准日期=_signed_date(approve.sign) if approve else None,
            案由=_text(p.field("案由", "案件名称", "事项", "许可事项", "检查事项")),
        )
    return out


def read_application(p: Paper) -> Facts:
    """An application: who applies for what, and when."""
    return _put(
        {},
        日期=_date(p.field("申请日期", "申请时间", "日期")) or last_date(p),
        当事人=_text(p.field("申请人", "申请单位", "申请人名称", "申请人姓名或名称", "单位名称")),
        案由=_text(p.field("许可事项", "申请事项", "事项名称", "申请许可事项")),
    )


def read_scene(p: Paper) -> Facts:
    """A record on the spot, with its day."""
    out = read_record(p)
    start = out.get("开始时间")
    return _put(
        out, 日期=Fact(start.value[:10], start.text, start.place) if start else last_date(p)
    )


READERS: dict[str, Callable[[Paper], Facts]] = {
    "处罚决定书": read_decision,
    "当场处罚决定书": read_decision,
    "不予处罚决定书": read_decision,
    "事先告知书": read_notice,
    "听证告知书": read_notice,
    "立案审批表": read_filing,
    "送达回证": read_receipt,
    "现场检查笔录": read_record,
    "询问笔录": read_record,
    "调查终结报告": read_report,
    "法制审核意见书": read_review,
    "集体讨论笔录": read_meeting,
    "处罚决定审批表": read_approval,
    "缴款凭证": read_payment,
    "公示记录": read_publicity,
    "查封扣押现场笔录": read_scene,
    "核查笔录": read_scene,
    "强制执行笔录": read_scene,
    "代履行笔录": read_scene,
    "许可申请书": read_application,
    "整改复查记录": read_recheck,
    "结案审批表": read_closing,
    "听证笔录": read_hearing,
    "卷宗封面": read_cover,
}


def read_facts(p: Paper) -> Facts:
    """The facts of one paper under their short names; empty when it is unreadable."""
    if not p.doc.readable and not p.running_text.lines:
        return {}
    return READERS.get(p.doc.kind, read_dated)(p)


def day_of(f: Fact | None) -> dt.date | None:
    """A date fact as a date."""
    if f is None or not isinstance(f.value, str):
        return None
    try:
        return dt.date.fromisoformat(f.value[:10])
    except ValueError:
        return None
