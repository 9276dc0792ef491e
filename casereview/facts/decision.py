"""The penalty decision (处罚决定书) and the prior notice: parties, numbers, dates, fines, articles,
remedies.

Sums that are not the fine, dates that are not the decision's and other documents' numbers must not
be taken for them.
"""

from __future__ import annotations

import re
from decimal import Decimal

from casereview.chinese import (
    DOC_NUMBER,
    cn_money,
    find_dates,
    find_money,
    find_numbers,
    without_spaces,
)
from casereview.chinese.answers import only_ticked, without_lost_boxes
from casereview.facts import head
from casereview.facts.citations import Citation, cited, is_procedural
from casereview.facts.fines import fines_in
from casereview.model import PICTURE, Fact, Place
from casereview.papers.paper import Paper

ORGAN_END = r"(?:局|委员会|人民政府|政府|厅|公安分局|分局|支队|大队|总队|管理处|监督所|执法队|海关|街道办事处|办事处|税务所|中心|监察队|部|管委会|委)"
PARTY_LABELS = (
    "当事人",
    "被处罚人",
    "被处罚单位",
    "被处罚人（单位）",
    "当事人姓名或者单位名称",
    "当事人名称",
    "单位名称",
    "被处罚单位（人）",
    "当事人名称或者姓名",
    "被处罚当事人",
    "受处罚人",
    "姓名或名称",
    "名称",
    "姓名",
    "字号名称",
    "违法行为人",
    "行政相对人",
    "当事人基本情况",
    "单位",
    "被处罚者",
    "当事人姓名或名称",
    "被处罚人姓名或名称",
    "当事人（单位）",
)
ID_LABELS = (
    "统一社会信用代码",
    "社会信用代码",
    "统一社会信用代码（注册号）",
    "公民身份号码",
    "身份证号码",
    "身份证号",
    "身份证件号码",
    "居民身份证号码",
    "证件号码",
    "证照号码",
    "主体资格证照号码",
    "组织机构代码",
    "机构代码",
    "营业执照注册号",
    "营业执照号码",
    "注册号",
    "法人证号",
    "公民身份证号码",
    "主体资格证件名称及号码",
)
ADDRESS_LABELS = (
    "住所（住址）",
    "住所",
    "住址",
    "地址",
    "住所地",
    "经营场所",
    "经营地址",
    "注册地址",
    "营业场所",
    "户籍地址",
    "家庭住址",
    "地址及联系方式",
    "住所（经营场所）或者住址",
    "住所(经营场所)",
    "户籍所在地",
    "现住址",
    "单位地址",
    "现住地",
)
ID_LIKE = r"(?:居民|公民)?(?:身份证|身份|证件|证照|执照|营业执照|社会信用|信用|机构|组织机构)(?:件)?(?:注册|登记)?(?:号码?|代码|编号)"
_OPERATIVE = re.compile(
    r"(?:决定|作出)[^。"
    r"；\n]{0,24}?(?:行政)?处罚(?:决定)?(?:如下|[：:])|处罚(?:决定)?如下|(?:如下|以下)(?:的)?(?:行政)?处罚(?:决定)?|决定(?:如下|处罚如下)|决定(?:对|给予|处以|没收|吊销)(?!前|书)|作出(?:如下|以下)决定|(?:如下|以下)处理(?:决定)?|处罚决定(?=根据|依据)|现?依法(?:对|给予)[^。"
    r"；\n]{0,30}(?:处罚|罚款)"
)
_PROPOSED = re.compile(r"拟(?:对|处|给予|作出)")
_PLAIN = re.compile(
    r"(?:对|予以|作出|给予|处以)[^。；\n]{0,40}?(?:罚款|警告|没收|吊销|拘留)[^。"
    r"\n]{0,60}?(?:行政)?处罚|处以?罚款"
)
_PAYMENT = re.compile(
    r"(?:应当?|请|限|必须|须|可|持本)[^。"
    r"；\n]{0,60}?(?:[一二三]?十[一二三四五]?|\d+)\s*(?:个工作)?[日天](?:之?内|前)(?=[^。"
    r"；]{0,60}[缴交汇])|到期不缴|逾期不|如不服|不服本|如对本|履行方式|罚款缴|缴纳方式|申请行政复议|收款银行"
)


