"""The page to project in the meeting: one file, no script, no outside resource, prints well.
Foreign text is escaped by the template engine.
"""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from casereview.reports.view import CampaignView, grade_line
from casereview.reports.web import pictures
from casereview.reports.web.svg import svg
from casereview.reports.words import cn_date, number, share, signed


def page(c: CampaignView) -> str:
    """The whole page."""
    env = Environment(autoescape=True, trim_blocks=False)
    env.filters |= {
        "number": number,
        "signed": signed,
        "day": cn_date,
        "grades": grade_line,
        "picture": _drawn,
    }
    template = env.from_string(Path(__file__).with_name("page.html.j2").read_text("utf-8"))
    return template.render(c=c, tiles=_tiles(c), draw=pictures)


def _drawn(p: pictures.Picture) -> Markup:
    return Markup(svg(p))  # noqa: S704 - made of shapes, its texts are escaped


def _tiles(c: CampaignView) -> list[tuple[str, object]]:
    """The figures at the top."""
    return [
        ("单位", len(c.units)),
        ("案卷", len(c.cases)),
        ("平均分", number(c.mean)),
        (f"{c.best}率", share(c.grades[c.best], len(c.cases))),
        (f"{c.worst}案卷", c.grades[c.worst]),
        ("存在否决项", len(c.vetoed)),
        ("问题", c.fault_count),
        ("待人工判断项次", c.open_count),
        ("未读文件", c.unread_count),
    ]
