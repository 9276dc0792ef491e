"""Houses: the stories of the samples in the words and forms of offices that the program was not
made with. All invented.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "samples"))

from maker.papers import Paper, papers_of, recording_name  # noqa: E402
from maker.story import CASES, FARM, WATER, Case  # noqa: E402
from maker.word import catalogue, photo, row, sound, to_docx  # noqa: E402

FIRST = {
    "行政处罚案卷": "行政执法案卷（正卷）",
    "立案时间": "立案日期",
    "结案时间": "办结日期",
    "立卷时间": "装订日期",
    "保管期限": "保存期限",
    "案名": "案件名称",
    "行政处罚决定书文号": "处罚决定文号",
    "受理立案呈批表": "立案审批报告",
    "案件来源": "线索来源",
    "简要案情": "案情摘要",
    "承办人意见": "经办人意见",
    "承办机构意见": "执法大队意见",
    "机关负责人审批意见": "局领导批示",
    "承办人": "经办人",
    "现场勘验检查笔录": "现场检查（勘验）记录",
    "被检查人": "受检查单位（人）",
    "检查人": "执法检查人员",
    "记录人": "记录员",
    "调查询问笔录": "调查笔录",
    "被询问人": "被调查人",
    "询问人": "调查人",
    "现场照片粘贴页": "取证照片",
    "责令限期改正通知书": "责令整改通知书",
    "送达回执": "送达证",
    "案件调查终结报告": "案件调查报告书",
    "行政处罚权利告知书": "行政处罚意见告知书",
    "法制审核表": "重大行政执法决定法制审核意见表",
    "重大案件集体讨论记录": "案审会讨论记录",
    "案件合议记录": "案审会讨论记录",
    "参加人员": "出席人员",
    "讨论结论": "会议决定",
    "行政处罚决定呈批表": "处罚审批单",
    "行政处罚决定审批表": "处罚审批单",
    "行政处罚信息公示表": "处罚结果公示单",
    "非税收入一般缴款书": "罚没收入专用票据",
    "非税收入缴款书": "罚没收入专用票据",
    "整改复查记录": "责令改正情况核查表",
    "复查时间": "核查时间",
    "复查人员": "核查人员",
    "复查情况": "核查情况",
    "执法音像记录清单": "视听资料目录",
    "音像资料清单": "视听资料目录",
    "行政处罚结案报告": "案件终结审批表",
    "结案报告": "案件终结审批表",
    "卷内备考表": "备考说明",
    "案卷封面": "封面",
    "送达文书": "所送文书名称及文号",
    "受送达人签收": "收件人签名及日期",
    "送达时间": "送达日期",
    "送达人": "送件人",
    "公示日期": "公开日期",
    "行政相对人名称": "被处罚人",
    "处罚决定日期": "决定日期",
    "缴款人": "交款单位",
    "金额合计": "合计金额",
    "缴款日期": "开票日期",
    "提供人": "证据提供人",
}
SECOND = {
    "行政处罚案卷": "行政处罚卷宗",
    "立案时间": "立案年月日",
    "结案时间": "结案年月日",
    "立卷时间": "归档年月日",
    "保管期限": "保管年限",
    "案名": "题名",
    "行政处罚决定书文号": "决定书字号",
    "受理立案呈批表": "行政处罚立案登记表",
    "案件来源": "案源",
    "简要案情": "主要案情",
    "承办人意见": "办案人员意见",
    "承办机构意见": "办案机构负责人意见",
    "机关负责人审批意见": "分管领导意见",
    "承办人": "办案人员",
    "现场勘验检查笔录": "检查笔录",
    "被检查人": "当事人或者在场人",
    "检查人": "检查人员",
    "记录人": "记录",
    "调查询问笔录": "询问（调查）笔录",
    "被询问人": "被询问（调查）人",
    "询问人": "询问人员",
    "现场照片粘贴页": "照片证据",
    "责令限期改正通知书": "限期改正决定书",
    "送达回执": "文书送达回证",
    "案件调查终结报告": "调查终结审查意见书",
    "行政处罚权利告知书": "行政处罚先行告知书",
    "法制审核表": "行政处罚法制审核书",
    "重大案件集体讨论记录": "行政处罚集体研究笔录",
    "案件合议记录": "行政处罚集体研究笔录",
    "参加人员": "参会人员",
    "讨论结论": "研究结果",
    "行政处罚决定呈批表": "行政处罚审批表",
    "行政处罚决定审批表": "行政处罚审批表",
    "行政处罚信息公示表": "信用公示截图",
    "非税收入一般缴款书": "缴款回单",
    "非税收入缴款书": "缴款回单",
    "整改复查记录": "复查意见书",
    "执法音像记录清单": "音视频资料说明",
    "音像资料清单": "音视频资料说明",
    "行政处罚结案报告": "行政处罚结案审批表",
    "结案报告": "行政处罚结案审批表",
    "卷内备考表": "卷末备考表",
    "案卷封面": "卷皮",
    "送达文书": "文书名称、文号",
    "受送达人签收": "受送达人签名或者盖章",
    "送达时间": "送达时间及地点",
    "送达人": "执行送达人员",
    "公示日期": "发布日期",
    "行政相对人名称": "相对人名称",
    "缴款人": "付款人",
    "金额合计": "金额（大小写）",
    "缴款日期": "交易日期",
    "提供人": "提供者",
}
_HAN = "〇一二三四五六七八九"


def dotted(y: int, m: int, day: int) -> str:
    """2025.6.3 and a gap."""
    return f"{y}.{m}.{day} "


def in_words(y: int, m: int, day: int) -> str:
    """二〇二五年六月三日."""

    def n(k: int) -> str:
        return ("" if k < 10 else "十" if k < 20 else _HAN[k // 10] + "十") + (
            "" if k % 10 == 0 else _HAN[k % 10]
        )

    return "".join(_HAN[int(c)] for c in str(y)) + f"年{n(m)}月{n(day)}日"


def reworded(
    words: dict[str, str], day: Callable[[int, int, int], str] | None, flat: bool
) -> Callable[[Case], list[Paper]]:
    """The papers of the samples in other words; dates written by ``day``; forms as lines when
    ``flat``.
    """
    pattern = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))

    def change(x: object) -> object:
        if isinstance(x, str):
            x = pattern.sub(lambda m: words[m.group(0)], x)
            return (
                re.sub(r"(\d{4})年(\d{1,2})月(\d{1,2})日", lambda m: day(*map(int, m.groups())), x)
                if day
                else x
            )
        return type(x)(change(y) for y in x) if isinstance(x, (list, tuple)) else x

    def papers(c: Case) -> list[Paper]:
        out = []
        for p in papers_of(c):
            blocks: list[tuple] = []
            for b in map(change, map(tuple, p.blocks)):
                if flat and b[0] == "form":
                    blocks += [
                        ("line", (f"{k}：" if i == 0 else "") + line)
                        for k, v in b[1]
                        for i, line in enumerate(v.split("\n"))
                    ]
                else:
                    blocks.append(b)
            out.append(
                dataclasses.replace(p, name=change(p.name), title=change(p.title), blocks=blocks)
            )
        return out

    return papers


def d(day: dt.date) -> str:
    """2025年3月12日."""
    return f"{day.year}年{day.month}月{day.day}日"


def other_prose(c: Case) -> list[Paper]:
    """House of its own: other forms, other sentences, officers on a line each, sections in the
    decision.
    """
    f = set(c.faults)
    two = "、".join(n for n, _ in c.officers)
    a, b = c.officers
    out: list[Paper] = []
    county = c.unit[:3] if c.unit == WATER else c.unit[:4]
    no = c.doc("罚决" if c.unit == WATER else "罚")

    def add(name, title, *blocks, agency=c.unit, number="", date=None):
        out.append(Paper(name, title, agency, number, list(blocks), date))

    add(
        "案卷封面",
        "行政执法案卷",
        (
            "form",
            [
                ("执法机关", c.unit),
                ("案件题名", f"{c.party}涉嫌{c.cause}一案"),
                ("相对人", c.party),
                ("处罚决定书编号", no),
                ("立案", d(c.on("file"))),
                ("结案", d(c.on("close"))),
                ("主办人", a[0]),
                ("协办人", b[0]),
                ("归档日期", d(c.on("archive"))),
                ("保管期限", "长期"),
            ],
        ),
        agency="",
    )
    if "filing.present" not in f:
        add(
            "立案审批表",
            "行政处罚案件立案审批表",
            (
                "form",
                [
                    ("案由", f"涉嫌{c.cause}"),
                    ("案件来源", c.source),
                    (
                        "当事人基本情况",
                        f"名称（姓名）：{c.party}；证件号码：{c.code}；地址：{c.address}",
                    ),
                    (
                        "案情简介和立案理由",
                        (
                            f"本局执法人员{d(c.on('found'))}在{c.place}检查时发现，"
                            f"{c.party}{c.told}。"
                            "上述行为涉嫌违法，建议立案调查。"
                        ),
                    ),
                    ("承办人员签名", f"{a[0]}、{b[0]}\n{d(c.on('file'))}"),
                    (
                        "执法机构负责人审核意见",
                        f"情况属实，建议立案。\n签名：{c.head}\n{d(c.on('file'))}",
                    ),
                    (
                        "行政机关负责人批准意见",
                        (
                            "准予立案。"
                            f"\n签名："
                            f"{'' if 'filing.approved' in f else c.leader}\n{d(c.on('file'))}"
                        ),
                    ),
                ],
            ),
            number=c.doc("立案"),
            date=c.on("file"),
        )
    for insp in (True, False):
        day = c.on("inspect") if insp else c.on("ask")
        title = "现场检查笔录" if insp else "询问笔录"
        L = [
            (
                f"检查时间：{d(day)}9时15分至{d(day)}10时05分"
                if insp
                else f"询问时间：{d(day)}14时30分至{d(day)}15时20分"
            ),
            f"检查地点：{c.place}" if insp else f"询问地点：{c.unit}办公室",
            (
                f"当事人：{c.party}　　现场负责人：{c.person}"
                if insp
                else f"被询问人：{c.person}　　性别：男　　工作单位：{c.party}"
            ),
            f"执法人员：{a[0]}　　执法证件号：{a[1]}",
            f"执法人员：{b[0]}　　执法证件号：{b[1]}",
            f"记录人：{b[0]}",
        ]
        say = f"我们是{c.unit}执法人员{a[0]}、{b[0]}，这是我们的执法证件，请你过目。" + (
            ""
            if "subject.recusal-informed" in f and not insp
            else "依照法律规定，你认为我们与本案有直接利害关系的，"
            "有权要求我们回避。你听清楚了吗？是否要求回避？"
        )
        body = [
            f"告知事项：{say}",
            (
                "当事人确认：看清了，听清了，不要求回避。"
                if not ("subject.recusal-informed" in f and not insp)
                else "当事人确认：看清了。"
            ),
        ]
        body += (
            [f"检查情况：经现场检查，{c.told}。现场拍摄照片，并对检查过程全程录像。"]
            if insp
            else [
                "问：你单位的情况请讲一下。",
                f"答：我是负责人，{c.told}。",
                "问：还有什么要补充的吗？",
                "答：没有了。",
            ]
        )
        n = a[0] if ("evidence.record-signed-by-officers" in f and insp) else two
        add(
            title,
            title,
            *[("line", x) for x in L + body],
            ("line", "（以上笔录我看过，和我说的一样。）"),
            ("sign", "当事人签字" if insp else "被询问人签字", c.person, day),
            ("sign", "执法人员签字", n, day),
            date=day,
        )
    add(
        "现场取证照片",
        "现场取证照片",
        ("line", "图1 现场全景"),
        (
            "line",
            f"说明：证明{c.cause}的事实；拍摄人：{b[0]}；拍摄时间："
            f"{d(c.on('inspect'))}；拍摄地点：{c.place}",
        ),
        ("sign", "当事人确认签字", c.person, c.on("inspect")),
        date=c.on("inspect"),
    )
    add(
        "主体资格材料",
        "身份证（复印件）" if c.personal else "营业执照（复印件）",
        ("line", f"{'姓名' if c.personal else '名称'} {c.party}"),
        ("line", f"{'公民身份号码' if c.personal else '统一社会信用代码'} {c.code}"),
        (
            "line",
            f"本复印件与原件核对一致。　　提供者：{c.person}　　{d(c.on('ask'))}　　核对人：{two}",
        ),
        agency="",
        date=c.on("ask"),
    )
    add(
        "责令改正通知书",
        "责令改正通知书",
        ("line", f"{c.party}："),
        (
            "para",
            (
                f"经查，你（单位）{c.told}，违反了{c.broke}的规定。"
                "根据《中华人民共和国行政处罚法》第二十八条第一款的规定，"
                f"责令你（单位）于{d(c.on('recheck'))}前改正上述违法行为。逾期不改正的，"
                "本机关将依法处理。"
            ),
        ),
        ("issue", c.unit, c.on("order")),
        number=c.doc("责改"),
        date=c.on("order"),
    )

    def rec(title, num, day):
        return [
            (
                "form",
                [
                    ("案由", c.cause),
                    ("受送达人", c.party),
                    ("送达文书名称及编号", f"{title}（{num}）"),
                    ("送达方式", "直接送达"),
                    ("送达地点", c.address),
                    ("收件人签名或盖章", f"{c.person}\n{d(day)}"),
                    ("送达人签名", f"{a[0]}\n{b[0]}\n{d(day)}"),
                    ("备注", ""),
                ],
            ),
            ("seal",),
        ]

    add(
        "送达回证（责改）",
        "送达回证",
        *rec("责令改正通知书", c.doc("责改"), c.on("order")),
        date=c.on("order"),
    )
    add(
        "案件调查终结报告",
        "案件调查终结报告",
        (
            "para",
            (
                f"一、当事人基本情况：{c.party}，"
                f"{'身份证号' if c.personal else '统一社会信用代码'}{c.code}，"
                f"{'住址' if c.personal else '住所'}{c.address}。"
            ),
        ),
        ("para", f"二、案件来源和调查经过：{c.source}，{d(c.on('file'))}经批准立案，{two}承办。"),
        ("para", f"三、违法事实：{d(c.on('began'))}至{d(c.on('inspect'))}，{c.told}。"),
        ("para", "四、证据：1.现场检查笔录；2.询问笔录；3.现场照片；4.主体资格材料。"),
        ("para", f"五、案件性质：违反{c.broke}。"),
        ("para", "六、裁量理由：首次违法，能够配合调查，未造成危害后果，裁量等级为一般。"),
        (
            "para",
            f"七、处罚依据和处理建议：依据{c.ground}，"
            f"建议处以罚款{c.fine}元（大写：{c.capital}）。",
        ),
        ("sign", "承办人", two, c.on("report")),
        date=c.on("report"),
    )
    rights = (
        ""
        if "notice.defence-right" in f
        else (
            "根据《中华人民共和国行政处罚法》第四十四条、第四十五条的规定，"
            "你（单位）依法享有陈述和申辩的权利，如有异议，"
            "请在收到本告知书之日起五日内书面或者口头向本机关提出，逾期视为放弃陈述、申辩权利。"
        )
    )
    hear = (
        "根据《中华人民共和国行政处罚法》第六十三条、第六十四条第一项的规定，"
        "你（单位）有权要求听证，如要求听证，应当在收到本告知书之日起五日内向本机关提出申请。"
        if (c.fine >= (10000 if c.personal else 100000) or c.hearing)
        else ""
    )
    add(
        "行政处罚事先告知书",
        "行政处罚事先告知书",
        ("line", f"{c.party}："),
        (
            "para",
            (
                f"你（单位）涉嫌{c.cause}一案，本机关已调查终结。现查明：{c.told}。"
                "以上事实有现场检查笔录、询问笔录、现场照片等证据证实。"
            ),
        ),
        (
            "para",
            f"你（单位）的上述行为违反了{c.broke}，"
            f"依据{c.ground}，本机关拟给予你（单位）以下行政处罚：",
        ),
        ("line", f"罚款人民币{c.fine}元（{c.capital}）。"),
        *([("para", rights)] if rights else []),
        *([("para", hear)] if hear else []),
        ("line", f"联系人：{a[0]}　　联系地址：{c.unit}"),
        ("issue", c.unit, c.on("notice")),
        number=c.doc("罚告"),
        date=c.on("notice"),
    )
    add(
        "送达回证（告知）",
        "送达回证",
        *rec("行政处罚事先告知书", c.doc("罚告"), c.on("notice_served")),
        date=c.on("notice_served"),
    )
    if c.hearing:
        t = c.on("notice_served") + dt.timedelta(2)
        add(
            "听证申请书",
            "听证申请书",
            ("line", f"{c.unit}："),
            ("para", "我单位收到你局的告知书，对拟处罚有异议，特申请举行听证。"),
            ("sign", "申请人", c.person, t),
            agency="",
            date=t,
        )
        pr = a[0] if "hearing.presider-independent" in f else "祝临风"
        add(
            "行政处罚听证通知书",
            "行政处罚听证通知书",
            ("line", f"{c.party}："),
            (
                "para",
                (
                    "根据你（单位）的申请，"
                    f"本机关决定于{d(c.on('hearing'))}上午9时00分在三楼会议室公开举行听证会。"
                    f"听证主持人：{pr}，记录员：简若水。如认为主持人与本案有直接利害关系，"
                    "有权申请回避。"
                ),
            ),
            ("issue", c.unit, c.on("hearing_notice")),
            number=c.doc("听通"),
            date=c.on("hearing_notice"),
        )
        add(
            "送达回证（听证）",
            "送达回证",
            *rec("行政处罚听证通知书", c.doc("听通"), c.on("hearing_notice")),
            date=c.on("hearing_notice"),
        )
        add(
            "听证笔录",
            "听证笔录",
            ("line", f"案由：{c.cause}"),
            ("line", f"听证时间：{d(c.on('hearing'))}9时00分至10时10分"),
            ("line", "听证地点：三楼会议室"),
            ("line", f"听证主持人：{pr}　　记录员：简若水"),
            ("line", f"申请人：{c.party}　　调查人员：{two}"),
            (
                "para",
                (
                    "主持人：现在开始听证。调查人员：宣读违法事实、证据和处罚建议。"
                    "申请人：陈述意见，对证据进行质证。主持人：听证结束。"
                ),
            ),
            ("sign", "申请人签字", c.person, c.on("hearing")),
            ("sign", "听证主持人签字", pr, c.on("hearing")),
            ("sign", "记录员签字", "简若水", c.on("hearing")),
            date=c.on("hearing"),
        )
    if c.fine >= 20000 or c.hearing:
        add(
            "重大执法决定法制审核意见书",
            "重大执法决定法制审核意见书",
            (
                "form",
                [
                    ("送审机构", "执法大队"),
                    ("案件名称", f"{c.party}涉嫌{c.cause}案"),
                    ("送审材料", "全案材料"),
                    (
                        "审核情况",
                        (
                            "执法主体合法，执法人员具备资格；程序合法；事实清楚，"
                            "证据合法充分；适用法律准确；裁量适当；"
                            "未超越权限；文书完备规范；不涉嫌犯罪。"
                        ),
                    ),
                    (
                        "法制审核机构意见",
                        f"同意执法大队的处理意见。\n审核人员：{c.reviewer}\n{d(c.on('review'))}",
                    ),
                ],
            ),
            date=c.on("review"),
        )
        add(
            "行政处罚案件集体讨论笔录",
            "行政处罚案件集体讨论笔录",
            ("line", f"案由：{c.cause}"),
            ("line", f"讨论时间：{d(c.on('meeting'))}15时至16时　　讨论地点：会议室"),
            ("line", f"主持人：{c.leader}（局长）　　记录人：简若水"),
            (
                "line",
                (
                    f"出席人员：{c.leader}（局长）、{c.head}（大队长）"
                    f"、{c.reviewer}（法制员）　　列席人员：{two}"
                ),
            ),
            ("line", f"{a[0]}：汇报案情（略）。"),
            ("line", f"{c.head}：同意大队意见。"),
            ("line", f"{c.reviewer}：同意。"),
            ("line", f"{c.leader}：同意。"),
            ("line", f"讨论结果：一致同意给予{c.party}罚款{c.fine}元的行政处罚。"),
            ("sign", "出席人员签名", f"{c.leader}、{c.head}、{c.reviewer}", c.on("meeting")),
            date=c.on("meeting"),
        )
    ap = f"罚款{c.fine}元" if "decision.amount-consistent" not in f else "罚款15000元"
    add(
        "行政处罚决定审批表",
        "行政处罚决定审批表",
        (
            "form",
            [
                ("案件名称", f"{c.party}{c.cause}案"),
                ("当事人", c.party),
                (
                    "陈述申辩（听证）情况",
                    "当事人要求听证，已举行" if c.hearing else "当事人未陈述申辩",
                ),
                ("拟作出的处罚决定", f"{ap}"),
                ("承办人意见", f"建议{ap}。\n签名：{a[0]}、{b[0]}　{d(c.on('approve'))}"),
                ("承办机构审查意见", f"同意。\n签名：{c.head}　{d(c.on('approve'))}"),
                ("负责人审批", f"同意。\n签名：{c.leader}　{d(c.on('approve'))}"),
            ],
        ),
        date=c.on("approve"),
    )
    suit = "3个月" if "decision.remedies" in f else "6个月"
    bank = "芦汀农村商业银行" if c.unit == WATER else "栖霞岭农村信用社"
    add(
        "行政处罚决定书",
        "行政处罚决定书",
        ("line", f"被处罚人：{c.party}"),
        ("line", f"{'公民身份号码' if c.personal else '统一社会信用代码'}：{c.code}"),
        *([] if c.personal else [("line", f"法定代表人：{c.person}")]),
        ("line", f"地址：{c.address}"),
        ("para", "一、违法事实和证据"),
        (
            "para",
            (
                f"{d(c.on('inspect'))}，本机关执法人员检查发现，"
                f"你（单位）自{d(c.on('began'))}起{c.told}。"
            ),
        ),
        (
            "para",
            (
                "上述事实，"
                "有下列证据证明：1.现场检查笔录1份；2.询问笔录1份；"
                "3.现场照片2张；4.身份证明材料1份。"
            ),
        ),
        (
            "para",
            f"本机关于{d(c.on('notice_served'))}向你（单位）"
            f"送达了行政处罚事先告知书（{c.doc('罚告')}），"
            "告知了拟处罚的内容及事实、理由、依据和依法享有的权利。"
            + (
                "你（单位）要求听证，本机关依法组织了听证。"
                if c.hearing
                else "你（单位）在法定期限内未提出陈述、申辩。"
            ),
        ),
        ("para", "二、处罚的依据和种类"),
        (
            "para",
            (
                f"你（单位）的行为违反了{c.broke}的规定，依据{c.ground}的规定，"
                "参照行政处罚裁量权基准，你（单位）系首次违法，能主动配合，属一般违法情形，"
                f"本机关决定对你（单位）处以罚款人民币{c.fine}元（大写：{c.capital}）的行政处罚。"
            ),
        ),
        ("para", "三、处罚的履行方式和期限"),
        (
            "para",
            (
                f"自收到本决定书之日起15日内，将罚款缴至{bank}（代收机构）。到期不缴纳罚款的，"
                "依据《中华人民共和国行政处罚法》第七十二条第一款第一项的规定，"
                "每日按罚款数额的3%加处罚款，加处罚款的数额不超过罚款的数额。"
            ),
        ),
        ("para", "四、救济途径和期限"),
        (
            "para",
            (
                "如不服本处罚决定，"
                f"可在收到本决定书之日起60日内向{county}人民政府申请行政复议；"
                f"也可以在收到本决定书之日起{suit}内直接向{county}人民法院提起行政诉讼。"
                "行政复议和行政诉讼期间，本处罚决定不停止执行。"
            ),
        ),
        (
            "para",
            "逾期不申请行政复议，不提起行政诉讼，"
            "又不履行本处罚决定的，本机关将依法申请人民法院强制执行。",
        ),
        ("issue", c.unit, c.on("decide")),
        number=no,
        date=c.on("decide"),
    )
    add(
        "送达回证（决定）",
        "送达回证",
        *rec("行政处罚决定书", no, c.on("served")),
        date=c.on("served"),
    )
    pid = [("身份证件号码", c.code)] if c.personal and "publicity.privacy-masked" in f else []
    add(
        "行政处罚信息公示",
        "行政处罚信息公示情况",
        (
            "form",
            [
                ("行政处罚决定书文号", no),
                ("行政相对人名称", c.party),
                *pid,
                ("违法行为类型", c.cause),
                ("处罚内容", f"罚款{c.fine}元"),
                ("处罚机关", c.unit),
                ("作出处罚决定日期", d(c.on("decide"))),
                ("公示渠道", "政府门户网站"),
                ("公示时间", d(c.on("publish"))),
            ],
        ),
        date=c.on("publish"),
    )
    paid = c.fine // 2 if "execution.payment-matches" in f else c.fine
    add(
        "罚款缴纳凭证",
        "政府非税收入统一票据",
        (
            "form",
            [
                ("填开日期", d(c.on("pay"))),
                ("付款人", c.party),
                ("收款单位", c.unit),
                ("收入项目名称", "罚没收入"),
                ("金额（小写）", f"{paid}.00"),
                ("备注", no),
            ],
        ),
        agency="",
        date=c.on("pay"),
    )
    add(
        "整改复查记录",
        "责令改正复查记录",
        ("line", f"复查时间：{d(c.on('recheck'))}10时00分至10时20分"),
        ("line", f"复查地点：{c.place}"),
        ("line", f"当事人：{c.party}"),
        ("line", f"执法人员：{a[0]}（{a[1]}）、{b[0]}（{b[1]}）"),
        ("line", "复查结果：违法行为已改正。"),
        ("sign", "当事人签字", c.person, c.on("recheck")),
        ("sign", "执法人员签字", two, c.on("recheck")),
        date=c.on("recheck"),
    )
    if "recording.av-described" not in f:
        add(
            "执法全过程音像记录目录",
            "音像记录资料清单",
            (
                "table",
                ["编号", "资料名称", "录制时间", "录制地点", "录制人", "主要内容"],
                [
                    [
                        "1",
                        recording_name(c),
                        d(c.on("inspect")) + " 9:16",
                        c.place,
                        b[0],
                        "现场检查全过程",
                    ],
                    *(
                        [
                            [
                                "2",
                                f"听证{c.on('hearing'):%Y%m%d}.wav",
                                d(c.on("hearing")) + " 9:00",
                                "三楼会议室",
                                b[0],
                                "听证全过程",
                            ]
                        ]
                        if c.hearing
                        else []
                    ),
                ],
            ),
            date=c.on("close"),
        )
    bl = "    年  月  日" if "archive.no-blank-fields" in f else d(c.on("close"))
    add(
        "结案审批表",
        "行政处罚案件结案审批表",
        (
            "form",
            [
                ("案件名称", f"{c.party}{c.cause}案"),
                ("处罚决定书文号", no),
                ("执行结果", f"当事人已于{d(c.on('pay'))}自动履行，违法行为已改正。"),
                ("填报日期", bl),
                ("承办人意见", f"建议结案。\n签名：{a[0]}、{b[0]}　{d(c.on('close'))}"),
                ("负责人审批意见", f"同意结案。\n签名：{c.leader}　{d(c.on('close'))}"),
            ],
        ),
        date=c.on("close"),
    )
    add(
        "备考表",
        "卷内备考表",
        ("line", "本卷情况说明：材料齐全完整。"),
        ("sign", "立卷人", b[0], c.on("archive")),
        ("sign", "检查人", c.reviewer, c.on("archive")),
        agency="",
    )
    return out


def write(
    papers: Callable[[Case], list[Paper]], base: Path, cases: tuple[Case, ...] = CASES
) -> Path:
    """Case folders of Word files with their lists; returns the batch."""
    batch = base / "批次"
    for c in cases:
        folder = batch / c.unit / c.folder
        (folder / "音像").mkdir(parents=True)
        every = papers(c)
        inner = every[1:-1]
        if "archive.catalogue" not in c.faults:
            every.insert(1, catalogue([row(p, str(i)) for i, p in enumerate(inner, 1)]))
        for i, p in enumerate(every, 1):
            (folder / f"{i:02d} {p.name}.docx").write_bytes(to_docx(p))
        sound(folder / "音像" / recording_name(c), c.on("inspect").isoformat())
        if c.hearing:
            sound(
                folder / "音像" / f"听证{c.on('hearing'):%Y%m%d}.wav", c.on("hearing").isoformat()
            )
        photo(folder / "音像" / "现场照片1.jpg", f"{c.on('inspect'):%Y:%m:%d} 09:25:00")
    for unit in (WATER, FARM):
        lists = batch / unit / "单位材料"
        lists.mkdir(parents=True, exist_ok=True)
        mine = [c for c in cases if c.unit == unit]
        (lists / "officers.csv").write_text(
            "姓名,执法证号,有效期起,有效期止,身份\n"
            + "".join(f"{n},{no},2022-01-01,2028-12-31,执法人员\n" for n, no in mine[0].officers),
            "utf-8-sig",
        )
        (lists / "reviewers.csv").write_text(
            f"姓名,是否取得法律职业资格,起始日期\n{mine[0].reviewer},是,2019-06-01\n", "utf-8-sig"
        )
    return batch


HOUSES = {
    "other words": reworded(FIRST, None, False),
    "other words, forms as lines, dotted dates": reworded(FIRST, dotted, True),
    "rarer words, dates in words": reworded(SECOND, in_words, False),
    "other prose": other_prose,
}
