"""Files that are no penalties: two of normative documents (行政规范性文件) and two of great
administrative decisions (重大行政决策), all invented. Only data: a paper is a title and its blocks.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from maker.papers import Paper, d

BATCH = "2025年度制度文件评查"
OFFICE = "芦汀县人民政府"
WORKS = "芦汀县住房和城乡建设局"
ROADS = "芦汀县交通运输局"
JUSTICE = "芦汀县司法局"


@dataclass(frozen=True)
class Governing:
    """One file: its folder, unit, form (files or docx), procedure, planted faults, papers."""

    folder: str
    unit: str
    shape: str
    procedure: str
    papers: tuple[Paper, ...]
    faults: tuple[str, ...] = ()


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _paper(name: str, title: str, day: str, *blocks: tuple[Any, ...], **more: str) -> Paper:
    date = _day(day) if day else None
    return Paper(name, title, more.get("agency", ""), more.get("number", ""), list(blocks), date)


def _form(**rows: str) -> tuple[Any, ...]:
    return "form", list(rows.items())


def _text(*lines: str) -> list[tuple[Any, ...]]:
    return [("para", line) for line in lines]


def _signed(agency: str, day: str) -> list[tuple[Any, ...]]:
    return [("line", agency), ("line", d(_day(day)))]


def _cover(title: str, **rows: str) -> Paper:
    return _paper("案卷封面", title, "", _form(**rows, 保管期限="永久"))


def _minutes(day: str, topic: str, opinions: str, result: str) -> Paper:
    form = _form(
        会议时间=d(_day(day)),
        主持人="阮清和",
        参加人员="阮清和、邱山远、闻笛、卓亦凡",
        议题=topic,
        讨论意见=opinions,
        结论=result,
    )
    return _paper("常务会议纪要", "常务会议纪要", day, form, agency=OFFICE)


def _reviewed(title: str, day: str, opinion: str) -> Paper:
    form = _form(审核日期=d(_day(day)), 审核意见=opinion, 审核人="辛未然")
    return _paper(title, title, day, form, agency=JUSTICE)


def _published(title: str, day: str) -> Paper:
    form = _form(发布日期=d(_day(day)), 发布网站=f"{OFFICE}门户网站政策文件栏")
    return _paper(title, title, day, form)


def _renumbered(p: Paper, old: str, new: str) -> Paper:
    """The same paper in the file of another document."""
    said = [tuple(x.replace(old, new) if isinstance(x, str) else x for x in b) for b in p.blocks]
    return replace(p, number=p.number.replace(old, new), blocks=said)


LAWFUL = "权限合法，制定程序符合规定，适用依据准确，内容与上位法一致。审核通过，可以提交集体审议。"

HOARDINGS = (
    _cover("行政规范性文件案卷", 题名="芦汀县装配式围挡管理办法", 制定机关=OFFICE),
    _paper(
        "起草说明",
        "起草说明",
        "2025-02-12",
        _form(文件名称="芦汀县装配式围挡管理办法", 是否涉及市场主体="是"),
        *_text(
            "一、必要性。工地围挡样式杂、不牢固，群众反映多。",
            "二、起草依据。依据《城市市容和环境卫生管理条例》起草。",
            "三、主要内容。写明围挡的高度、材料和维护责任。",
        ),
        *_signed(WORKS, "2025-02-12"),
    ),
    _paper(
        "公开征求意见公告",
        "关于公开征求《芦汀县装配式围挡管理办法（征求意见稿）》意见的公告",
        "2025-02-17",
        _form(公告日期=d(_day("2025-02-17")), 意见截止日期=d(_day("2025-03-21"))),
        *_text("现将征求意见稿公布。公众可以发电子邮件或者来信提出意见，来信请寄县住建局法规股。"),
        *_signed(WORKS, "2025-02-17"),
    ),
    _paper(
        "征求意见座谈会记录",
        "征求意见座谈会记录",
        "2025-03-06",
        _form(
            时间=d(_day("2025-03-06")),
            参加人员="县建筑业协会两人、施工企业代表五人",
            会议内容="施工企业代表提出，已经搭好的围挡应当允许用到工程完工。",
        ),
    ),
    _paper(
        "公众意见采纳情况说明",
        "公众意见采纳情况说明",
        "2025-03-26",
        *_text("收到意见六条，采纳四条。施工企业提出的过渡安排已经采纳，写在办法第九条。"),
        *_signed(WORKS, "2025-03-26"),
    ),
    _paper(
        "公平竞争审查表",
        "公平竞争审查表",
        "2025-03-28",
        _form(
            文件名称="芦汀县装配式围挡管理办法",
            审查日期=d(_day("2025-03-28")),
            审查结论="没有指定产品、排斥外地企业的内容，可以出台。",
        ),
    ),
    _paper(
        "合法性审核送审函",
        "合法性审核送审函",
        "2025-03-31",
        ("line", f"{JUSTICE}："),
        *_text("现将《芦汀县装配式围挡管理办法（送审稿）》和起草材料送请审核。"),
        *_signed(WORKS, "2025-03-31"),
    ),
    _reviewed("合法性审核意见书", "2025-04-11", LAWFUL),
    _minutes(
        "2025-04-17",
        "审议《芦汀县装配式围挡管理办法》",
        "邱山远认为过渡安排合适；闻笛建议写清维护责任。",
        "会议一致同意，修改后印发。",
    ),
    _paper(
        "规范性文件文本",
        "关于印发《芦汀县装配式围挡管理办法》的通知",
        "2025-04-21",
        ("line", "各乡镇人民政府，县政府各部门："),
        *_text(
            "根据《城市市容和环境卫生管理条例》，制定本办法。",
            "本办法自2025年6月1日起施行，有效期五年。",
        ),
        ("issue", OFFICE, _day("2025-04-21")),
        agency=OFFICE,
        number="芦政规〔2025〕4号",
    ),
    _published("规范性文件公布截图", "2025-04-24"),
    _paper(
        "规范性文件备案报告",
        "规范性文件备案报告",
        "2025-05-08",
        ("line", "青苇市人民政府："),
        *_text("现将《芦汀县装配式围挡管理办法》（芦政规〔2025〕4号）报请备案。"),
        *_signed(OFFICE, "2025-05-08"),
    ),
)
_SHORT = replace(
    HOARDINGS[2],
    date=_day("2025-03-10"),
    blocks=[
        _form(公告日期=d(_day("2025-03-10")), 意见截止日期=d(_day("2025-03-19"))),
        *HOARDINGS[2].blocks[1:2],
        *_signed(WORKS, "2025-03-10"),
    ],
)
HOARDINGS_FAULTY = tuple(
    _renumbered(_SHORT if p is HOARDINGS[2] else p, "〔2025〕4号", "〔2025〕7号")
    for p in HOARDINGS
    if p.name not in ("公平竞争审查表", "规范性文件公布截图")
)

PARKING = (
    _cover("重大行政决策案卷", 题名="芦汀县老城区公共停车场建设", 决策机关=OFFICE),
    _paper(
        "卷内目录",
        "卷内目录",
        "",
        (
            "table",
            ["序号", "文件题名", "文号", "日期", "页码", "备注"],
            [
                ["1", "重大行政决策启动审批表", "", d(_day("2025-03-03")), "1", ""],
                ["2", "重大行政决策草案", "", d(_day("2025-04-02")), "2", ""],
                ["3", "常务会议纪要", "", d(_day("2025-06-24")), "11", ""],
            ],
        ),
    ),
    _paper(
        "重大行政决策启动审批表",
        "重大行政决策启动审批表",
        "2025-03-03",
        _form(
            决策事项="芦汀县老城区公共停车场建设",
            决策承办单位=ROADS,
            是否需要专家论证="是",
            是否需要风险评估="是",
            是否依法不予公开="否",
            审批意见=f"同意启动。阮清和　　{d(_day('2025-03-03'))}",
        ),
    ),
    _paper(
        "重大行政决策草案",
        "重大行政决策草案",
        "2025-04-02",
        *_text(
            "一、在老城区新建公共停车场三处，共四百二十个车位。", "二、分两年建成，收费另行听证。"
        ),
        *_signed(ROADS, "2025-04-02"),
    ),
    _paper(
        "起草说明",
        "决策草案起草说明",
        "2025-04-02",
        *_text("草案依据《城市道路管理条例》，在停车调查的基础上拟订。"),
        *_signed(ROADS, "2025-04-02"),
    ),
    _paper(
        "公开征求意见公告",
        "关于公开征求《芦汀县老城区公共停车场建设方案（草案）》意见的公告",
        "2025-04-08",
        _form(公告日期=d(_day("2025-04-08")), 意见截止日期=d(_day("2025-05-12"))),
        *_text("现将草案和说明公布。公众可以发电子邮件或者来信提出意见，来信请寄县交通局规划股。"),
        *_signed(ROADS, "2025-04-08"),
    ),
    _paper(
        "公众意见采纳情况说明",
        "公众意见采纳情况说明",
        "2025-05-16",
        *_text("收到意见三十四条，采纳二十条，主要是增加无障碍车位和夜间优惠。"),
        *_signed(ROADS, "2025-05-16"),
    ),
    _paper(
        "专家论证意见",
        "专家论证意见",
        "2025-05-22",
        _form(论证时间=d(_day("2025-05-22")), 论证意见="方案必要、可行，建议复核地下管线。"),
        ("sign", "专家签名", "杭一苇、栾秋实、戴云开", _day("2025-05-22")),
    ),
    _paper(
        "社会稳定风险评估报告",
        "社会稳定风险评估报告",
        "2025-05-30",
        *_text(
            "评估听取了公安、信访、街道等部门的意见。",
            "一、风险点。施工期间临街商户生意可能受影响。",
            "二、防范措施。分段围挡，提前告知，给临街商户留出通道。",
            "三、处置预案。现场设接待点，发生纠纷按预案处置。",
            "评估结论：风险可控。",
        ),
        *_signed(ROADS, "2025-05-30"),
    ),
    _paper(
        "决策草案送审函",
        "决策草案送审函",
        "2025-06-03",
        ("line", f"{JUSTICE}："),
        *_text("现将决策草案和有关材料送请合法性审查。"),
        *_signed(ROADS, "2025-06-03"),
    ),
    _reviewed(
        "重大行政决策合法性审查意见书",
        "2025-06-16",
        "决策事项在县政府权限内，草案的形成履行了法定程序，适用依据准确，内容合法。"
        "审查通过，可以提交讨论。",
    ),
    _minutes(
        "2025-06-24",
        "讨论老城区公共停车场建设方案",
        "邱山远认为选址合适；卓亦凡提出先建两处；阮清和最后发言，同意多数意见。",
        "会议决定通过建设方案，由县交通运输局负责组织实施。",
    ),
    _paper(
        "重大行政决策文本",
        "关于老城区公共停车场建设的决定",
        "2025-06-26",
        *_text("在老城区新建公共停车场三处，由县交通运输局负责组织实施。"),
        ("issue", OFFICE, _day("2025-06-26")),
        agency=OFFICE,
        number="芦政决〔2025〕1号",
    ),
    _published("重大行政决策公布截图", "2025-06-30"),
)
_LATE = _reviewed("重大行政决策合法性审查意见书", "2025-06-30", PARKING[10].blocks[0][1][1][1])
PARKING_FAULTY = tuple(
    _renumbered(_LATE if p is PARKING[10] else p, "〔2025〕1号", "〔2025〕2号")
    for p in PARKING
    if p.name not in ("社会稳定风险评估报告", "公众意见采纳情况说明")
)

FILES = (
    Governing("芦政规〔2025〕4号 装配式围挡管理办法", WORKS, "docx", "normative", HOARDINGS),
    Governing(
        "芦政规〔2025〕7号 装配式围挡管理办法（程序有缺）",
        WORKS,
        "files",
        "normative",
        HOARDINGS_FAULTY,
        ("normative.market-30-days", "normative.fair-competition", "normative.published"),
    ),
    Governing("芦政决〔2025〕1号 老城区公共停车场", ROADS, "files", "decision", PARKING),
    Governing(
        "芦政决〔2025〕2号 老城区公共停车场（程序有缺）",
        ROADS,
        "docx",
        "decision",
        PARKING_FAULTY,
        ("decision.opinions-studied", "decision.risk", "decision.legality-first"),
    ),
)
