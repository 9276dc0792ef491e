"""Personal data planted in many forms, all invented: (kind, sentence, what must not be readable in
any paper that leaves the office).
"""

from __future__ import annotations

import random

_W = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
_FULL = str.maketrans("0123456789", "０１２３４５６７８９")
NAMES = (
    "封小川 欧阳静 庄大山 贺兰芝 司马南风 魏长河 卜一凡 祁红 邬建国 钟离春 阎玉 柏树青 窦娥"
    " 管平 宓云".split()
)


def resident(rnd: random.Random, year: int) -> str:
    """A resident ID with a right check digit; area 99 does not exist."""
    area = f"99{rnd.randrange(10, 99)}{rnd.randrange(10, 99)}"
    day = f"{year}{rnd.randrange(1, 13):02d}{rnd.randrange(1, 28):02d}"
    body = f"{area}{day}{rnd.randrange(100, 999)}"
    return body + "10X98765432"[sum(int(a) * w for a, w in zip(body, _W, strict=True)) % 11]


def _digits(rnd: random.Random, n: int) -> str:
    return str(rnd.randrange(1, 10)) + "".join(str(rnd.randrange(10)) for _ in range(n - 1))


def _grouped(text: str, n: int, by: str = " ") -> str:
    return by.join(text[i : i + n] for i in range(0, len(text), n))


def planted(seed: int = 20261126) -> list[tuple[str, str, str]]:
    """Three hundred and some, the same every time for a seed."""
    rnd = random.Random(seed)
    out: list[tuple[str, str, str]] = []
    for i in range(60):
        v = resident(rnd, rnd.randrange(1950, 2005))
        text = (
            f"身份证号码：{v}",
            f"（{v}）",
            f"公民身份号码{_grouped(v, 6)}",
            f"证件号 {v.translate(_FULL)}",
            f"身份证{v[:6]} {v[6:14]} {v[14:]}，汉族",
            f"当事人身份证号为{v.lower()}。",
            f"身份证号:{v[:14]}-{v[14:]}",
        )[i % 7]
        out.append(("身份证", text, v))
    for _ in range(10):
        v = _digits(rnd, 15)
        out.append(("身份证", f"身份证号（一代）{v}", v))
    for i in range(50):
        v = "1" + rnd.choice("3456789") + _digits(rnd, 9)
        text = (
            f"联系电话：{v}",
            f"手机{v[:3]} {v[3:7]} {v[7:]}",
            f"电话 {v[:3]}-{v[3:7]}-{v[7:]}",
            f"+86{v}",
            f"拨打{v}联系本人",
            f"电话：{v.translate(_FULL)}",
            f"+86 {v}（微信同号）",
        )[i % 7]
        out.append(("手机", text, v))
    for i in range(24):
        area, v = rnd.choice(("0551", "010", "0992", "021")), _digits(rnd, 7).replace("1", "6")
        v = ("6" if v[0] == "0" else v[0]) + v[1:]
        text = (f"电话：{area}-{v}", f"（{area}）{v}", f"座机{area} {v}", f"联系电话：{v}")[i % 4]
        out.append(("座机", text, v))
    for i in range(36):
        v = "62" + _digits(rnd, 17 if i % 2 else 14)
        text = (
            f"银行账号：{v}",
            f"卡号{_grouped(v, 4)}",
            f"汇入{v}账户",
            f"开户行某银行，帐号 {_grouped(v, 4, '-')}",
            f"账户{v.translate(_FULL)}",
        )[i % 5]
        out.append(("银行", text, v))
    for i in range(66):
        n, m, k = rnd.randrange(11, 99), rnd.randrange(2, 30), rnd.randrange(101, 999)
        tail = (
            f"柳树巷{n}号",
            f"乌桕乡石门村{'一二三四五六七八九'[n % 9]}组{m}号",
            f"望江路{n}号绿地小区{m}栋{k}室",
            f"白鹭镇大圩村{n}号",
            f"幸福里{m}幢{n % 5 + 1}单元{k}",
            f"建设路{n}弄{m}号{k}室",
        )[i % 6]
        where = ("栖霞岭县", "南澜省平昌市凤鸣区", "芦汀县", "")[i % 4]
        text = (
            f"住址：{where}{tail}",
            f"家住{where}{tail}，务农",
            f"住{where}{tail}。",
            f"户籍地址为{where}{tail}",
            f"现住{where}{tail}",
            f"送达地址：{where}{tail}",
            f"其住所地在{where}{tail}；",
        )[i % 7]
        out.append(("住址", text, tail))
    for i in range(24):
        v = rnd.choice("皖苏浙鲁") + rnd.choice("ABCDE")
        rest = rnd.choice("ABCDEFGH") + _digits(rnd, 4) if i % 3 else _digits(rnd, 5)
        rest = "D" + _digits(rnd, 5) if i % 4 == 3 else rest
        out.append(
            (
                "车牌",
                (
                    f"驾驶{v}{rest}号货车",
                    f"车牌号：{v}·{rest}",
                    f"{v}-{rest}",
                    f"{v} {rest}（蓝色）",
                )[i % 4],
                rest,
            )
        )
    for i in range(12):
        v = rnd.choice("EG") + _digits(rnd, 8)
        out.append(
            (
                "护照",
                (f"护照号码 {v}", f"持{v}号护照", f"港澳居民来往内地通行证H{v[1:]}")[i % 3],
                v[1:],
            )
        )
    for i in range(10):
        v = f"user{_digits(rnd, 5)}"
        out.append(("网络", (f"邮箱 {v}@example.com", f"微信号：{v}")[i % 2], v))
    for i, name in enumerate(NAMES):
        text = (
            f"当事人：{name}",
            f"被询问人{name}（签名）",
            f"经营者：{name}，男",
            f"见证人{name}在场",
            f"{name}，女，汉族，务农",
        )[i % 5]
        out.append(("姓名", text, name))
    out += [
        ("未成年人", "华子轩，男，2012年3月生，现年13岁", "华子轩"),
        ("未成年人", "未成年人方一诺在场", "方一诺"),
    ]
    return out


def a_thousand() -> list[tuple[str, str, str]]:
    """One thousand values of all kinds, no two alike."""
    rows = {row[2]: row for seed in range(20261126, 20261132) for row in planted(seed)}
    return list(rows.values())[:1000]


KEPT = (
    "芦水罚决〔2025〕11号",
    "91990101MA0QW1E2R5",
    "执法证号 99010112001",
    "2025年3月12日",
    "罚款20000元",
    "《中华人民共和国水法》第三十八条第一款",
    "经营场所：芦汀县临江镇渡口路18号",
    "第 12 页",
    "芦汀县禾盛建材厂",
    "望住建罚决字〔2023〕第3号",
    "缴款书编号 20250612345678901",
)
