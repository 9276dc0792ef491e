"""A case -> its papers, as plain blocks that the two printers can set. The wording is this
repository's own.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from maker.story import FARM, Case


@dataclass
class Paper:
    """A paper: file title, agency in the head (or ''), printed title, and blocks (kind, …)."""

    name: str
    title: str
    agency: str = ""
    number: str = ""
    blocks: list[tuple[Any, ...]] = field(default_factory=list)
    date: dt.date | None = None


def d(day: dt.date) -> str:
    """2025年3月12日."""
    return f"{day.year}年{day.month}月{day.day}日"


def papers_of(c: Case) -> list[Paper]:
    """All papers in the order of the procedure; faults leave out or change what they name."""
    f = set(c.faults)
    farm = c.unit == FARM
    two = "、".join(n for n, _ in c.officers)
    cert = "、".join(f"{n}（执法证号{no}）" for n, no in c.officers)
    one = c.officers[0][0]
    code_label = "居民身份证号码" if c.personal else "统一社会信用代码"
    who = f"{c.party}"
    penalty = f"罚款人民币{c.capital}（¥{c.fine:,}.00）"
    story = f"当事人于{d(c.on('began'))}至{d(c.on('inspect'))}期间，{c.told}。"
    evidence = ["现场勘验检查笔录", "调查询问笔录", "现场照片", "当事人身份证明"]
    out: list[Paper] = []

    def add(
        name: str,
        title: str,
        *blocks: tuple[Any, ...],
        agency: str = c.unit,
        number: str = "",
        date: dt.date | None = None,
    ) -> None:
        out.append(Paper(name, title, agency, number, list(blocks), date))

    add(
        "案卷封面",
        "行政处罚案卷",
        (
            "form",
            [
                ("案名", f"{who}{c.cause}案"),
                ("当事人", who),
                ("行政处罚决定书文号", c.doc("罚决" if not farm else "罚")),
                ("立案时间", d(c.on("file"))),
                ("结案时间", d(c.on("close"))),
                ("承办人", two),
                ("立卷时间", d(c.on("archive"))),
                ("保管期限", "三十年"),
            ],
        ),
    )
    if "filing.present" not in f:
        boxes = [
            ("案件来源", c.source),
            ("案由", c.cause + "案"),
            ("当事人", who),
            (code_label, c.code),
            ("住所（住址）", c.address),
            ("简要案情", f"{d(c.on('found'))}，执法人员在{c.place}巡查，发现{who}涉嫌{c.cause}。"),
            ("承办人意见", f"建议立案查处。\n承办人：{two}　　{d(c.on('file'))}"),
            ("承办机构意见", f"拟同意。\n{c.head}　　{d(c.on('file'))}"),
            (
                "机关负责人审批意见",
                f"同意立案。\n{'' if 'filing.approved' in f else c.leader}　　{d(c.on('file'))}",
            ),
        ]
        add(
            "受理立案呈批表",
            "受理立案呈批表",
            ("form", boxes),
            number=c.doc("立"),
            date=c.on("file"),
        )
    for title, day, minutes in (
        ("现场勘验检查笔录", c.on("inspect"), ("9时15分", "10时05分")),
        ("调查询问笔录", c.on("ask"), ("14时30分", "15时20分")),
    ):
        inspect = title.startswith("现场")
        challenge = (
            ""
            if "subject.recusal-informed" in f and not inspect
            else "你如果认为我们与本案有利害关系，可以申请我们回避，是否申请？答：不申请。"
        )
        lines = [
            f"时间：{d(day)}{minutes[0]}至{minutes[1]}",
            f"地点：{c.place if inspect else c.unit}",
            f"{'被检查人' if inspect else '被询问人'}：{who if inspect else c.person}",
            f"{'检查人' if inspect else '询问人'}：{cert}　　记录人：{c.officers[1][0]}",
            (
                f"执法人员向{'在场人' if inspect else '你'}出示了行政执法证，请核对。"
                f"答：已核对。{challenge}"
            ),
            (f"检查情况：{c.told}。" if inspect else f"问：请说明情况。答：{c.told}，情况属实。"),
            "以上记录经本人核对，与事实相符。",
        ]
        signers = one if "evidence.record-signed-by-officers" in f and inspect else two
        tail = [
            ("sign", f"{'被检查人' if inspect else '被询问人'}（签名）", c.person, day),
            ("sign", f"{'检查人' if inspect else '询问人'}（签名）", signers, day),
        ]
        add(title, title, *[("line", x) for x in lines], *tail, date=day)
    add(
        "现场照片",
        "现场照片粘贴页",
        ("line", "照片一：现场情况"),
        (
            "line",
            f"拍摄时间：{d(c.on('inspect'))}9时25分　　拍摄地点："
            f"{c.place}　　拍摄人：{c.officers[1][0]}",
        ),
        ("sign", "当事人（签名）", c.person, c.on("inspect")),
        date=c.on("inspect"),
    )
    add(
        "当事人身份证明",
        "居民身份证复印件" if c.personal else "营业执照复印件",
        ("line", f"{'姓名' if c.personal else '名称'}：{who}"),
        ("line", f"{code_label}：{c.code}"),
        ("line", "复印件经核对与原件一致。"),
        ("sign", "提供人", c.person, c.on("ask")),
        ("sign", "核对人", two, c.on("ask")),
        agency="",
        date=c.on("ask"),
    )
    add(
        "责令限期改正通知书",
        "责令限期改正通知书",
        ("line", f"{who}："),
        (
            "para",
            f"{story}上述行为违反了{c.broke}的规定。现责令你（单位）于{d(c.on('recheck'))}前改正。",
        ),
        ("issue", c.unit, c.on("order")),
        number=c.doc("责改"),
        date=c.on("order"),
    )
    add(
        "送达回执（责令限期改正通知书）",
        "送达回执",
        *_receipt("责令限期改正通知书", c.doc("责改"), c, c.on("order"), two),
        date=c.on("order"),
    )
    add(
        "案件调查终结报告",
        "案件调查终结报告",
        ("line", f"案由：{c.cause}案"),
        ("line", f"当事人：{who}"),
        ("line", f"{code_label}：{c.code}"),
        ("para", f"一、违法事实。经查明，{story}"),
        ("para", f"二、证据。{'、'.join(evidence)}。"),
        ("para", f"三、定性和依据。其行为违反了{c.broke}，应当依据{c.ground}给予处罚。"),
        ("para", "四、裁量。当事人初次违法，积极配合，按照裁量基准属于一般情节。"),
        ("para", f"五、处理建议。建议{penalty}。"),
        ("sign", "调查人员", two, c.on("report")),
        date=c.on("report"),
    )
    told = (
        ""
        if "notice.defence-right" in f
        else "你（单位）可以在收到本告知书之日起五个工作日内进行陈述和申辩；"
    )
    hear = (
        "并可以在收到本告知书之日起五个工作日内要求听证；"
        if c.fine >= (10000 if c.personal else 100000) or c.hearing
        else ""
    )
    add(
        "行政处罚权利告知书",
        "行政处罚权利告知书",
        ("line", f"{who}："),
        ("para", f"经查明，{story}"),
        (
            "para",
            (
                f"你（单位）的行为违反了{c.broke}的规定，依据{c.ground}的规定，"
                f"拟对你（单位）作出如下处罚：{penalty}。"
            ),
        ),
        (
            "para",
            f"依照《中华人民共和国行政处罚法》第四十四条、"
            f"第四十五条的规定，{told}{hear}逾期视为放弃。",
        ),
        ("issue", c.unit, c.on("notice")),
        number=c.doc("罚告"),
        date=c.on("notice"),
    )
    add(
        "送达回执（权利告知书）",
        "送达回执",
        *_receipt("行政处罚权利告知书", c.doc("罚告"), c, c.on("notice_served"), two),
        date=c.on("notice_served"),
    )
    if c.hearing:
        add(
            "听证申请",
            "听证申请",
            ("para", f"申请人{who}对拟作出的处罚有不同意见，要求听证。"),
            ("sign", "申请人", c.person, c.on("notice_served") + dt.timedelta(2)),
            agency="",
            date=c.on("notice_served") + dt.timedelta(2),
        )
        presider = one if "hearing.presider-independent" in f else "祝临风"
        add(
            "听证通知书",
            "听证通知书",
            ("line", f"{who}："),
            (
                "para",
                f"本机关定于{d(c.on('hearing'))}9时00分举行听证。"
                f"主持人{presider}，记录员{'简若水'}。",
            ),
            ("issue", c.unit, c.on("hearing_notice")),
            number=c.doc("听通"),
            date=c.on("hearing_notice"),
        )
        add(
            "送达回执（听证通知书）",
            "送达回执",
            *_receipt("听证通知书", c.doc("听通"), c, c.on("hearing_notice"), two),
            date=c.on("hearing_notice"),
        )
        add(
            "听证笔录",
            "听证笔录",
            ("line", f"时间：{d(c.on('hearing'))}9时00分至10时10分"),
            ("line", f"主持人：{presider}　　记录员：简若水"),
            ("line", f"当事人：{who}"),
            ("line", f"案件调查人员：{two}"),
            ("para", f"调查人员陈述了{c.cause}的事实、证据和处罚建议，当事人进行了申辩和质证。"),
            ("sign", "当事人（签名）", c.person, c.on("hearing")),
            ("sign", "主持人（签名）", presider, c.on("hearing")),
            ("sign", "记录员（签名）", "简若水", c.on("hearing")),
            date=c.on("hearing"),
        )
    if c.fine >= 20000 or c.hearing:
        add(
            "法制审核表",
            "法制审核表",
            (
                "form",
                [
                    ("案由", c.cause + "案"),
                    ("承办人", two),
                    (
                        "审核内容",
                        "执法主体和人员资格、执法权限、违法事实和证据、"
                        "适用依据、执法程序、裁量、文书制作、涉嫌犯罪移送",
                    ),
                    (
                        "审核意见",
                        (
                            "经审核，事实清楚，依据正确，程序合法，裁量适当，同意提交审批。"
                            f"\n审核人：{c.reviewer}　　{d(c.on('review'))}"
                        ),
                    ),
                ],
            ),
            date=c.on("review"),
        )
        add(
            "案件合议记录",
            "重大案件集体讨论记录",
            ("line", f"讨论时间：{d(c.on('meeting'))}15时00分至15时40分"),
            ("line", "地点：三楼会议室"),
            ("line", f"主持人：{c.leader}（局长）"),
            (
                "line",
                f"参加人员：{c.leader}（局长）、{c.head}（执法大队负责人）、{c.reviewer}（法制股）",
            ),
            ("line", f"{c.head}：事实清楚，同意承办人意见。"),
            ("line", f"{c.reviewer}：审核没有发现问题，同意。"),
            ("line", f"讨论结论：一致同意对{who}作出{penalty}的处罚。"),
            ("sign", "参加人员（签名）", f"{c.leader}、{c.head}、{c.reviewer}", c.on("meeting")),
            date=c.on("meeting"),
        )
    approved = (
        f"罚款人民币{c.capital}"
        if "decision.amount-consistent" not in f
        else "罚款人民币壹万伍仟元整（¥15,000.00）"
    )
    add(
        "行政处罚决定审批表",
        "行政处罚决定呈批表",
        (
            "form",
            [
                ("当事人", who),
                ("拟用决定书文号", c.doc("罚决" if not farm else "罚")),
                (
                    "承办人意见",
                    (
                        f"当事人初次违法，属于一般情节，建议{approved}。"
                        f"\n承办人：{two}　　{d(c.on('approve'))}"
                    ),
                ),
                ("承办机构意见", f"同意。\n{c.head}　　{d(c.on('approve'))}"),
                ("机关负责人审批意见", f"同意。\n{c.leader}　　{d(c.on('approve'))}"),
            ],
        ),
        date=c.on("approve"),
    )
    county = c.unit[:4] if farm else c.unit[:3]
    suit = "三个月" if "decision.remedies" in f else "六个月"
    heard = f"本机关于{d(c.on('notice_served'))}送达《行政处罚权利告知书》，" + (
        "当事人要求听证，本机关举行了听证。" if c.hearing else "当事人没有提出陈述申辩意见。"
    )
    add(
        "行政处罚决定书",
        "行政处罚决定书",
        ("line", f"当事人：{who}"),
        ("line", f"{code_label}：{c.code}"),
        ("line", f"住所（住址）：{c.address}"),
        *([] if c.personal else [("line", f"法定代表人（负责人）：{c.person}")]),
        ("para", f"经查明，{story}"),
        ("para", f"以上事实有{'、'.join(evidence)}为证。"),
        ("para", heard),
        (
            "para",
            (
                f"本机关认为，当事人的行为违反了{c.broke}的规定。鉴于当事人初次违法且积极配合，"
                f"按照裁量基准属于一般情节，依据{c.ground}的规定，决定处罚如下："
            ),
        ),
        ("para", f"{penalty}。"),
        (
            "para",
            (
                "当事人应当自收到本决定书之日起十五日内到芦汀农村商业银行营业网点缴纳罚款；"
                "逾期不缴纳的，"
                "每日按罚款数额的百分之三加处罚款。"
                if not farm
                else (
                    "当事人应当自收到本决定书之日起十五日内到栖霞岭农村信用社缴纳罚款；"
                    "逾期不缴纳的，"
                    "每日按罚款数额的百分之三加处罚款。"
                )
            ),
        ),
        (
            "para",
            (
                "当事人对本决定不服的，"
                f"可以自收到本决定书之日起六十日内向{county}人民政府申请行政复议，"
                f"或者自收到本决定书之日起{suit}内向{county}人民法院提起行政诉讼。"
            ),
        ),
        ("issue", c.unit, c.on("decide")),
        number=c.doc("罚决" if not farm else "罚"),
        date=c.on("decide"),
    )
    add(
        "送达回执（行政处罚决定书）",
        "送达回执",
        *_receipt("行政处罚决定书", c.doc("罚决" if not farm else "罚"), c, c.on("served"), two),
        date=c.on("served"),
    )
    personal = (
        [("身份证号", c.code)]
        if c.personal and "publicity.privacy-masked" in f
        else [("身份证号", c.code[:4] + "**********" + c.code[-2:])]
        if c.personal
        else []
    )
    add(
        "行政处罚信息公示表",
        "行政处罚信息公示表",
        (
            "form",
            [
                ("行政相对人名称", who),
                *personal,
                ("决定书文号", c.doc("罚决" if not farm else "罚")),
                ("处罚内容", penalty),
                ("处罚决定日期", d(c.on("decide"))),
                ("公示日期", d(c.on("publish"))),
                ("公示网址", "本县行政执法公示专栏"),
            ],
        ),
        date=c.on("publish"),
    )
    paid = c.fine // 2 if "execution.payment-matches" in f else c.fine
    add(
        "非税收入缴款书",
        "非税收入一般缴款书",
        (
            "form",
            [
                ("缴款日期", d(c.on("pay"))),
                ("缴款人", who),
                ("项目", "罚款"),
                ("金额合计", f"¥{paid:,}.00"),
                ("备注", f"决定书文号：{c.doc('罚决' if not farm else '罚')}"),
            ],
        ),
        agency="",
        date=c.on("pay"),
    )
    add(
        "整改复查记录",
        "整改复查记录",
        ("line", f"复查时间：{d(c.on('recheck'))}10时00分至10时20分"),
        ("line", f"当事人：{who}"),
        ("line", f"复查人员：{cert}"),
        ("line", "复查情况：已经停止违法行为并改正。"),
        ("sign", "当事人（签名）", c.person, c.on("recheck")),
        ("sign", "复查人员（签名）", two, c.on("recheck")),
        date=c.on("recheck"),
    )
    if "recording.av-described" not in f:
        add(
            "音像资料清单",
            "执法音像记录清单",
            (
                "table",
                ["序号", "文件名", "时间", "地点", "制作人", "内容"],
                [
                    [
                        "1",
                        _recording(c),
                        d(c.on("inspect")) + "9时16分",
                        c.place,
                        c.officers[1][0],
                        "现场检查过程",
                    ],
                    *(
                        [
                            [
                                "2",
                                f"听证{c.on('hearing'):%Y%m%d}.wav",
                                d(c.on("hearing")) + "9时00分",
                                "三楼会议室",
                                c.officers[1][0],
                                "听证过程",
                            ]
                        ]
                        if c.hearing
                        else []
                    ),
                ],
            ),
            date=c.on("close"),
        )
    blank = "　　年　　月　　日" if "archive.no-blank-fields" in f else d(c.on("close"))
    add(
        "结案报告",
        "行政处罚结案报告",
        (
            "form",
            [
                ("案由", c.cause + "案"),
                ("当事人", who),
                ("执行情况", f"罚款已于{d(c.on('pay'))}缴清，违法行为已经改正。"),
                ("复核日期", blank),
                ("承办人意见", f"建议结案。\n承办人：{two}　　{d(c.on('close'))}"),
                ("机关负责人审批意见", f"同意结案。\n{c.leader}　　{d(c.on('close'))}"),
            ],
        ),
        number=c.doc("结"),
        date=c.on("close"),
    )
    add(
        "卷内备考表",
        "卷内备考表",
        ("line", "本卷文书齐全，没有缺页。"),
        ("sign", "立卷人", c.officers[1][0], c.on("archive")),
        ("sign", "检查人", c.reviewer, c.on("archive")),
        agency="",
    )
    return out


def _receipt(title: str, number: str, c: Case, day: dt.date, two: str) -> list[tuple[Any, ...]]:
    return [
        (
            "form",
            [
                ("送达文书", f"《{title}》{number}"),
                ("受送达人", c.party),
                ("送达地点", c.address),
                ("送达方式", "直接送达"),
                ("送达时间", d(day) + "10时20分"),
                ("受送达人签收", f"{c.person}　　{d(day)}"),
                ("送达人", f"{two}　　{d(day)}"),
                ("备注", ""),
            ],
        ),
        ("seal",),
    ]


def _recording(c: Case) -> str:
    return f"现场检查{c.on('inspect'):%Y%m%d}.wav"


recording_name = _recording
