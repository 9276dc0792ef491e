"""Personal data hidden in everything that leaves the office (个人信息保护法 6, 25, 28;
未成年人保护法 103).

Hidden: ID numbers, passports, phones, bank accounts, home addresses to the district, plates, mail
and chat accounts, names of natural persons (张某),
minors wholly. Kept: document numbers, credit codes, names of officers and firms, business premises.
Wrongly hidden costs little, wrongly shown much:
in doubt it is hidden.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from casereview.chinese import id_check

Mask = Callable[[str], str]

SURNAMES = (
    "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 司徒 夏侯 端木 独孤 南宫 百里 呼延"
    " 澹台 公冶 宗政 濮阳 淳于 单于 太叔 申屠 轩辕 钟离 闾丘 拓跋 闻人 赫连 西门 东郭 南门 羊舌"
    " 微生 梁丘 左丘"
).split()
_SINGLE = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛"
    "禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴"
    "糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴鬱胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍郤璩桑桂濮牛寿通边扈燕冀郏浦尚农温"
    "别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东殴殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公岳佟肖付闫党覃冼植佘邸代苑仝揭檀墨佴候隋蔄"
    "商牟佘仉展蒿臧由区"
)
_HAN = "\u4e00-\u9fff"
_FIRM = re.compile(
    r"公司|[厂店部社行场院校所局站队馆吧园铺坊城楼会中心]$|合作社|经营|工作室|政府|委员会|集团|企业|个体"
)
_OFFICERS = (
    "执法人员",
    "承办人",
    "审核人",
    "批准人",
    "主持人",
    "记录人",
    "送达人",
    "检查人",
    "办案人",
    "调查人",
    "听证员",
    "审批人",
    "经办人",
)
_PERSONS = "当事人|被询问人|被检查人|被调查人|受送达人|法定代表人|法人代表|经营者|负责人姓名|见证人|签收人|委托代理人|代理人|证人|申请人|被处罚人|行政相对人|相对人名称|姓名|业主|车主|司机|驾驶人|监护人|联系人|收件人|代收人|户主|持卡人|户名|投诉人|举报人"
_TAIL = (
    rf"(?![（(][^）)\n]{{1,8}}[）)][{_HAN}]{{2,}})(?=$|[\s，,。；;、"
    r"（(）)”\"’\d男女系]|身份|住|电话|性别|签|的|于|在|称|表示|提出|到场)"
)
_NAMED = re.compile(
    rf"(?:{_PERSONS})(?:姓名|名称)?(?:[（(][^）)]{{0,12}}[）)])?(?:[：:\s]{{1,3}}|为|是|均为[“\"])(?P<n>[{_HAN}·]{{2,4}}?){_TAIL}"
    rf"|(?:被询问人|被检查人|被调查人|法定代表人|经营者|见证人|签收人|证人|司机|驾驶人|监护人|代收人|户主|业主|车主)(?!(?:申请|陈述|应当|有权|和|及|或|在|到|可以|没有|签名|签字|基本|身份|姓名|名称|信息|情况|权利|地址|主体|是否|均|未|已|不|时|确认|对))(?P<m>[{_HAN}·]{{2,4}}?){_TAIL}"
)
_SPOKEN = re.compile(rf"(?P<n>[{_HAN}]{{2,4}})[，,、（(]\s*(?:男|女)(?=[，,、。；）)\s]|性)")

_HALF = {c: c - 0xFEE0 for c in range(0xFF01, 0xFF5F)} | {
    0x3000: 0x20,
    0x2014: 0x2D,
    0x2013: 0x2D,
    0x2212: 0x2D,
    0x00A0: 0x20,
}
_S = r"[ \t\-]?"
_ID18 = re.compile(
    rf"(?<![0-9A-Za-z])[1-9](?:{_S}\d){{5}}{_S}(?:(?:1{_S}[89]|2{_S}0)(?:{_S}\d){{2}})(?:{_S}\d){{7}}{_S}[\dXx](?![0-9A-Za-z])"
)
_ID_NEAR = re.compile(
    rf"(?:身份证(?:件)?|公民身份|证件)(?:号码|号)?[^\dA-Za-z]{{0,12}}(?P<v>\d(?:{_S}\d){{13,16}}{_S}[\dXx])(?![0-9A-Za-z])"
)
_LONG = re.compile(rf"(?<![0-9A-Za-z〔\[])\d(?:{_S}\d){{14,18}}(?![0-9A-Za-z])")
_CARD_NEAR = re.compile(
    rf"(?:账号|帐号|账户|帐户|卡号|银行卡|储蓄卡|存折|开户行[^\d]{{0,20}})[^\d]{{0,14}}(?P<v>\d(?:{_S}\d){{7,29}})(?!\d)"
)
_MOBILE = re.compile(rf"(?<![0-9A-Za-z])(?:\+?86{_S})?1[3-9](?:{_S}\d){{9}}(?!\d)")
_LANDLINE = re.compile(
    r"(?<![0-9A-Za-z])(?:\(0\d{2,3}\)|0\d{2,3}["
    r" \-])\s?[2-9]\d{6,7}(?:(?:转|-)\d{1,5})?(?!\d)|(?<![0-9A-Za-z])0(?:10|2\d|[3-9]\d{2})[2-9]\d{6,7}(?!\d)"
)
_LOCAL = re.compile(
    r"(?:电话|座机|手机|联系方式|传真|热线)(?:号码)?[：:\s为是]{0,4}(?P<v>[2-9]\d{6,7})(?!\d)"
)
_PASS = re.compile(
    r"(?:护照|通行证|港澳|台胞证|军官证|驾驶证|居留)[^0-9A-Za-z]{0,10}(?P<v>[A-Za-z]{0,2}\d{6,12})(?!\d)|(?<![0-9A-Za-z])(?P<w>(?:E[A-HJ-NP-Z]\d{7}|[EGDSPHM]\d{8}(?:\d{2})?))(?![0-9A-Za-z])"
)
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Za-z]["
    r" ·•.\-]?(?=[A-Za-z\d]{0,5}\d)[A-HJ-NP-Za-hj-np-z\d]{5,6}[挂学警港澳]?(?![0-9A-Za-z])|[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Za-z]["
    r" ·•.\-]?[A-HJ-NP-Za-hj-np-z\d]{4}[挂学警港澳]"
)
_MAIL = re.compile(r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+")
_CHAT = re.compile(
    r"(?:微信|QQ|qq|支付宝)(?:号|账号|帐号)?[：:\s为是]{0,4}(?P<v>[A-Za-z0-9_\-]{5,20})"
)
_HOME = re.compile(
    r"(?:家庭住址|家庭地址|现住址|现住地|户籍地址|户籍地|户籍所在地|居住地址|居住地|经常居住地|住址|住所地|住所|送达地址|通讯地址|通信地址|收件地址|联系地址|地址|家住|现住|暂住|居住在|住在|租住于?|(?<![\u4e00-\u9fff])住)[：:\s为在于是]{0,3}(?P<v>[^\n，"
    r",。；;、（(）)|〔〕\[\]]{3,60})"
)
_UNIT = r"(?:省|自治区|自治州|地区|盟|市|县|区|旗)"
_CHAIN = re.compile(
    rf"(?P<v>(?:[{_HAN}]{{2,9}}{_UNIT}){{0,3}}[{_HAN}\d]{{1,12}}(?:镇|乡|街道|路|街|巷|弄|道|大道|村|社区|小区|苑|庄|屯|里|花园|新村|公寓|家园)[{_HAN}A-Za-z\d\-#]{{0,24}}?\d{{1,5}}(?:号|栋|幢|室|组|户|单元|楼|弄)(?:[A-Za-z\d\-零一二三四五六七八九十]{{1,6}}(?:号楼|号|栋|幢|室|户|单元|楼|层|座))*)"
    rf"|(?P<w>(?:[{_HAN}]{{2,9}}{_UNIT}){{0,3}}[{_HAN}\d]{{1,12}}(?:村|庄|屯|社区)[{_HAN}]{{0,8}}?[一二三四五六七八九十\d]{{1,3}}(?:组|社|队|户)(?:[\d一二三四五六七八九十]{{1,4}}号)?)"
)
_PREMISES = re.compile(
    r"(?:经营场所|经营地址|营业场所|生产地址|违法地点|项目地址|工程地址|现场|案发地|检查地点|勘验地点|办公地址|机关地址|地址在本机关)[：:\s为在于是]{0,3}$"
)
_SHOP = re.compile(
    rf"^[{_HAN}]{{0,14}}(?:厂|店|公司|酒店|门市|超市|仓库|工地|经营部|酒楼|院内|厂区|门店|饭店|宾馆|市场|商行|车间|养殖场|诊所|机井|河段|局|政府|法院)"
)
_CERT = re.compile(
    r"(?:执法证|证号|证件编号|编号|文号|票号|票据|缴款书|缴款码|校验码|备案号|许可证|单号|邮件号|快递|流水号|存档号|案卷号|档号)(?:(?!电话|手机|联系|拨打|微信)[^\d；;。"
    r"，,+]){0,12}$"
)
_BORN = re.compile(
    r"(?P<y>(?:19|20)\d{2})\s*年\s*(?P<m>\d{1,2})\s*月(?:\s*(?P<d>\d{1,2})\s*日)?\s*(?:出生|生)"
)
_AGE = re.compile(
    rf"(?P<n>[{_HAN}]{{2,4}})[，,（(][^\n。"
    r"；]{0,16}?(?:现年|年龄|年仅)?[：:]?\s*(?P<a>\d{1,2})\s*(?:周岁|岁)"
)
_MINOR = re.compile(
    rf"未成年人(?:当事人)?[：:\s（(]{{0,2}}(?P<n>[{_HAN}]{{2,4}})(?=[，,。；、（(）)\s]|的|于|在|$)"
)


def is_person(name: str) -> bool:
    """True for what reads as the name of a natural person, not of a firm or an office."""
    return (
        bool(re.fullmatch(rf"[{_HAN}]{{2,4}}|[{_HAN}]{{2,6}}·[{_HAN}]{{2,8}}", name))
        and not _FIRM.search(name)
        and "某" not in name
        and ("·" in name or name[0] in _SINGLE or name[:2] in SURNAMES)
    )


def surname(name: str) -> str:
    """The part of a name that is kept."""
    return (
        name[:2]
        if name[:2] in SURNAMES and len(name) > 2
        else name.partition("·")[0][:1]
        if "·" in name
        else name[0]
    )


def masker(results: Iterable[dict[str, Any]]) -> Mask:
    """A function that hides personal data in any text of these cases. Names are learned from their
    facts and quotes; officers' names are kept.
    """
    officers, persons, minors = set(), set(), set()
    for r in results:
        for name, f in r["facts"].items():
            values = f["value"] if isinstance(f["value"], list) else [f["value"]]
            people = {str(v) for v in values if is_person(str(v))}
            if name.rpartition(".")[2] in _OFFICERS:
                officers |= people
            elif re.search(
                r"当事人|受送达人|法定代表|经营者|被询问|见证|代理|申请人|姓名|签收", name
            ):
                persons |= people
        for f in r["findings"]:
            for text in (f["message"], *(e.quote for e in f["evidence"]), *f["working"]):
                minors |= _minors(text)
                persons |= _people(text)
    hidden = _names((persons | minors) - officers, minors)
    firm = (
        rf"(?![（(][^）)\n]{{1,8}}[）)][{_HAN}]{{2,}})"  # 华晟（双桥沟）商贸有限公司 is no person
    )
    pattern = (
        re.compile(
            "(?:"
            + "|".join(map(re.escape, sorted(hidden, key=lambda n: (-len(n), n))))
            + ")"
            + firm
        )
        if hidden
        else None
    )

    def mask(text: str) -> str:
        text = str(text)
        own = _names((_people(text) | _minors(text)) - officers - hidden.keys(), _minors(text))
        if pattern:
            text = pattern.sub(lambda m: hidden[m.group(0)], text)
        for n, word in sorted(own.items(), key=lambda x: -len(x[0])):
            text = text.replace(n, word)
        return mask_numbers(text)

    return mask


def _people(text: str) -> set[str]:
    named = (m["n"] or m["m"] for m in _NAMED.finditer(text))
    return {n for n in (*named, *(m["n"] for m in _SPOKEN.finditer(text))) if is_person(n)}


def _minors(text: str) -> set[str]:
    out = {m["n"] for m in _MINOR.finditer(text) if is_person(m["n"])}
    return out | {m["n"] for m in _AGE.finditer(text) if int(m["a"]) < 18 and is_person(m["n"])}


def _names(people: set[str], minors: set[str]) -> dict[str, str]:
    """名字 -> what stands in its place; a second person of one surname gets a number."""
    out: dict[str, str] = {}
    seen: dict[str, int] = {}
    for n in sorted(people):
        s = "未成年人" if n in minors else surname(n) + "某"
        seen[s] = seen.get(s, 0) + 1
        out[n] = s + ("" if seen[s] == 1 else str(seen[s]))
    return out


def mask_numbers(text: str) -> str:
    """Hide numbers, addresses and plates; names are the business of ``masker``. Twice gives the
    same as once.
    """
    flat = text.translate(_HALF)
    spans: list[tuple[int, int, str]] = []

    def put(start: int, end: int, shown: str) -> None:
        if not any(start < e and s < end for s, e, _ in spans):
            spans.append((start, end, shown))

    for m in _ID18.finditer(flat):
        put(*m.span(), _ends(m.group(), 6, 4))
    for m in _ID_NEAR.finditer(flat):
        put(*m.span("v"), _ends(m["v"], 6, 4))
    for m in _CARD_NEAR.finditer(flat):
        put(*m.span("v"), _ends(m["v"], 0, 4))
    for m in _LONG.finditer(flat):
        digits = re.sub(r"\D", "", m.group())
        if not _CERT.search(flat[: m.start()]) and (
            len(digits) >= 16 or id_check(digits) is not None
        ):
            put(*m.span(), _ends(m.group(), 0, 4))
    for m in _MOBILE.finditer(flat):
        if not _CERT.search(flat[max(0, m.start() - 20) : m.start()]):
            put(*m.span(), _ends(m.group().removeprefix("+86").strip(" -"), 3, 4))
    for m in _LANDLINE.finditer(flat):
        put(*m.span(), "*" * 4 + re.sub(r"\D", "", m.group())[-3:])
    for m in _LOCAL.finditer(flat):
        put(*m.span("v"), "*" * 4 + m["v"][-3:])
    for m in _PASS.finditer(flat):
        g = "v" if m["v"] else "w"
        put(*m.span(g), _ends(m[g], 1, 2))
    for m in _PLATE.finditer(flat):
        put(*m.span(), m.group()[:2] + "****" + m.group()[-1])
    for m in _MAIL.finditer(flat):
        put(*m.span(), "****@****")
    for m in _CHAT.finditer(flat):
        put(*m.span("v"), "****")
    for m in _HOME.finditer(flat):
        if (
            re.search(r"[省市县区镇乡村路街巷弄号室栋幢组]", m["v"])
            and not re.search(r"[*＊]{3}", m["v"])
            and not _PREMISES.search(flat[max(0, m.start() - 12) : m.start()])
        ):
            put(*m.span("v"), _district(m["v"]))
    for m in _CHAIN.finditer(flat):
        g = "v" if m["v"] else "w"
        if not _PREMISES.search(flat[max(0, m.start(g) - 12) : m.start(g)]) and not _SHOP.search(
            flat[m.end(g) : m.end(g) + 20]
        ):
            put(*m.span(g), _district(m[g]))
    for start, end, shown in sorted(spans, reverse=True):
        text = text[:start] + shown + text[end:]
    return text


def _ends(value: str, first: int, last: int) -> str:
    bare = re.sub(r"[^0-9A-Za-z]", "", value)
    return bare[:first] + "*" * max(4, len(bare) - first - last) + bare[-last:]


def _district(address: str) -> str:
    """An address down to its district: what stands before the first town, road or village goes no
    further.
    """
    kept = re.match(rf"(?:[{_HAN}]{{2,9}}?{_UNIT}){{0,3}}", address)
    return (kept.group(0) if kept else "") + "****"
