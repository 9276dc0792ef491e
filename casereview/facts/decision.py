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
    cn_number,
    find_dates,
    find_money,
    find_numbers,
    without_spaces,
)
from casereview.facts.citations import Citation, cited, is_procedural
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
_LAW_RANGE = re.compile(r"以上[^。；]{0,24}以下|以下的?罚款|倍以[上下]")


def strip_quotes(text: str) -> str:
    """Blank out quoted law text, keeping offsets."""
    return re.sub(r"“[^”]*”", lambda m: "＿" * len(m.group(0)), text)


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


_FINE = re.compile(
    r"(?P<pre>(?:合计|共计|总计|总额|罚没款)[^。；，"
    r"]{0,6})?(?:罚款(?:金额)?(?:的金额)?(?:为|计)?(?:人民币)?(?:[（(]?大写[）)]?)?[：:]?(?:人民币)?|处(?:以)?(?:人民币)?(?=[^。"
    r"；]{2,40}?罚款))"
)


def fine(paper: Paper) -> Fact | None:
    """The fine in yuan (decimal string value): a stated total, else the sum of the items."""
    begin, end = operative(paper)
    return _fine_in(paper, begin, end) or (
        _fine_in(paper, 0, len(paper.running_text.without_spaces)) if end == 0 else None
    )


def _fine_in(paper: Paper, begin: int, end: int) -> Fact | None:
    text = strip_quotes(paper.running_text.without_spaces)[:end]
    items: list[tuple[Decimal, int, int, bool]] = []
    for m in _FINE.finditer(text, begin):
        tail = text[m.end() : m.end() + 60]
        stop = (
            re.search(r"[。；\n]|罚款|，(?!\d{3})", tail)
            if not m.group(0).startswith("处")
            else re.search(r"[。；\n]", tail)
        )
        window = tail[: stop.start()] if stop else tail
        money = [
            x
            for x in find_money(window)
            if not re.match(r"(?:以上|以下|至|[／/])", window[x[3] : x[3] + 2])
        ]
        if "=" in window or "＝" in window:
            money = [x for x in money if x[2] > max(window.rfind("="), window.rfind("＝"))]
        near = 60 if re.search(r"即|共计|=|＝|计", window) else 16
        if not money or money[0][2] > near or _LAW_RANGE.search(window[: money[0][3] + 6]):
            continue
        value = money[0][0]
        if m.group(0).startswith("处") and "罚款" not in tail[money[0][3] : money[0][3] + 30]:
            continue
        total = bool(m["pre"]) or bool(
            re.search(
                r"(?:合计|共计|总计)[^。；]{0,8}$", text[max(begin, m.start() - 12) : m.start()]
            )
        )
        at = (m.start(), m.end() + money[0][3])
        if items and items[-1][2] > at[0]:
            continue
        items.append((value, *at, total))
    if not items:
        return None
    totals = [i for i in items if i[3]]
    chosen = totals[-1] if totals else items[0]
    distinct = [i for n, i in enumerate(items) if all(i[0] != j[0] for j in items[:n])]
    value = chosen[0] if totals or len(distinct) == 1 else sum((i[0] for i in distinct), Decimal(0))
    place = paper.running_text.place(chosen[1], chosen[2])
    return Fact(_yuan(value), place.quote, place)


