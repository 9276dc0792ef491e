"""Numbers, addresses, plates and accounts that belong to a person: found and hidden in any text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

from casereview.chinese import HAN, id_check
from casereview.privacy.words import either
from casereview.settings import rules_folder

Hidden = tuple[int, int, str]  # start, end, what stands there instead

_HALF = {c: c - 0xFEE0 for c in range(0xFF01, 0xFF5F)} | {
    0x3000: 0x20,
    0x2014: 0x2D,
    0x2013: 0x2D,
    0x2212: 0x2D,
    0x00A0: 0x20,
}
_S = r"[ \t\-]?"
_ID18 = re.compile(
    rf"(?<![0-9A-Za-z])[1-9](?:{_S}\d){{5}}{_S}(?:(?:1{_S}[89]|2{_S}0)(?:{_S}\d){{2}})"
    rf"(?:{_S}\d){{7}}{_S}[\dXx](?![0-9A-Za-z])"
)
_ID_NEAR = re.compile(
    r"(?:身份证(?:件)?|公民身份|证件)(?:号码|号)?[^\dA-Za-z]{0,12}"
    rf"(?P<v>\d(?:{_S}\d){{13,16}}{_S}[\dXx])(?![0-9A-Za-z])"
)
_LONG = re.compile(rf"(?<![0-9A-Za-z〔\[])\d(?:{_S}\d){{14,18}}(?![0-9A-Za-z])")
_CARD_NEAR = re.compile(
    r"(?:账号|帐号|账户|帐户|卡号|银行卡|储蓄卡|存折|开户行[^\d]{0,20})[^\d]{0,14}"
    rf"(?P<v>\d(?:{_S}\d){{7,29}})(?!\d)"
)
_MOBILE = re.compile(rf"(?<![0-9A-Za-z])(?:\+?86{_S})?1[3-9](?:{_S}\d){{9}}(?!\d)")
_LANDLINE = re.compile(
    r"(?<![0-9A-Za-z])(?:\(0\d{2,3}\)|0\d{2,3}[ \-])\s?[2-9]\d{6,7}(?:(?:转|-)\d{1,5})?(?!\d)"
    r"|(?<![0-9A-Za-z])0(?:10|2\d|[3-9]\d{2})[2-9]\d{6,7}(?!\d)"
)
_LOCAL = re.compile(
    r"(?:电话|座机|手机|联系方式|传真|热线)(?:号码)?[：:\s为是]{0,4}(?P<v>[2-9]\d{6,7})(?!\d)"
)
_PASS = re.compile(
    r"(?:护照|通行证|港澳|台胞证|军官证|驾驶证|居留)[^0-9A-Za-z]{0,10}"
    r"(?P<v>[A-Za-z]{0,2}\d{6,12})(?!\d)"
    r"|(?<![0-9A-Za-z])(?P<w>(?:E[A-HJ-NP-Z]\d{7}|[EGDSPHM]\d{8}(?:\d{2})?))(?![0-9A-Za-z])"
)
_PROVINCE = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE = re.compile(
    rf"[{_PROVINCE}][A-Za-z][ ·•.\-]?(?=[A-Za-z\d]{{0,5}}\d)[A-HJ-NP-Za-hj-np-z\d]{{5,6}}"
    r"[挂学警港澳]?(?![0-9A-Za-z])"
    rf"|[{_PROVINCE}][A-Za-z][ ·•.\-]?[A-HJ-NP-Za-hj-np-z\d]{{4}}[挂学警港澳]"
)
_MAIL = re.compile(r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+")
_CHAT = re.compile(
    r"(?:微信|QQ|qq|支付宝)(?:号|账号|帐号)?[：:\s为是]{0,4}(?P<v>[A-Za-z0-9_\-]{5,20})"
)
_UNIT = r"(?:省|自治区|自治州|地区|盟|市|县|区|旗)"
_ROAD = r"(?:镇|乡|街道|路|街|巷|弄|道|大道|村|社区|小区|苑|庄|屯|里|花园|新村|公寓|家园)"
_CHAIN = re.compile(
    rf"(?P<v>(?:[{HAN}]{{2,9}}{_UNIT}){{0,3}}[{HAN}\d]{{1,12}}{_ROAD}[{HAN}A-Za-z\d\-#]{{0,24}}?"
    r"\d{1,5}(?:号|栋|幢|室|组|户|单元|楼|弄)"
    r"(?:[A-Za-z\d\-零一二三四五六七八九十]{1,6}(?:号楼|号|栋|幢|室|户|单元|楼|层|座))*)"
    rf"|(?P<w>(?:[{HAN}]{{2,9}}{_UNIT}){{0,3}}[{HAN}\d]{{1,12}}(?:村|庄|屯|社区)[{HAN}]{{0,8}}?"
    r"[一二三四五六七八九十\d]{1,3}(?:组|社|队|户)(?:[\d一二三四五六七八九十]{1,4}号)?)"
)
_PLACE = re.compile(r"[省市县区镇乡村路街巷弄号室栋幢组]")
_DISTRICT = re.compile(rf"(?:[{HAN}]{{2,9}}?{_UNIT}){{0,3}}")
_NEAR = 12  # characters before an address in which its label stands


@lru_cache(maxsize=4)
def _labels(_folder: Path) -> dict[str, re.Pattern[str]]:
    """Patterns made of the word lists: home, premises, shop, certificate."""
    before = r"[：:\s为在于是]{0,3}"
    return {
        "home": re.compile(
            rf"(?:{either('住址栏目')}|(?<![{HAN}])住){before}"
            r"(?P<v>[^\n，,。；;、（(）)|〔〕\[\]]{3,60})"
        ),
        "premises": re.compile(rf"(?:{either('场所栏目')}){before}$"),
        "shop": re.compile(rf"^[{HAN}]{{0,14}}(?:{either('场所用词')})"),
        "certificate": re.compile(
            rf"(?:{either('编号栏目')})(?:(?!电话|手机|联系|拨打|微信)[^\d；;。，,+]){{0,12}}$"
        ),
    }


def mask_numbers(text: str) -> str:
    """Hide numbers, addresses and plates; names are the business of ``masker``. Twice gives the
    same as once.
    """
    flat = text.translate(_HALF)
    spans: list[Hidden] = []
    for find in _FINDERS:
        for start, end, shown in find(flat):
            if not any(start < e and s < end for s, e, _ in spans):
                spans.append((start, end, shown))
    for start, end, shown in sorted(spans, reverse=True):
        text = text[:start] + shown + text[end:]
    return text


def _identity(flat: str) -> Iterator[Hidden]:
    """Resident IDs, also of fifteen digits behind a label."""
    for m in _ID18.finditer(flat):
        yield *m.span(), _ends(m.group(), 6, 4)
    for m in _ID_NEAR.finditer(flat):
        yield *m.span("v"), _ends(m["v"], 6, 4)


def _accounts(flat: str) -> Iterator[Hidden]:
    """Bank accounts: behind a label, or long numbers that are no number of a paper."""
    for m in _CARD_NEAR.finditer(flat):
        yield *m.span("v"), _ends(m["v"], 0, 4)
    certificate = _labels(rules_folder())["certificate"]
    for m in _LONG.finditer(flat):
        digits = re.sub(r"\D", "", m.group())
        known = len(digits) >= 16 or id_check(digits) is not None
        if known and not certificate.search(flat[: m.start()]):
            yield *m.span(), _ends(m.group(), 0, 4)


def _phones(flat: str) -> Iterator[Hidden]:
    """Mobile and fixed telephones."""
    certificate = _labels(rules_folder())["certificate"]
    for m in _MOBILE.finditer(flat):
        if not certificate.search(flat[max(0, m.start() - 20) : m.start()]):
            yield *m.span(), _ends(m.group().removeprefix("+86").strip(" -"), 3, 4)
    for m in _LANDLINE.finditer(flat):
        yield *m.span(), "*" * 4 + re.sub(r"\D", "", m.group())[-3:]
    for m in _LOCAL.finditer(flat):
        yield *m.span("v"), "*" * 4 + m["v"][-3:]


def _others(flat: str) -> Iterator[Hidden]:
    """Passports, plates, mail and chat accounts."""
    for m in _PASS.finditer(flat):
        group = "v" if m["v"] else "w"
        yield *m.span(group), _ends(m[group], 1, 2)
    for m in _PLATE.finditer(flat):
        yield *m.span(), m.group()[:2] + "****" + m.group()[-1]
    for m in _MAIL.finditer(flat):
        yield *m.span(), "****@****"
    for m in _CHAT.finditer(flat):
        yield *m.span("v"), "****"


def _addresses(flat: str) -> Iterator[Hidden]:
    """Homes, behind a label or by their chain of places; premises of a business stay."""
    labels = _labels(rules_folder())
    for m in labels["home"].finditer(flat):
        shown = re.search(r"[*＊]{3}", m["v"]) or _is_premises(flat, m.start())
        if _PLACE.search(m["v"]) and not shown:
            yield *m.span("v"), _district(m["v"])
    for m in _CHAIN.finditer(flat):
        group = "v" if m["v"] else "w"
        shop = labels["shop"].search(flat[m.end(group) : m.end(group) + 20])
        if not shop and not _is_premises(flat, m.start(group)):
            yield *m.span(group), _district(m[group])


def _is_premises(flat: str, at: int) -> bool:
    premises = _labels(rules_folder())["premises"]
    return bool(premises.search(flat[max(0, at - _NEAR) : at]))


_FINDERS: tuple[Callable[[str], Iterator[Hidden]], ...] = (
    _identity,
    _accounts,
    _phones,
    _others,
    _addresses,
)


def _ends(value: str, first: int, last: int) -> str:
    bare = re.sub(r"[^0-9A-Za-z]", "", value)
    return bare[:first] + "*" * max(4, len(bare) - first - last) + bare[-last:]


def _district(address: str) -> str:
    """An address down to its district: what stands before the first town, road or village goes no
    further.
    """
    kept = _DISTRICT.match(address)
    return (kept.group(0) if kept else "") + "****"
