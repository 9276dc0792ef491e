"""What the papers of a penalty case say, by the names of the contract."""

from __future__ import annotations

import datetime as dt
from typing import Any

from drawing.case import Case

BY_HAND = ("立案审批表.立案日期", "处罚决定审批表.批准日期", "结案审批表.结案日期")


def ordinary_facts(c: Case) -> dict[str, Any]:
    """What the papers say, by the names of the contract; values only by hand are left out."""
    h = c.h
    typed = not h.by_hand
    out: dict[str, Any] = {}

    def put(name: str, value: Any) -> None:
        if isinstance(value, dt.date):
            value = value.isoformat()
        if value not in ("", None, []):
            out[name] = value

    _decision_facts(c, put)
    _notice_facts(c, put)
    _filing_facts(c, put)
    _record_facts(c, put)
    _late_facts(c, put, typed)
    if h.dates_by_hand:
        for name in BY_HAND:
            out.pop(name, None)
    return out


def _filing_facts(c: Case, put: Any) -> None:
    f, odd = c.s["filing"], c.h.seed % 2
    if not f:
        return
    put("立案审批表.文号", c.number("立案审批表"))
    put("立案审批表.立案日期", f["leader"]["day"])
    put("立案审批表.承办人", f["handlers"])
    if f["cause"]:
        suspected = "涉嫌" if c.h.seed % 3 == 0 else ""
        put("立案审批表.案由", f"{suspected}{c.s['cause']}{'案' if odd else ''}")
    source = c.h.say("stages", "来源")
    if f["source"] and "■" not in source:  # a box that is ticked can be read in two ways
        put("立案审批表.案件来源", source)


def _record_facts(c: Case, put: Any) -> None:
    first = (c.s["interviews"] or [None])[0]
    for kind, record in (("现场检查笔录", c.s["inspection"]), ("询问笔录", first)):
        if not record:
            continue
        for name, key in (("开始时间", "begin"), ("结束时间", "end")):
            if record[key]:
                put(f"{kind}.{name}", f"{record['day'].isoformat()} {record[key]}")
        put(f"{kind}.执法人员", [o[0] for o in record["officers"]])
        if record["certificates"]:
            put(f"{kind}.执法证号", [o[1] for o in record["officers"]])


def _decision_facts(c: Case, put: Any) -> None:
    d = c.s["decision"]
    put("处罚决定书.文号", c.main_number())
    put("处罚决定书.当事人", c.party["name"] if d["party"] != "other" else c.other_party())
    put("处罚决定书.证照号码", d["code"])
    put("处罚决定书.地址", c.party["address"] if d["address"] else "")
    put("处罚决定书.作出日期", d["day"] if d["dated"] else "")
    put("处罚决定书.罚款金额", d["fine"] or "" if d["capital_of"] == d["fine"] else "")
    if d["violated"] == "article":
        put("处罚决定书.违反条款", c.law("违反"))
    if d["basis"] == "article":
        put("处罚决定书.处罚依据", c.law("依据"))
    if d["remedies"]:
        put("处罚决定书.复议机关", d["remedies"]["recon"].split("或者"))
        put("处罚决定书.诉讼法院", d["remedies"]["court"])
    put("处罚决定书.落款机关", d["agency"])


def _notice_facts(c: Case, put: Any) -> None:
    n = c.s["notice"]
    if not n:
        return
    put("事先告知书.文号", c.number("事先告知书"))
    put("事先告知书.当事人", n["party"])
    put("事先告知书.日期", n["day"])
    put("事先告知书.拟罚款金额", n["fine"] if n["penalty"] else "")
    put("事先告知书.处罚依据", c.law("依据", n["basis_item"]) if n["basis"] else "")
    found = next((r for r in c.s["receipts"] if r["of"] == "notice"), None)
    put("事先告知书.送达日期", found["day"] if found else n["signed_off"])


def _late_facts(c: Case, put: Any, typed: bool) -> None:
    s = c.s
    put("调查终结报告.日期", s["report"]["day"] if s["report"] and s["report"]["signers"] else "")
    if s["review"]:
        put("法制审核意见书.审核日期", s["review"]["day"])
        put("法制审核意见书.审核人", s["review"]["by"] if typed and s["review"]["signed"] else "")
    put("集体讨论笔录.讨论日期", s["deliberation"]["day"] if s["deliberation"] else "")
    if s["approval"]:
        put("处罚决定审批表.批准日期", s["approval"]["leader"]["day"])
        put("处罚决定审批表.罚款金额", s["approval"]["fine"] or "")
    _end_facts(c, put, typed)


def _end_facts(c: Case, put: Any, typed: bool) -> None:
    s = c.s
    found = next((r for r in s["receipts"] if r["of"] == "decision"), None)
    if found:
        put("送达回证.送达日期", found["day"])
        put("送达回证.送达方式", found["method"])
        put("送达回证.受送达人", found["party"])
        put("送达回证.送达人", found["servers"] if typed else "")
    if len(s["payments"]) == 1:
        put("缴款凭证.缴款日期", s["payments"][0]["day"])
        put("缴款凭证.金额合计", float(s["payments"][0]["sum"]))
    put("整改复查记录.复查日期", s["recheck"]["day"] if s["recheck"] else "")
    if s["publicity"]:
        put("公示记录.公示日期", s["publicity"]["day"])
        put("公示记录.文号", "" if s["publicity"]["number"] else c.main_number())
    put("结案审批表.结案日期", s["closing"]["leader"]["day"] if s["closing"] else "")
    put("卷宗封面.归档日期", s["cover"]["archived"])
    if "保管期限" not in s["cover"]["missing"]:
        put("卷宗封面.保管期限", c.h.shape("保管"))
    if s["hearing"] and s["hearing"]["held"]:
        put("听证笔录.听证日期", s["hearing"]["day"])
        put("听证笔录.主持人", s["hearing"]["presider"])
