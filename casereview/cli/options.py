"""Options that several commands share, defined once: a dataclass whose fields are options."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from casereview.cli.shared import day
from casereview.cli.values import EXPORTED, meant

if TYPE_CHECKING:
    from casereview.rounds.listing import Asked
    from casereview.run.campaigns import CampaignOrder


def grouped(command: Callable[..., None]) -> Callable[..., None]:
    """A command with the fields of each parameter that is a dataclass as options of its own, in its
    place.
    """
    own = inspect.signature(command, eval_str=True).parameters.values()
    groups: dict[str, Any] = {p.name: p.annotation for p in own if is_dataclass(p.annotation)}

    @wraps(command)
    def run(**given: Any) -> None:
        for name, group in groups.items():
            given[name] = group(**{f.name: given.pop(f.name) for f in fields(group)})
        command(**given)

    flat = [x for p in own for x in (_options(groups[p.name]) if p.name in groups else [p])]
    ready = [x.replace(kind=inspect.Parameter.KEYWORD_ONLY) for x in flat]
    run.__signature__ = inspect.Signature(ready)  # type: ignore[attr-defined]
    run.__annotations__ = {x.name: x.annotation for x in ready}
    return run


def _options(group: Any) -> list[inspect.Parameter]:
    """The fields of a group as parameters."""
    hints = get_type_hints(group, include_extras=True)
    kind = inspect.Parameter.KEYWORD_ONLY
    return [
        inspect.Parameter(f.name, kind, default=f.default, annotation=hints[f.name])
        for f in fields(group)
    ]


@dataclass(frozen=True)
class Filters:
    """What of the list of findings is wanted."""

    unit: Annotated[str, typer.Option("--unit", help="单位（可以只写一部分）")] = ""
    case: Annotated[str, typer.Option("--case", help="案卷（可以只写一部分）")] = ""
    item: Annotated[str, typer.Option("--item", help="检查项的名称或者编号")] = ""
    stage: Annotated[str, typer.Option("--stage", help="环节")] = ""
    verdict: Annotated[
        str, typer.Option("--verdict", help="结论：不合格、待复核、待人工、合格、不适用、免予整改")
    ] = ""
    reviewer: Annotated[str, typer.Option("--reviewer", help="谁提过意见的")] = ""
    veto: Annotated[bool, typer.Option("--veto", help="只要否决的")] = False
    ruled: Annotated[bool, typer.Option("--ruled", help="只要有复核意见的")] = False

    level: Annotated[
        str, typer.Option("--level", help="案卷（案卷的项目）或者 单位（单位三项制度的项目）")
    ] = ""

    def asked(self, level: str, open_: bool = False) -> Asked:
        """What the list is asked for. ``level``: of what where nobody says; ``open_``: only what
        nobody decided.
        """
        from casereview.rounds.listing import Asked

        said = meant("--level", self.level, EXPORTED) or level
        return Asked(**{**vars(self), "level": said}, open=open_)


@dataclass(frozen=True)
class About:
    """What a campaign is; None: not said."""

    organiser: Annotated[str | None, typer.Option("--organiser", help="组织评查的机关")] = None
    period: Annotated[str | None, typer.Option("--period", help="期间，例如 2026年6月至9月")] = None
    basis: Annotated[
        list[str] | None,
        typer.Option("--basis", help="依据的办法、通知：《文件名》文号，可以写多次"),
    ] = None
    standard: Annotated[str | None, typer.Option("--standard", help="评查标准的名称")] = None
    unit: Annotated[list[str] | None, typer.Option("--unit", help="参评单位，可以写多次")] = None
    numbering: Annotated[
        str | None,
        typer.Option("--numbering", help="文书的文号，* 是顺序号：某司法评〔2026〕*号"),
    ] = None
    names_down: Annotated[
        bool | None, typer.Option("--names-down/--no-names", help="评查员姓名写进下发的文书")
    ] = None
    keep_until: Annotated[
        str | None,
        typer.Option("--keep-until", help="案卷内容留存到哪天；过了这一天用 erase --due 删除"),
    ] = None

    def order(self, closed: bool | None = None) -> CampaignOrder:
        """What the campaign shall be. ``closed``: ended, or open again."""
        from casereview.run.campaigns import CampaignOrder

        return CampaignOrder(
            self.organiser,
            self.period,
            None if self.basis is None else tuple(self.basis),
            self.standard,
            None if self.unit is None else tuple(self.unit),
            self.numbering,
            self.names_down,
            closed,
            day(self.keep_until, "--keep-until") if self.keep_until else self.keep_until,
        )
