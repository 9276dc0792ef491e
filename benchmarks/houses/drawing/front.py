"""Cover, catalogue and last page of a file."""

from __future__ import annotations

from typing import Any

from drawing.case import Case
from drawing.house import House
from drawing.paper import Paper, sign
from drawing.procedure import procedure

Story = dict[str, Any]
PENALTIES = ("ordinary", "nopenalty")


def cover(c: Case) -> list[Paper]:
    """The cover with the fields of this house; none where the file has none."""
    h, s = c.h, c.s
    if not s["cover"]:
        return []
    way = procedure(h.procedure)
    p = h.start("卷宗封面", title=h.title(way.cover_title), agency=True)
    p.head = p.head if h.words.chance("cover.head", 0.3) else ""
    p.foot = ""
    officers = [o[0] for o in s["officers"]]
    values = {
        "案由": f"{c.party['name']}{s['cause']}案"
        if h.seed % 2 and "许可" not in way.cover
        else s["cause"],
        "当事人": c.party["name"],
        "地址": c.party["address"],
        "法定代表人": c.party["owner"],
        "申请人": c.party["name"],
        "申请事项": s["cause"],
        "处罚文号": c.main_number(),
        "处理结果": c.outcome(s.get("fine", 0)),
        "立案日期": h.date(s["cover"].get("filed")),
        "受理日期": h.date(s["cover"].get("filed")),
        "结案日期": h.date(s["cover"].get("closed")),
        "归档日期": h.date(s["cover"]["archived"]),
        "承办人": h.names(officers),
        "承办机构": h.unit.team,
        "立卷人": sign(h.unit.clerk),
        "检查人": sign(h.unit.head),
        "保管期限": h.shape("保管"),
    }
    fields = [f for f in h.shape(way.cover) if f not in s["cover"]["missing"]]
    named = {"处罚文号": h.field("许可决定文号")} if "许可" in way.cover else {}
    if h.procedure == "inspection":
        named["案由"] = h.label("检查内容")
        values["案由"] = s["cause"]
    rows = [(named.get(f) or h.label(f), values[f]) for f in fields]
    p.blocks += h.form(rows, h.words.dice("cover").choice(["两列", "行", "四列"]))
    p.listed = False
    return [p]


def last_page(c: Case, pages: int) -> Paper:
    """The last page that counts the leaves."""
    h = c.h
    p = h.start("备考表", agency=False)
    rows = [
        (h.field("本卷情况说明"), h.say("stages", "备考", pages=pages)),
        (h.label("立卷人"), sign(h.unit.clerk)),
        (h.label("检查人"), sign(h.unit.head)),
        (h.label("归档日期"), h.date(c.s["cover"]["archived"])),
    ]
    p.blocks += h.form(rows, "两列")
    p.listed = False
    return p


def _cells(c: Case, rows: list[tuple[Paper, int, int]]) -> list[dict[str, str]]:
    """What each line of the catalogue can tell, by meaning of the column."""
    said = c.s["catalogue"]
    entries = [(p.title, p.number, p.day, a, b) for p, a, b in rows if p.kind != said["left_out"]]
    if ghost := said["ghost"]:
        at = max(1, len(entries) - 3)
        entries.insert(at, (c.h.title(ghost), "", "", entries[at][3], entries[at][3]))
    return [
        {
            "序": str(i),
            "名": title.replace("　", ""),
            "号": number,
            "日": day,
            "起": str(a),
            "止": str(b),
            "起止": f"{a}-{b}" if b > a else str(a),
            "数": str(b - a + 1),
            "空": "",
            "机关": c.h.unit.agency,
        }
        for i, (title, number, day, a, b) in enumerate(entries, 1)
    ]


def catalogue(c: Case, rows: list[tuple[Paper, int, int]]) -> list[Paper]:
    """The list of papers: (paper, first page, last page) in the columns of this house."""
    h, s = c.h, c.s
    if not s["catalogue"]:
        return []
    columns = h.shape("目录列")
    meaning = h.words.table("shapes")["目录列义"]
    lines = [[cell[meaning[x]] for x in columns] for cell in _cells(c, rows)]
    share = {"序": 0.6, "名": 3, "号": 2, "日": 1.5, "空": 0.8, "机关": 1.8}
    widths = [share.get(meaning[x], 0.9) for x in columns]
    widths = [w / sum(widths) for w in widths]
    p = h.start("卷内目录", agency=False)
    p.listed = False
    if h.words.chance("catalogue.case", 0.3):
        p.add("line", f"{h.field('案件名称')}：{c.party['name']}{s['cause']}案")
    how = "两页无头" if h.long_catalogue else h.shape("目录长")
    room = len(lines) // 2 if h.long_catalogue else 12
    if how == "一页" or len(lines) < room + 2:
        p.add("table", [columns, *lines], widths)
    else:
        p.add("table", [columns, *lines[:room]], widths)
        p.add("page")
        p.add("table", [*([columns] if how == "两页带头" else []), *lines[room:]], widths)
    return [p]


def in_order(house: House, story: Story, papers: list[Paper]) -> list[Paper]:
    """The order in which this house lays its papers."""
    out = list(papers)
    main = next((i for i, p in enumerate(out) if p.kind in ("处罚决定书", "不予处罚决定书")), None)
    if house.shape("卷次") == "决定在前" and main is not None and house.procedure in PENALTIES:
        at = main
        front = [out.pop(at)]
        if at < len(out) and out[at].kind == "送达回证":
            front.append(out.pop(at))
        out = front + out
    return _jumbled(out) if story.get("order") == "jumbled" else out


def _jumbled(papers: list[Paper]) -> list[Paper]:
    """The last papers first and the first last."""
    late = [p for p in papers if p.kind in ("结案审批表", "公示记录", "缴款凭证")]
    early = [p for p in papers if p.kind in ("立案审批表", "现场检查笔录", "事先告知书")]
    return late + [p for p in papers if p not in late and p not in early] + early
