"""The whole set of papers of a run: which there are, how they are called, what each is made of.
Writing them is the caller's business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from casereview.errors import UsageError
from casereview.model import FAIL
from casereview.reports import pictures
from casereview.reports.gather import Campaign, Case, Unit, means
from casereview.reports.official import render
from casereview.reports.paper_texts import CAMPAIGN, CASE, FORMS, UNIT, Form
from casereview.reports.png import png
from casereview.reports.wording import Office, campaign_words, case_words, unit_words

STATISTICS, PAGE = "评查统计", "汇报网页"
KINDS = (*(f.name for f in FORMS), STATISTICS, PAGE)


def file_name(text: str) -> str:
    """A name that every file system takes."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", text).strip(" .")[:80] or "未命名"


def template_of(form: Form, folder: Path | None) -> bytes:
    """The bureau's own template of that name, else the shipped one."""
    own = folder / f"{form.name}.docx" if folder else None
    return own.read_bytes() if own and own.is_file() else form.make()


def papers(
    c: Campaign, office: Office, kinds: tuple[str, ...] = (), templates: Path | None = None
) -> Iterator[tuple[str, bytes]]:
    """(path, bytes) of every paper asked for (all when ``kinds`` is empty). Raises UsageError for
    unknown kinds and templates that cannot be used.
    """
    unknown = [k for k in kinds if k not in KINDS]
    if unknown:
        raise UsageError(f"没有“{'、'.join(unknown)}”，可以写 {'、'.join(KINDS)}")
    if templates:
        if not templates.is_dir():
            raise UsageError(
                f"找不到模板文件夹 {templates}。用 casereview report templates -o 文件夹"
                " 写出自带的模板再改。"
            )
        stray = sorted(
            p.name
            for p in templates.glob("*.docx")
            if p.stem not in {f.name for f in FORMS} and not p.name.startswith("~$")
        )
        if stray:
            raise UsageError(
                f"模板文件夹 {templates} 里的 {'、'.join(stray)} 不对应任何文书；模板要叫"
                f" {'、'.join(f.name + '.docx' for f in FORMS)}"
            )
    wanted = kinds or KINDS
    for form in FORMS:
        if form.name in wanted:
            yield from _form(form, c, office, template_of(form, templates))
    if STATISTICS in wanted:
        from casereview.reports.statistics import statistics

        yield f"上报/{STATISTICS}.xlsx", statistics(c)
    if PAGE in wanted:
        from casereview.reports.page import page

        yield f"上报/{PAGE}.html", page(c, office).encode()


def _form(form: Form, c: Campaign, office: Office, template: bytes) -> Iterator[tuple[str, bytes]]:
    name = f"{form.name}.docx"
    if form.about == CAMPAIGN:
        yield (
            f"上报/{name}",
            render(template, name, campaign_words(c, office), form.required, _pictures(form, c)),
        )
    for u in c.units if form.about == UNIT else ():
        if form.name == "行政执法监督意见书" and not any(x.vetoes for x in u.cases):
            continue  # nothing that touches legality: the notice is enough
        if (
            form.name in ("整改通知书", "整改回执")
            and not u.faults
            or form.name == "整改清单"
            and not u.faults
            and not any(r.status == FAIL for r in u.systems_rows)
        ):
            continue
        yield (
            f"下发/{_folder(c, u)}/{name}",
            render(template, name, unit_words(c, u, office), form.required, _pictures(form, c)),
        )
    taken: set[str] = set()
    for owner, x in [(v, x) for v in c.units for x in v.cases] if form.about == CASE else ():
        base = path = f"下发/{_folder(c, owner)}/{form.name}/{file_name(x.name)}"
        n = 2
        while path in taken:
            path, n = f"{base}({n})", n + 1
        taken.add(path)
        yield (
            path + ".docx",
            render(template, name, case_words(c, x, office), form.required, _pictures(form, c, x)),
        )


def _folder(c: Campaign, u: Unit) -> str:
    several = sum(v.name == u.name for v in c.units) > 1
    return file_name(f"{u.batch}{u.name}" if several else u.name)


def _pictures(form: Form, c: Campaign, x: Case | None = None) -> dict[str, bytes | None]:
    out: dict[str, bytes | None] = {}
    for tag in form.pictures:
        if tag == "图_时间线" and x is not None:
            out[tag] = png(pictures.timeline(x.steps, x.limits))
        elif tag == "图_得分分布":
            out[tag] = png(pictures.distribution([y.score for y in c.cases if y.score is not None]))
        elif tag == "图_热力":
            out[tag] = png(pictures.heatmap(*c.heat()))
        elif tag == "图_变化":
            out[tag] = png(pictures.movement(means(c)))
    return out


def summary(written: list[str]) -> dict[str, Any]:
    """How many papers of which kind were written, for the talk and for --json."""
    kinds: dict[str, int] = {}
    for path in written:
        k = next((k for k in KINDS if k in path), Path(path).name)
        kinds[k] = kinds.get(k, 0) + 1
    return {"files": written, "kinds": kinds}
