"""``casereview campaign draw|exclude|match``: the list of files of a campaign."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from casereview.cli.campaign import Named, PerUnit, Seed
from casereview.cli.shared import DEFAULT_DB, By, Db, Why, actor, tell

Drawn = Annotated[str, typer.Argument(help="抽取的案号（可以只写一部分）")]


def draw(
    ledger: Annotated[Path, typer.Argument(help="案卷台账（Excel、CSV）")],
    seed: Seed = "",
    per_unit: PerUnit = 3,
    only: Annotated[str, typer.Option("--round", help="只用于哪一轮；缺省为整个活动")] = "",
    named: Named = "",
    by: By = "",
    db: Db = DEFAULT_DB,
) -> None:
    """评查名单：按种子抽取，不写种子的台账上的全部列入。配额、调取、排除用 sample。"""
    from casereview.record.store import Store
    from casereview.run.campaigns import ListOrder, give_list
    from casereview.run.panel import DrawOrder

    order = ListOrder(DrawOrder(ledger, seed, per_unit), named, only)
    listed = give_list(Store(db, create=False), order, actor(by))
    tell(f"评查名单 {len(listed.drawn)} 卷")
    for text in listed.short:
        tell(text, "yellow")


def exclude(
    number: Drawn,
    why: Why = "",
    named: Named = "",
    by: By = "",
    db: Db = DEFAULT_DB,
) -> None:
    """一卷不再评查（涉密、已灭失、另案处理……），写明理由。"""
    from casereview.record.store import Store
    from casereview.run.campaigns import settle_drawn

    said = settle_drawn(Store(db, create=False), number, "", why, actor(by), named)
    tell(f"已排除 {said.number}：{said.why}")


def match(
    number: Drawn,
    case: Annotated[str, typer.Argument(help="就是哪个案卷（可以只写一部分）")],
    why: Why = "",
    named: Named = "",
    by: By = "",
    db: Db = DEFAULT_DB,
) -> None:
    """抽取的一卷就是送来的哪个案卷（案号对不上的时候）。"""
    from casereview.record.store import Store
    from casereview.run.campaigns import settle_drawn

    said = settle_drawn(Store(db, create=False), number, case, why, actor(by), named)
    tell(f"{said.number} 就是 {said.case}")
