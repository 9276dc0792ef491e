"""Templates into pages. All text is escaped by the template engine and made inert before."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from casereview.reports.inert import clean
from casereview.reports.lit import lit
from casereview.reports.web.pictures import Picture
from casereview.reports.web.svg import svg
from casereview.reports.words import cn_date, number, share, signed, status_word

HERE = Path(__file__).parent
_FIELDS = {  # what is an option at the terminal is a field on the page
    "--at 文件:页": "“问题在哪里”一栏",
    "--at": "“问题在哪里”一栏",
    "--points": "“扣几分”一栏",
    "--why": "“理由”一栏",
    "--settle": "“裁定”",
}


def _inert(value: object) -> object:
    """What stands in a page: text without control characters, nothing for None."""
    if value is None:
        return ""
    return clean(value) if type(value) is str else value


def _points(v: float | None) -> str:
    """A score as it stands in the store."""
    return number(None if v is None else Decimal(str(v)))


def _drawn(p: Picture) -> Markup:
    return Markup(svg(p))  # noqa: S704 - made of shapes, its texts are escaped


@cache
def _environment() -> Environment:
    env = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        finalize=_inert,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters |= {
        "number": number,
        "signed": signed,
        "day": cn_date,
        "share": share,
        "word": status_word,
        "picture": _drawn,
        "points": _points,
        "lit": lit,
    }
    return env


def for_page(text: str) -> str:
    """An error as it is told on a page."""
    for option, field in _FIELDS.items():
        text = text.replace(option, field)
    return text


def page(template: str, **said: object) -> str:
    """A page from ``templates/``."""
    return _environment().get_template(template).render(**said)
