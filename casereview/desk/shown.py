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
    "用 --why 写明理由": "在“理由”一栏写明理由",
    "加 --again --why 理由": "勾选“重新印发”并写明理由",
    "由负责人批准：--signer 姓名 --why 理由": "由负责人批准：写上批准人和理由",
    "用 --signer 写批准的人，--number 写政府的文号": "写上批准人和政府的文号",
    "用 --say 写明事由": "在“事由”一栏写明事由",
    "写进一个 YAML 文件，用 --office 指明": "在“发文单位”各栏写明",
    "在印发信息（--office）里写“本级政府: 某县人民政府”": "在“本级政府”一栏写明",
    "免予整改要写 --until 到期日 和 --signer 批准人": "免予整改要写到哪一天为止和批准的负责人",
    "--until": "到期日",
    "--signer": "“批准人”一栏",
    "--number": "“文号”一栏",
    "--again": "“重新印发”",
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
