"""The page to project in the meeting: one file, no script, no outside resource, prints well.
Foreign text is escaped by the template engine.
"""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from casereview.reports import pictures
from casereview.reports.gather import Campaign, means
from casereview.reports.svg import svg
from casereview.reports.wording import Office, campaign_words, case_words, unit_words


def page(c: Campaign, office: Office) -> str:
    """The whole page."""
    env = Environment(autoescape=True)
    template = env.from_string(Path(__file__).with_name("page.html.j2").read_text("utf-8"))
    w = campaign_words(c, office)
    tiles = [
        ("单位", w["单位数"]),
        ("案卷", w["案卷数"]),
        ("平均分", w["平均分"]),
        ("优秀率", w["优秀率"]),
        ("不合格案卷", w["不合格数"]),
        ("存在否决项", w["否决案卷数"]),
        ("问题", w["问题数"]),
        ("待人工判断项次", w["待定数"]),
        ("未读文件", w["未读文件数"]),
    ]
    rows = means(c)
    return template.render(
        w=w,
        tiles=tiles,
        distribution=Markup(
            svg(pictures.distribution([x.score for x in c.cases if x.score is not None]))
        ),
        heat=Markup(svg(pictures.heatmap(*c.heat()))),  # noqa: S704
        movement=Markup(svg(pictures.movement(rows))) if rows else "",  # noqa: S704
        units=[
            {
                "words": unit_words(c, u, office),
                "cases": [
                    {
                        "words": case_words(c, x, office),
                        "timeline": Markup(svg(pictures.timeline(x.steps, x.limits))),
                    }
                    for x in u.cases
                ],
            }
            for u in c.units
        ],
    )  # noqa: S704