_GAINS = r"(?:违法|非法)(?:生产|经营|销售|建设|转让|出租)*(?:所得|收入|获利)"


def strip_quotes(text: str) -> str:
    """Blank out quoted law text, keeping offsets."""
    return re.sub(r"“[^”]*”", lambda m: "＿" * len(m.group(0)), text)


def own_words(paper: Paper) -> str:
    """The text of a paper without quotations and without options whose box is empty, keeping
    offsets.
    """
    text = only_ticked(strip_quotes(paper.running_text.without_spaces))
    return without_lost_boxes(text) if paper.recognised else text


def scoped(paper: Paper, scope: str) -> str:
    """The text of a paper with what stands outside of ``scope`` (引号外, 主文) blanked, keeping
    offsets; all of it where no scope is named.
    """
    if not scope:
        return paper.running_text.without_spaces
    text = own_words(paper)
    if scope != "主文":
        return text
    begin, end = operative(paper)
    return "＿" * begin + text[begin:end]


def operative(paper: Paper) -> tuple[int, int]:
    """Offsets in the without_spaces text of what is decided (or proposed): from the last phrase of
    deciding before payment and remedies.
    """
    text = strip_quotes(paper.running_text.without_spaces)
    starts = [m.end() for m in _OPERATIVE.finditer(text)]
    if "告知" in paper.doc.kind or not starts:
        starts = sorted(starts + [m.end() for m in _PROPOSED.finditer(text)])
    if not starts:
        plain = list(_PLAIN.finditer(text))
        if not plain:
            return 0, 0
        stop = _PAYMENT.search(text, plain[-1].start())
        return plain[-1].start(), stop.start() if stop else min(len(text), plain[-1].end() + 120)
    remedy = re.search(r"(?:不服|复议)", text[starts[0] :])
    limit = starts[0] + remedy.start() if remedy else len(text)
    usable = [s for s in starts if s <= limit] or starts[:1]
    best = usable[-1]
    for s in reversed(usable):
        best = s
        stop = _PAYMENT.search(text, s)
        if re.search(
            r"罚款|警告|没收|吊销|责令|拆除|拘留|限制|暂扣|禁止|停产",
            text[s : stop.start() if stop else s + 400],
        ):
            break
    back = text.rfind("\n", 0, best)
    sentence = max(text.rfind("。", 0, best), back, best - 120)
    lead = re.search(r"(?:决定|拟)(?:对|给予|处以|没收|吊销|处)", text[sentence:best])
    begin = sentence + lead.start() if lead else best
    stop = _PAYMENT.search(text, best)
    return begin, stop.start() if stop else min(len(text), best + 900)


def fine(paper: Paper) -> Fact | None:
    """The fine in yuan (decimal string value): a stated total, else the sum of the items."""
    begin, end = operative(paper)
    return _fine_in(paper, begin, end) or (
        _fine_in(paper, 0, len(paper.running_text.without_spaces)) if end == 0 else None
    )


def _fine_in(paper: Paper, begin: int, end: int) -> Fact | None:
    items = list(fines_in(own_words(paper)[:end], begin))
    if not items:
        return None
    totals = [i for i in items if i.total]
    chosen = totals[-1] if totals else items[0]
    distinct = list(dict.fromkeys(i.value for i in items))
    one = totals or len(distinct) == 1
    value = chosen.value if one else sum(distinct, Decimal(0))
    place = paper.running_text.place(chosen.start, chosen.end)
    return Fact(_yuan(value), place.quote, place)


