"""The versions of a law on the terminal."""

from __future__ import annotations

import datetime as dt

from rich.console import Console

from casereview.law.statutes import READ, Statutes, Version
from casereview.reports.terminal.tables import inert, table, told

MOST = 20  # titles that are offered where none is exactly meant
_NOTE = "核：V 读过原文，可以据以判没有这一条；K 待核实，只能待复核。末条 0：没有条数。"
_HEADS = ("版本", "施行", "失效", "末条", "级别", "核", "已知至")


def show_law(out: Console, index: Statutes, title: str, on: dt.date | None) -> None:
    """Every version of the law that people call ``title``, marked where it stands on ``on``; else
    the titles that may be meant.
    """
    versions = index.find(title)
    if not versions:
        _show_others(out, index, title)
        return
    name = versions[0].title
    rows = [_row(v, on) for v in versions]
    table(out, f"《{name}》{len(versions)} 版", [(h, "left") for h in _HEADS], rows)
    if on is not None:
        standing = [v for v in versions if v.stands_on(on)]
        told(out, inert(_sentence(standing[-1], on) if standing else f"{on} 没有有效的版本。"))
    told(out, inert(_NOTE))
    others = index.same_name(title)
    if others:
        told(out, inert("同名的地方规定：" + "、".join(of[0].title for of in others[:MOST])))


def _row(v: Version, on: dt.date | None) -> tuple[object, ...]:
    here = "←" if on is not None and v.stands_on(on) else ""
    count = f"{v.articles}" + (f"（连“之一”共 {v.count} 条）" if v.count > v.articles else "")
    mark = READ if v.verified else "K"
    days = (v.adopted or "", v.since or "", v.ended or "", count, v.level, mark)
    return (*days, f"{v.known_until or ''}{here}")


def _sentence(v: Version, on: dt.date) -> str:
    count = f"共 {v.articles} 条" if v.articles else "没有读到条数"
    proof = "" if v.verified else "，待核实"
    late = v.ended is None and v.known_until is not None and on > v.known_until
    index = f"；索引只知道到 {v.known_until}，其后可能有新的版本" if late else ""
    return f"{on} 有效的是 {v.since} 起施行的版本，{count}{proof}{index}。"


def _show_others(out: Console, index: Statutes, title: str) -> None:
    """Titles that hold what was asked for."""
    found = index.titles(title)[:MOST]
    text = f"法律索引里没有《{title}》。"
    if found:
        text += "名称里有这几个字的：" + "、".join(found)
    told(out, inert(text))
