"""How dates, sums, articles and numbers are written, and numbers with check digits."""

from __future__ import annotations

import datetime as dt
import random

DIGITS = "〇一二三四五六七八九"
CAPITALS = "零壹贰叁肆伍陆柒捌玖"
CODE_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def numeral(n: int) -> str:
    """12 -> 十二, 105 -> 一百零五 (below a thousand)."""
    hundreds, rest = divmod(n, 100)
    tens, ones = divmod(rest, 10)
    text = DIGITS[hundreds] + "百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (DIGITS[ones] if ones else "")


def article(law: str, where: list[int], brackets: bool) -> str:
    """《law》第三十四条第一款第（十）项; nothing after the law when where is empty."""
    text = f"《{law}》"
    for n, unit in zip(where, "条款项", strict=False):
        if n and unit == "项" and brackets:
            text += f"第（{numeral(n)}）项"
        elif n:
            text += f"第{numeral(n)}{unit}"
    return text


def date_text(day: dt.date, style: str) -> str:
    """A date in the style of a house."""
    y, m, d = day.year, day.month, day.day
    if style == "汉字":
        return f"{''.join(DIGITS[int(c)] for c in str(y))}年{numeral(m)}月{numeral(d)}日"
    if style == "补零年月日":
        return f"{y}年{m:02d}月{d:02d}日"
    if style == "空格年月日":
        return f"{y} 年 {m} 月 {d} 日"
    if style == "横线":
        return day.isoformat()
    if style == "补零空格":
        return f"{y} 年 {m:02d} 月 {d:02d} 日"
    if style == "点":
        return f"{y}.{m}.{d}"
    if style == "点补零":
        return f"{y}.{m:02d}.{d:02d}"
    if style == "斜线":
        return f"{y}/{m}/{d}"
    return f"{y}年{m}月{d}日"


def clock_text(time: str, style: str) -> str:
    """09:05 -> 9时05分 (时分), 上午9时05分 (上下午), 9点05分 (点分), 09：05 (全角), or as it is."""
    hour, minute = (int(x) for x in time.split(":"))
    if style == "时分":
        return f"{hour}时{minute:02d}分"
    if style == "上下午":
        half = "上午" if hour < 12 else "下午"
        return f"{half}{hour if hour <= 12 else hour - 12}时{minute:02d}分"
    if style == "点分":
        return f"{hour}点{minute:02d}分"
    if style == "全角":
        return f"{hour:02d}：{minute:02d}"
    return time


def capital(amount: int) -> str:
    """50300 -> 伍万零叁佰元整."""
    text, zero = "", False
    digits = str(amount)
    for i, c in enumerate(digits):
        place = len(digits) - i - 1
        n = int(c)
        if n:
            text += (
                ("零" if zero and text else "") + CAPITALS[n] + ("", "拾", "佰", "仟")[place % 4]
            )
            zero = False
        else:
            zero = True
        if place == 4 and int(digits[: i + 1]):
            text += "万"
            zero = zero and False
    return text + "元整"


def credit_code(rng: random.Random, trader: bool) -> str:
    """A unified credit code with a right check sign (GB 32100) of a trader (92) or a firm (91); the
    area does not exist.
    """
    body = "9249" if trader else "9149"
    body += "".join(rng.choice("0123456789") for _ in range(4))
    body += "MA" + "".join(rng.choice(CODE_SIGNS) for _ in range(7))
    total = sum(CODE_SIGNS.index(c) * pow(3, i, 31) for i, c in enumerate(body))
    return body + CODE_SIGNS[(31 - total % 31) % 31]


def person_number(rng: random.Random) -> str:
    """A citizen number with a right check sign (GB 11643); the area does not exist."""
    born = dt.date(1962, 1, 1) + dt.timedelta(days=rng.randrange(14000))
    body = f"49{rng.randrange(1000, 9999)}{born:%Y%m%d}{rng.randrange(100, 999)}"
    total = sum(int(c) * w for c, w in zip(body, ID_WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def wrong_check_sign(number: str) -> str:
    """The same number with another last sign."""
    signs = "0123456789"
    at = signs.find(number[-1])
    return number[:-1] + signs[(at + 3) % 10]