def _yuan(value: Decimal) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def confiscated(paper: Paper) -> Fact | None:
    """The confiscated sum (违法所得) in yuan, where the decision states one."""
    begin, end = operative(paper)
    text = strip_quotes(paper.running_text.without_spaces)
    m = re.compile(rf"没收(?:当事人)?(?:的)?(?:{_GAINS}|非法财物)[^。；\n]{{0,16}}").search(
        text, begin, end
    )
    if not m:
        return None
    window = text[m.start() : min(end, m.start() + 60)]
    money = [x for x in find_money(re.split(r"[。；\n]|罚款", window)[0])]
    if not money:
        return None
    place = paper.running_text.place(m.start(), m.start() + money[0][3])
    return Fact(_yuan(money[0][0]), place.quote, place)


_PAIR = re.compile(
    r"(?P<a>[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]{2,}[元圆](?:[零壹贰叁肆伍陆柒捌玖][角分]){0,2})[整正]?"
    r"[（(]?(?:人民币|小写[：:]?)?[¥￥]?(?P<b>[\d,，]+(?:\.\d+)?)(?P<w>万)?元?"
    r"|[¥￥]?(?P<b2>[\d,，]+(?:\.\d+)?)(?P<w2>万)?元[（(](?:人民币)?(?:大写[：:]?)?"
    r"(?P<a2>[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]{2,}[元圆](?:[零壹贰叁肆伍陆柒捌玖][角分]){0,2})"
)


def unequal_sums(paper: Paper) -> Fact | None:
    """A sum of the operative part that is one thing in capitals and another in figures."""
    begin, end = operative(paper)
    for m in _PAIR.finditer(paper.running_text.without_spaces, begin, end):
        capital = cn_money(m["a"] or m["a2"])
        figures = Decimal(re.sub("[,，]", "", m["b"] or m["b2"]))
        if capital is not None and capital != figures * (10000 if m["w"] or m["w2"] else 1):
            return Fact(m.group(0), m.group(0), paper.running_text.place(m.start(), m.end()))
    return None


_KINDS = (
    ("警告", r"警告"),
    ("通报批评", r"通报批评"),
    ("罚款", r"罚款"),
    ("没收违法所得", rf"没收[^。；\n]{{0,24}}{_GAINS}"),
    (
        "没收非法财物",
        (
            rf"没收(?![^。；，\n]{{0,12}}{_GAINS}(?:[^、和及]|$))[^。；\n]{{1,40}}"
            rf"|没收{_GAINS}(?:[^。；\n]{{0,20}})?(?:和|及|、)"
            r"[^。；\n]{2,20}(?:物品|财物|工具|设备|产品)"
        ),
    ),
    ("暂扣许可证件", r"暂扣[^。；\n]{0,20}(?:证|照)"),
    ("吊销许可证件", r"吊销[^。；\n]{0,30}(?:证|照|许可)"),
    ("降低资质等级", r"降低[^。；\n]{0,10}资质"),
    ("责令停产停业", r"责令[^。；\n]{0,16}(?:停产停业|停业整顿|停产整治|停止执业)(?!活动)"),
    ("责令关闭", r"责令[^。；\n]{0,8}关闭"),
    ("限制生产", r"限制生产"),
    ("限制从业", r"限制从业|禁止从事|终身不得"),
    ("行政拘留", r"(?:行政)?拘留"),
    ("限期拆除", r"(?:限|责令)[^。；\n]{0,24}拆除"),
    ("列入不良行为记录名单", r"列入不良行为记录名单"),
    ("禁止参加政府采购活动", r"禁止[^。；\n]{0,12}参加政府采购"),
)


def penalty_kinds(paper: Paper) -> Fact | None:
    """Kinds of penalty decided, in the words of 行政处罚法 9 (and the usual ones beside it)."""
    begin, end = operative(paper)
    if not end:
        return None
    text = re.sub(
        r"(?<=[。\n])[^。\n]*(?:违反本(?:法|条例|办法|规定)|有下列[^。"
        r"\n]{0,12}(?:行为|情形)|以上[^。；\n]{0,20}以下)[^。\n]*|以上[^。"
        r"；]{0,20}以下的?罚款|逾期[^。；]*|每日按[^。；]*加处罚款|到期[^。；]*",
        lambda m: "＿" * len(m.group(0)),
        own_words(paper)[:end],
    )
    found = []
    for name, pattern in _KINDS:
        m = re.compile(pattern).search(text, begin, end)
        if m and not re.search(r"不予|免予|免除", text[max(begin, m.start() - 4) : m.start()]):
            found.append((m.start(), name))
    if not found:
        return None
    place = paper.running_text.place(begin, end)
    return Fact([n for _, n in sorted(found)], place.quote, place)