def _yuan(value: Decimal) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def confiscated(paper: Paper) -> Fact | None:
    """The confiscated sum (违法所得) in yuan, where the decision states one."""
    begin, end = operative(paper)
    text = strip_quotes(paper.running_text.without_spaces)
    m = re.compile(r"没收(?:当事人)?(?:的)?(?:违法所得|非法所得|非法财物)[^。；\n]{0,16}").search(
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


_KINDS = (
    ("警告", r"警告"),
    ("通报批评", r"通报批评"),
    ("罚款", r"罚款"),
    ("没收违法所得", r"没收[^。；\n]{0,24}(?:违法所得|非法所得)"),
    (
        "没收非法财物",
        (
            r"没收(?![^。；，\n]{0,12}(?:违法|非法)所得(?:[^、和及]|$))[^。"
            r"；\n]{1,40}|没收违法所得(?:[^。；\n]{0,20})?(?:和|及|、)[^。"
            r"；\n]{2,20}(?:物品|财物|工具|设备|产品)"
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
        strip_quotes(paper.running_text.without_spaces)[:end],
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
    if not names:
        got = addressee(paper)
        if got:
            return Fact([got[0]], got[0], got[1], 0.9)
        return None
    return Fact(names, "、".join(names), first)


def clean_party(text: str) -> str:
    """A party's name without what follows it; '' when it is none."""
    t = without_spaces(text).replace(PICTURE, "")
    t = re.sub(r"^(?:姓名|名称|单位名称)[：:]", "", t)
    t = re.split(
        r"[，。；;]|性别|法定代表|负责人|统一社会|社会信用|公民身份|身份证|营业执照|住所|住址|地址|(?<=.)[：:]|民族|出生|男(?=，"
        r"|,|$)|年龄|机构代码|（以下简称|(?:,)",
        t,
    )[0]
    t = re.sub(
        r"[（(](?:[\u4e00-\u9fff]某{0,2}[甲乙]?|个体工商户|以下简称[^）)]*|统一社会[^）)]*)[)）]$",
        "",
        t,
    ).strip("：:，,。 ")
    t = re.sub(r"(?:公司)(?=[^（(]{1,3}$)", "公司", t)
    return (
        t
        if 1 <= len(t) <= 45 and not re.search(r"违法|行为|处罚|进行|调查|根据|检查|^你|本机关", t)
        else ""
    )


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
        return None
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
    """The provision the penalty rests on: the last one cited as a ground before what is decided."""
    begin, end = operative(paper)
    every = [
        c
        for c in cited(paper)
        if c.role in ("basis", "other") and not is_procedural(c.law) and c.articles
    ]
    before = [c for c in every if c.start < (end or 10**9) and c.role == "basis"]
    close = [c for c in before if c.start <= begin] or before
    if close:
        return close[-1]
    bare = [
        c
        for c in cited(paper)
        if c.role == "basis"
        and not is_procedural(c.law)
        and c.start < (end or 10**9)
        and "基准" not in c.law
    ]
    return bare[-1] if bare else None


_COUNT = r"(?P<n>[一二三四五六七八九十\d]+)\s*(?P<u>个?工作日|日|天|个?月)"


def remedy(paper: Paper) -> dict[str, Fact]:
    """复议机关, 复议期限, 诉讼法院, 诉讼期限 as far as the text tells them."""
    text = paper.running_text.without_spaces
    flat = text.replace("\n", "＿")
    out: dict[str, Fact] = {}

    def put(name: str, value: object, m: re.Match[str], group: str | int = 0) -> None:
        place = paper.running_text.place(m.start(group), m.end(group))
        out.setdefault(name, Fact(value, m.group(group), place))

    for m in re.finditer(
        r"(?:先)?(?:依法)?向(?P<o>[^，。；;向＿]{2,90}?)(?:依法)?(?:提出|提起|申请)(?:行政)?复议",
        flat,
    ):
        organs = re.split(r"或者|或|、", re.sub(r"（[^）]*）", "", m["o"]))
        organs = [o for o in (re.sub(r"^(?:先|依法)|依法$", "", x) for x in organs) if o]
        put("复议机关", organs[0] if len(organs) == 1 else organs, m, "o")
        before = flat[max(0, m.start() - 70) : m.start()]
        n = list(re.finditer(_COUNT + "之?内", before))
        if n:
            p = paper.running_text.place(
                max(0, m.start() - 70) + n[-1].start(), max(0, m.start() - 70) + n[-1].end()
            )
            out.setdefault("复议期限", Fact(_period(n[-1]), n[-1].group(0), p))
    if "复议期限" not in out:
        m = re.search(_COUNT + r"之?内[^。；]{0,40}?(?:申请|提起)?(?:行政)?复议", flat)
        if m:
            put("复议期限", _period(m), m)
    for m in re.finditer(
        r"向(?P<c>[^，。"
        r"；;向＿]{0,40}?(?:人民法院|法院))(?:（[^）]*）)?(?:依法)?(?:提起|提出|起诉|申请行政诉讼)",
        flat,
    ):
        before = re.split(r"[。]", flat[max(0, m.start() - 80) : m.start()])[-1]
        put("诉讼法院", re.sub(r"^依法", "", m["c"]), m, "c")
        n = list(re.finditer(_COUNT + "之?内", before))
        if n:
            base = m.start() - len(before)
            p = paper.running_text.place(base + n[-1].start(), base + n[-1].end())
            out.setdefault("诉讼期限", Fact(_period(n[-1]), n[-1].group(0), p))
    return out


def _period(m: re.Match[str]) -> str:
    unit = "个月" if "月" in m["u"] else "日"
    return f"{cn_number(m['n'])}{unit}"


def payment_term(paper: Paper) -> Fact | None:
    """'十五日' in which to pay, where the text orders payment."""
    flat = paper.running_text.without_spaces.replace("\n", "＿")
    for m in re.finditer(_COUNT + r"之?内[，,]?(?P<rest>[^。；]{0,90})", flat):
        if (
            re.search(r"缴|交[纳至到]|汇[至入到]|上缴", m["rest"])
            and not re.search(r"复议|诉讼|起诉", m["rest"][:20])
            and "月" not in m["u"]
        ):
            lead = flat[max(0, m.start() - 40) : m.start()]
            if re.search(r"收到|接到|送达|限|自|应|必须|在|请", lead):
                place = paper.running_text.place(m.start(), m.end("u"))
                return Fact(_period(m), m.group(0)[:20], place)
    return None
