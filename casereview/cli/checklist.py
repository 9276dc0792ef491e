"""``casereview checklist …``: look at checklists, prove and compare them."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casereview.cli.groups import Commands
from casereview.cli.shared import out, tell
from casereview.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from casereview.authoring.differences import Difference

app = Commands(no_args_is_help=True, help="检查清单：查看、核对、试用、比较、编辑、打印。")
DEFAULT = "行政处罚-普通程序"
Name = Annotated[str, typer.Option("--checklist", "-c", help="检查清单的名称、编号或者文件")]
Output = Annotated[Path, typer.Option("--output", "-o", help="写到哪个文件")]


def write(path: Path, data: bytes) -> None:
    """Write a file that is not there yet, and say so. Raises UsageError."""
    from casereview.run.files import write_file

    if path.exists():
        raise UsageError(f"{path} 已经存在，请换一个文件名，或者先移走它。")
    write_file(path, data)
    tell(f"已写入 {path}")


@app.command("list")
def list_() -> None:
    """列出可用的检查清单。"""
    from casereview.facts.procedures import procedure_of
    from casereview.reports.terminal.tables import Head, table
    from casereview.rules.rulebook import available, load_rules

    rows = []
    for p in available():
        c = load_rules(str(p)).checklist
        points = sum(x.points for x in c.checks)
        short = procedure_of(c.procedure).short
        rows.append((p.stem, short, len(c.checks), points, "是" if c.default else "", c.id))
    heads: list[Head] = [
        ("名称", "name"),
        ("程序", "left"),
        ("项数", "right"),
        ("分值", "right"),
        ("缺省", "left"),
        ("编号", "left"),
    ]
    table(out(), "检查清单", heads, rows)


@app.command("check")
def check(name: Annotated[str, typer.Argument(help="清单名称或者文件")] = DEFAULT) -> None:
    """检查清单、参数和文书名称的写法，一次列出全部问题。"""
    from casereview.rules.rulebook import load_rules

    r = load_rules(name)
    c = r.checklist
    typer.echo(
        f"{r.path.name}：{len(c.checks)} 项，{sum(x.points for x in c.checks)}"
        f" 分，{sum(x.veto for x in c.checks)} 项否决；参数 {len(r.parameters)} 个，文书"
        f" {len(r.vocabulary.kinds)} 种，法律索引 {len(r.law.statutes)} 部"
        f" {r.law.statutes.versions} 版。写法无误。"
    )


@app.command("show")
def show(
    item: Annotated[
        str, typer.Argument(help="检查项编号，或者参数名称（如 起诉期限）；不写则列出全部检查项")
    ] = "",
    checklist: Name = DEFAULT,
) -> None:
    """列出清单，用一段话说明一项，或者列出一个参数历来的取值、依据、是否核实。"""
    from casereview.reports.terminal.checklist import show_check, show_checklist, show_parameter
    from casereview.rules.rulebook import load_rules

    rules = load_rules(checklist)
    if not item:
        show_checklist(out(), rules.checklist)
        return
    if item in rules.parameters:
        show_parameter(out(), rules.parameters[item])
        return
    c = rules.checklist.get(item)
    if c is None:
        raise UsageError(f"没有检查项或者参数“{item}”，用 casereview checklist show 查看全部编号。")
    show_check(out(), c, rules.parameters, c.kind.rule())


@app.command("try")
def try_(
    item: Annotated[str, typer.Argument(help="检查项编号")],
    path: Annotated[Path, typer.Argument(help="一个案卷")],
    checklist: Name = "",
) -> None:
    """在一个案卷上试一项：结论、依据的位置和原文、计算过程。不写数据库。"""
    from casereview.judging.plausibility import reason_of
    from casereview.judging.review import finding_of
    from casereview.reports.terminal.checklist import show_trial
    from casereview.rules.rulebook import rule_set
    from casereview.rules.table import Context
    from casereview.run.work import one_case, read_case

    rules = rule_set(checklist)
    case = read_case(one_case(path), rules)
    chosen, procedure = rules.for_case(case)
    why = reason_of(procedure)
    c = chosen.checklist.get(item)
    if c is None:
        raise UsageError(f"{chosen.title} 里没有检查项“{item}”（{why}）。")
    show_trial(out(), c, finding_of(c, Context(case, chosen.law)).verdict, f"{chosen.title}：{why}")


@app.command("diff")
def diff(
    old: Annotated[str, typer.Argument(help="原来的清单")],
    new: Annotated[str, typer.Argument(help="新的清单")],
    json_: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """两份清单有什么不同：哪些项改变了意思，从何时起，为什么。"""
    from casereview.authoring.differences import differences
    from casereview.reports.terminal.tables import Head, table
    from casereview.rules.rulebook import load_rules

    rows = differences(load_rules(old), load_rules(new))
    if json_:
        sys.stdout.write(
            json.dumps([d.__dict__ for d in rows], ensure_ascii=False, indent=1) + "\n"
        )
        return
    title = f"{len(rows)} 处不同，其中 {sum(d.meaning for d in rows)} 处影响判断或者得分"
    heads: list[Head] = [
        (h, "left") for h in ("项目", "名称", "改动", "原来", "现在", "理由", "影响结果")
    ]
    table(out(), title, heads, [_difference(d) for d in rows], "没有不同。")


def _difference(d: Difference) -> tuple[str, ...]:
    """The line of one difference."""
    told = (d.what, d.name, d.change, d.before[:160], d.after[:160], d.reason)
    return (*told, "是" if d.meaning else "")


@app.command("test")
def test(
    book: Annotated[
        Path | None, typer.Argument(help="样例文件或者文件夹；不写则运行随程序提供的全部样例")
    ] = None,
    verbose: Annotated[bool, typer.Option("--all", help="连通过的也列出")] = False,
) -> None:
    """运行样例，逐项报告应有的结论和实际的结论。"""
    from casereview.authoring.fixtures import books, run_book
    from casereview.reports.terminal.tables import Head, inert, table

    screen, wrong, total = out(), 0, 0
    heads: list[Head] = [(h, "left") for h in ("检查项", "样例", "应为", "实际", "说明")]
    for path in [book] if book else books():
        done = list(run_book(path))
        total += len(done)
        wrong += sum(not o.good for o in done)
        rows = [
            (o.check, o.name, o.expected, inert(o.got, "" if o.good else "red"), o.message)
            for o in done
            if verbose or not o.good
        ]
        if rows:
            table(screen, path.stem, heads, rows)
    typer.echo(f"样例 {total} 个，{total - wrong} 个相符，{wrong} 个不符。")
    if wrong:
        raise typer.Exit(ExitCode.SOME_FAILED)


@app.command("schema")
def schema() -> None:
    """清单的 JSON Schema，供编辑器提示和检查。"""
    from casereview.authoring.schema import schema_of
    from casereview.rules.rulebook import load_rules

    r = load_rules()
    sys.stdout.write(
        json.dumps(
            schema_of(sorted(r.vocabulary.kinds), sorted(r.parameters)),
            ensure_ascii=False,
            indent=1,
        )
        + "\n"
    )