def doc_number(paper: Paper) -> Fact | None:
    """The document's own number: in the head, before the body names others; or in a field that
    carries it.
    """
    body = re.compile(
        r"当事人|被处罚|单位名称|案由|案件名称|经查|根据|依据|你单位|\n[^\n]{2,40}[：:]\n"
    ).search(paper.running_text.without_spaces)
    limit = max(body.start() if body else 260, 30)
    head = paper.running_text.without_spaces[: min(limit, 400)]
    found = next(find_numbers(head), None)
    if found is None:
        return None
    value, start, end = found
    return Fact(value, value, paper.running_text.place(start, end))


def parties(paper: Paper) -> Fact | None:
    """Names of the parties punished, from the labelled head; else the addressee line."""
    names, first = [], None
    head_end = re.search(
        r"经查|现已?查明|根据|违法事实|\n一、|我局|本机关|本局|涉嫌",
        paper.running_text.without_spaces,
    )
    limit = head_end.start() if head_end and head_end.start() > 30 else 900
    for found in paper.fields(*PARTY_LABELS):
        name = clean_party(found.value)
        at = paper.running_text.without_spaces.find(without_spaces(found.value)[:8]) if name else -1
        if name and (at <= limit + 40 or first is None) and name not in names:
            if (
                first is not None
                and not paper.running_text.without_spaces.count("当事人：" + name)
                and not paper.running_text.without_spaces.count("当事人:" + name)
            ):
                continue
            names.append(name)
            first = first or found.place
    for name, place in () if names else head.named(paper):
        first = first or place
        names += [name] if name not in names else []
    if not names:
        got = addressee(paper)
        return Fact([got[0]], got[0], got[1], 0.9) if got else None
    return Fact(names, "、".join(names), first)


def clean_party(text: str) -> str:
    """A party's name without what follows it; '' when it is none."""
    return head.clean_name(text)


def addressee(paper: Paper) -> tuple[str, Place] | None:
    """'某某公司：' on a line of its own near the top, or a name before 地址 at the very start."""
    m = re.match(
        r"\n*([^\n：:，。]{2,30})，(?:地址|住址|住所|性别|男|女)",
        paper.running_text.without_spaces[:60],
    )
    if m and clean_party(m[1]):
        return clean_party(m[1]), paper.running_text.place(m.start(1), m.end(1))
    for m in re.finditer(
        r"(?:^|\n)([^\n：:，。]{2,45})[：:](?=\n)", paper.running_text.without_spaces[:500]
    ):
        t = m[1]
        if (
            clean_party(t)
            and not re.search(r"(?:书|表|号|当事人|如下|处罚人|情况|内容)$", t)
            and not DOC_NUMBER.search(t)
        ):
            start = m.start(1)
            return clean_party(t), paper.running_text.place(start, m.end(1))
    return None


def id_numbers(paper: Paper) -> Fact | None:
    """Identity or registration numbers of the parties as written."""
    out, place = [], None
    for found in paper.fields(*ID_LABELS, like=ID_LIKE):
        m = re.match(r"(?:营业执照)?([0-9A-Za-z*X×]{8,20}(?:-[0-9A-Za-z])?)", found.without_spaces)
        if m and m[1] not in out and re.search(r"\d", m[1]):
            out.append(m[1])
            place = place or found.place
    return Fact(out, "、".join(out), place) if out and place else None


def address(paper: Paper) -> Fact | None:
    """The party's address."""
    found = paper.field(
        *ADDRESS_LABELS,
        like=r"(?:现|家庭|户籍|经营|注册|营业|办公|单位)?(?:住址|地址|住所|住所地|场所|所在地)(?:及联系方式)?",
        accept=r"[\u4e00-\u9fff]{2}",
    )
    if not found:
        got = head.address(paper)
        return Fact(got[0], got[0], got[1]) if got else None
    value = re.split(r"[；;]|(?:，|,)?(?:邮编|电话|联系)", found.without_spaces)[0].strip("，。,")
    return Fact(value, value, found.place) if value else None


