"""Receipts of service."""

from __future__ import annotations

from typing import Any

from drawing.case import Case
from drawing.house import House
from drawing.paper import Paper, sign

Story = dict[str, Any]


def _remark(c: Case, found: Story) -> str:
    """What the receipt says of an unusual way of service."""
    if found["method"] == "邮寄送达":
        number = f"10{c.dice.randrange(10**10, 10**11)}"
        return c.h.say("papers", "邮寄送达", number=number, day=c.h.date(found["day"]))
    if found["method"] == "留置送达":
        remark = c.h.say("papers", "留置送达")
        seen = c.h.say("papers", "留置见证", witness=c.h.unit.others[0])
        return remark + seen if found["witness"] else remark
    return c.h.say("records", "送达备注")


WAYS = ("直接送达", "留置送达", "邮寄送达", "委托送达", "公告送达")


def way_of(h: House, method: str) -> str:
    """How the receipt tells the way of service: a word, or boxes of which one is ticked."""
    ticks = "　".join(("■" if x == method else "□") + x for x in WAYS)
    shape = str(h.words.pick("papers", "送达方式栏"))
    return shape.format(method=method, ticks=ticks) if method or "{ticks}" in shape else ""


def receipts_of(c: Case, of: str, kind: str) -> list[Paper]:
    """The receipt of one paper."""
    found = next((r for r in c.s["receipts"] if r["of"] == of), None)
    if not found:
        return []
    h = c.h
    number = c.number(kind)
    if found["number"] == "other":
        number = h.number(kind, c.n + 41, c.year)
    p = h.start("送达回证", agency=h.words.chance("receipt.agency", 0.4))
    signer = sign(found["signed"]) if found["signed"] not in ("", "witness") else ""
    remark = _remark(c, found)
    served = f"{c.titles.get(kind) or h.title(kind)}　{number}"
    if of == "notice" and c.s["notice"]["second"] and c.s["notice"]["hearing"]:
        served += f"；{h.title('听证告知书')}　{c.number('听证告知书')}"
    rows = [
        (h.label("案由"), c.s["cause"]),
        (h.label("受送达人"), found["party"]),
        (h.label("送达文书"), served),
        (h.label("送达地点"), c.party["address"]),
        (h.label("送达方式"), way_of(h, found["method"])),
        (h.label("收件人"), signer),
        (h.label("送达日期"), h.date(found["day"])),
        (h.label("送达人"), h.signed(found["servers"])),
    ]
    if found["witness"]:
        rows.append((h.label("见证人"), sign(h.unit.others[0])))
    rows.append((h.label("备注"), remark))
    p.blocks += h.form(rows)
    p.day, p.signed = h.date(found["day"]), True
    return [p]