_AFTER = re.compile(
    r"^(?:[\n。"
    r"）)】]|$|（|备注|附|注[：:]|抄送|联系|本(?:文书|决定书)|\(|印发|（?印章|公章|主题词|经办|NULL|执法人员|签发|扫描|打印|此件)"
)


def issued_on(paper: Paper) -> Fact | None:
    """The date under the agency's name: the last full date that stands for itself, not inside a
    sentence.
    """
    text = paper.running_text.without_spaces.rstrip()
    best = None
    for d, s, e in find_dates(text):
        before, after = text[max(0, s - 1) : s], text[e : e + 12]
        if not _AFTER.match(after):
            continue
        own_line = before in ("", "\n") or bool(
            re.search(
                rf"(?:{ORGAN_END}|印章|公章|章）|日期[：:]|[。）)：:])$", text[max(0, s - 8) : s]
            )
        )
        if own_line and s > 0.25 * len(text):
            best = (d, s, e)
    if not best:
        return None
    place = paper.running_text.place(best[1], best[2])
    return Fact(best[0].isoformat(), place.quote, place)


def issuing_agency(paper: Paper) -> Fact | None:
    """The agency under the text: the line above (or before) the last date; else the agency in the
    head.
    """
    text = paper.running_text.without_spaces.rstrip().replace(PICTURE, "")
    same = len(text) == len(paper.running_text.without_spaces.rstrip())
    issued = list(find_dates(text))
    tail_at = max(0, len(text) - 260)
    for _, s, _ in reversed(issued):
        if s < tail_at:
            break
        m = re.search(
            r"(?:^|[\n。"
            rf"；：:）)])([\u4e00-\u9fff（）()]{{2,40}}?{ORGAN_END})(?:[（(]?(?:印章|公章|盖章)[)）]?)?\n*(?:日期[：:])?$",
            text[max(0, s - 60) : s],
        )
        if m and not re.search(r"申请|向|由|将|到|本机关|责令", m[1]):
            at = max(0, s - 60) + m.start(1)
            place = (
                paper.running_text.place(at, at + len(m[1])) if same else paper.running_text.tail()
            )
            return Fact(m[1], m[1], Place(place.file, place.page, place.box, m[1]))
    m = re.search(r"作出处罚决定书?的机关[：:]([\u4e00-\u9fff]{2,30})", text)
    if m:
        return Fact(m[1], m[1], paper.running_text.tail())
    head = text[:80]
    m = re.match(
        rf"\n*([\u4e00-\u9fff（）]{{3,30}}?{ORGAN_END}(?:[\u4e00-\u9fff]{{2,8}}(?:监管局|分局|支队))?)(?=\n|[\u4e00-\u9fff]{{0,8}}?(?:当场|行政)?处罚)",
        head,
    )
    if m and "处罚" not in m[1]:
        return Fact(m[1], m[1], paper.running_text.place(0, len(m[1])), 0.8)
    return None


def violated(paper: Paper) -> Citation | None:
    """The first provision said to be violated."""
    return next((c for c in cited(paper) if c.role == "violated" and c.articles), None)


def basis(paper: Paper) -> Citation | None:
    """The provision the penalty rests on: the last one cited as a ground before what is decided.
    None where that law is named without an article anywhere.
    """
    begin, end = operative(paper)
    limit = end or len(paper.running_text.without_spaces)
    every = [c for c in cited(paper) if c.start < limit and not is_procedural(c.law)]
    grounds = [c for c in every if c.role == "basis"]
    last = next((c for c in reversed(grounds) if c.start <= max(begin, end)), None)
    if last and not any(c.articles for c in every if c.law == last.law):
        return None
    told = [c for c in grounds if c.articles]
    close = [c for c in told if c.start <= begin] or told
    return close[-1] if close else None
