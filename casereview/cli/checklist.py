"""``casereview checklist …``: look at, prove, compare, edit and print checklists."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casereview.cli.groups import Commands
from casereview.cli.shared import out, tell
from casereview.errors import ExitCode, UsageError
from casereview.reports.inert import clean

if TYPE_CHECKING:
    from casereview.authoring.new_item import Question
    from casereview.authoring.region import LocalAnswer, LocalQuestion

app = Commands(no_args_is_help=True, help="检查清单：查看、核对、试用、比较、编辑、打印。")
DEFAULT = "行政处罚-普通程序"
Name = Annotated[str, typer.Option("--checklist", "-c", help="检查清单的名称、编号或者文件")]
Output = Annotated[Path, typer.Option("--output", "-o", help="写到哪个文件")]


def _write(path: Path, data: bytes) -> None:
    from casereview.run.files import write_file

    if path.exists():
        raise UsageError(f"{path} 已经存在，请换一个文件名，或者先移走它。")
    write_file(path, data)
    tell(f"已写入 {path}")


@app.command("list")
def list_() -> None:
    """列出可用的检查清单。"""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from casereview.rules.rulebook import available, load_rules

    t = Table(box=box.SIMPLE_HEAD)
    for h in ("名称", "编号", "程序", "项数", "分值", "缺省", "说明"):
        t.add_column(h, overflow="fold", no_wrap=h in ("编号", "项数"))
    for p in available():
        c = load_rules(str(p)).checklist
        t.add_row(
            Text(p.stem),
            c.id,
            c.procedure,
            str(len(c.checks)),
            str(sum(x.points for x in c.checks)),
            "是" if c.default else "",
            Text(c.title),
        )
    out().print(t)


@app.command("check")
def check(name: Annotated[str, typer.Argument(help="清单名称或者文件")] = DEFAULT) -> None:
    """检查清单、参数和文书名称的写法，一次列出全部问题。"""
    from rich.text import Text

    from casereview.rules.rulebook import load_rules

    r = load_rules(name)
    c = r.checklist
    out().print(
        Text(
            f"{r.path.name}：{len(c.checks)} 项，{sum(x.points for x in c.checks)}"
            f" 分，{sum(x.veto for x in c.checks)} 项否决；参数 {len(r.parameters)} 个，文书"
            f" {len(r.vocabulary.kinds)} 种，法律索引 {len(r.law.statutes)} 部"
            f" {r.law.statutes.versions} 版。写法无误。"
        )
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
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from casereview.authoring.differences import differences
    from casereview.rules.rulebook import load_rules

    rows = differences(load_rules(old), load_rules(new))
    if json_:
        sys.stdout.write(
            json.dumps([d.__dict__ for d in rows], ensure_ascii=False, indent=1) + "\n"
        )
        return
    t = Table(
        box=box.SIMPLE_HEAD,
        title=f"{len(rows)} 处不同，其中 {sum(d.meaning for d in rows)} 处影响判断或者得分",
        title_justify="left",
    )
    for h in ("项目", "名称", "改动", "原来", "现在", "理由", "影响结果"):
        t.add_column(h, overflow="fold")
    for d in rows:
        t.add_row(
            d.what,
            Text(d.name),
            Text(d.change),
            Text(d.before[:160]),
            Text(d.after[:160]),
            Text(d.reason),
            "是" if d.meaning else "",
        )
    out().print(t)


@app.command("new")
def new(
    name: Annotated[str, typer.Argument(help="新清单的名称，例如 某某县2026")],
    base: Annotated[str, typer.Option("--base", help="在哪份清单上改")] = DEFAULT,
    hearing_person: Annotated[
        int, typer.Option("--hearing-person", help="本地听证门槛：对公民罚款多少元")
    ] = 0,
    hearing_unit: Annotated[
        int, typer.Option("--hearing-unit", help="本地听证门槛：对单位罚款多少元")
    ] = 0,
    source: Annotated[str, typer.Option("--source", help="听证门槛的依据")] = "",
) -> None:
    """新建一份叠加清单：只写与下层不同的地方。"""
    from casereview.authoring.skeleton import overlay_text
    from casereview.rules.rulebook import load_rules

    rules = load_rules(base)
    _write(
        Path(f"{name}.yaml"),
        overlay_text(name, rules, hearing_person, hearing_unit, source).encode(),
    )


@app.command("test")
def test(
    book: Annotated[
        Path | None, typer.Argument(help="样例文件或者文件夹；不写则运行随程序提供的全部样例")
    ] = None,
    verbose: Annotated[bool, typer.Option("--all", help="连通过的也列出")] = False,
) -> None:
    """运行样例，逐项报告应有的结论和实际的结论。"""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from casereview.authoring.fixtures import books, run_book

    screen, wrong, total = out(), 0, 0
    for path in [book] if book else books():
        t = Table(box=box.SIMPLE_HEAD, title=path.stem, title_justify="left")
        for h in ("检查项", "样例", "应为", "实际", "说明"):
            t.add_column(h, overflow="fold")
        shown = 0
        for o in run_book(path):
            total += 1
            wrong += not o.good
            if verbose or not o.good:
                shown += 1
                t.add_row(
                    o.check,
                    Text(clean(o.name)),
                    o.expected,
                    Text(o.got, style="" if o.good else "red"),
                    Text(clean(o.message)),
                )
        if shown:
            screen.print(t)
    screen.print(Text(f"样例 {total} 个，{total - wrong} 个相符，{wrong} 个不符。"))
    if wrong:
        raise typer.Exit(ExitCode.SOME_FAILED)


@app.command("export")
def export(output: Output, checklist: Name = DEFAULT) -> None:
    """把清单写成 Excel（.xlsx，可以修改后导入）、Word（.docx）或者网页（.html）。"""
    from casereview.rules.rulebook import load_rules

    rules = load_rules(checklist)
    kind = output.suffix.lower()
    if kind == ".xlsx":
        from casereview.authoring.sheet import sheet_of

        _write(output, sheet_of(rules))
    elif kind in (".html", ".docx"):
        from casereview.authoring.table import docx_of, html_of

        _write(output, html_of(rules).encode() if kind == ".html" else docx_of(rules))
    else:
        raise UsageError("--output 的扩展名只能是 .xlsx、.docx、.html")


@app.command("import")
def import_(
    sheet: Annotated[Path, typer.Argument(help="改过的 Excel")],
    output: Output,
    base: Annotated[str, typer.Option("--base", help="导出时的清单")] = DEFAULT,
) -> None:
    """把改过的 Excel 变成一份叠加清单；有问题的行按行列指出，一处也不写入。"""
    from casereview.authoring.sheet import overlay_of
    from casereview.rules.rulebook import load_rules

    _write(output, overlay_of(sheet, load_rules(base), output.stem).encode())
    load_rules(str(output))


@app.command("region")
def region(
    name: Annotated[str, typer.Argument(help="县、市、单位的名称，例如 某某县")],
    base: Annotated[str, typer.Option("--base", help="在哪份清单上写，例如 安徽")] = DEFAULT,
    answers: Annotated[
        Path | None, typer.Option("--answers", help="填好的问题表（CSV）；不写则在这里一问一答")
    ] = None,
    sheet: Annotated[
        Path | None, typer.Option("--sheet", help="只把问题写成一张表（CSV），填好再用 --answers")
    ] = None,
) -> None:
    """问本地的听证标准、法制审核标准、公示和归档日数、裁量基准等，写出本地的清单。"""
    from casereview.authoring import region as local
    from casereview.rules.rulebook import load_rules

    rules = load_rules(base)
    questions = local.questions_of(rules)
    if sheet:
        _write(sheet, local.sheet_text(questions).encode())
        return
    given = local.read_sheet(answers, questions) if answers else _local_answers(questions)
    path = Path(f"{name}.yaml")
    _write(path, local.overlay_of(name, rules, given).encode())
    load_rules(str(path.resolve()))
    rest = len(questions) - len(given)
    tell(f"回答 {len(given)} 个，{rest} 个没有回答的保持缺省；写法已核对。")


def _local_answers(questions: list[LocalQuestion]) -> dict[str, LocalAnswer]:
    """The answers given at the terminal; an empty one leaves things as they are."""
    from casereview.authoring import region as local

    out: dict[str, LocalAnswer] = {}
    for q in questions:
        while True:
            value = _prompt(f"{q.words}（单位：{q.unit}；现在：{q.now}；不知道的直接回车）")
            since, source = (_prompt("自何日起"), _prompt("依据")) if value else ("", "")
            try:
                answer = local.answer_from(q, value, since, source)
            except UsageError as e:
                tell(str(e), "yellow")
                continue
            out |= {q.parameter: answer} if answer else {}
            break
    return out


def _prompt(words: str) -> str:
    return str(typer.prompt(words, default="", show_default=False, err=True)).strip()


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


@app.command("statutes")
def statutes(
    more: Annotated[
        Path | None,
        typer.Argument(help="要并入的 CSV，列见 docs/法律索引.md；只查一部法律的不写"),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="并入后写到哪个文件")
    ] = None,
    whole: Annotated[
        bool, typer.Option("--whole", help="整册更新：表里有的法律，原有各版全部换成表里的")
    ] = False,
    known: Annotated[
        list[str] | None,
        typer.Option("--known", help="表里某一级截至哪天是新的，如 法律=2027-09-30；可写几次"),
    ] = None,
    find: Annotated[str, typer.Option("--find", help="列出一部法律的各版本")] = "",
    on: Annotated[str, typer.Option("--on", help="配合 --find：这一天有效的是哪一版")] = "",
) -> None:
    """查法律索引，或者把新的法律并入，写成新的
    statutes.csv；放进自己的规则文件夹（CASEREVIEW_RULES）即生效。
    """
    if find:
        _find_law(find, on)
    elif more and output:
        _merge_laws(more, output, whole, known or [])
    else:
        raise UsageError("写 --find 法律名称 查各版本，或者写一个 CSV 和 --output 并入索引。")


def _find_law(title: str, on: str) -> None:
    """Print the versions of a law."""
    from casereview.cli.shared import day
    from casereview.reports.terminal.statutes import show_law
    from casereview.rules.rulebook import load_rules

    stood = dt.date.fromisoformat(day(on, "--on")) if on else None
    show_law(out(), load_rules().law.statutes, title, stood)


def _merge_laws(more: Path, output: Path, whole: bool, known: list[str]) -> None:
    """Write the index with the rows of another sheet."""
    from rich.text import Text

    from casereview.cli.shared import day
    from casereview.law.statute_sheet import merged
    from casereview.settings import rules_folder

    if not more.is_file():
        raise UsageError(f"找不到 {more}")
    days = {}
    for text in known:
        level, _, until = text.partition("=")
        days[level] = day(until, "--known")
    text, added, replaced = merged(rules_folder() / "statutes.csv", more, whole=whole, known=days)
    _write(output, text.encode())
    out().print(Text(f"新增 {added} 版，更新 {replaced} 版。"))


@app.command("new-item")
def new_item(
    name: Annotated[str, typer.Argument(help="新的叠加清单的名称，例如 某某县2026")],
    base: Annotated[str, typer.Option("--base", help="加在哪份清单上")] = DEFAULT,
) -> None:
    """一问一答增加一项：写出叠加清单和它的两个样例，并当场运行样例。"""
    from rich.text import Text

    from casereview.authoring import new_item as asking
    from casereview.authoring.fixtures import book_on, run_book
    from casereview.facts.readers import registry_of
    from casereview.rules.rulebook import load_rules

    rules = load_rules(base)
    answers: dict[str, str] = {}
    for question in asking.FIRST:
        answers[question.key] = _ask(question)
    tell(asking.described(answers["种类"]))
    registry = registry_of(rules.vocabulary)
    for n in range(len(asking.questions_of(answers["种类"], registry))):
        papers = tuple(p for p in answers.get("文书", "").split("、") if p)
        question = asking.questions_of(answers["种类"], registry, papers)[n]
        answers[question.key] = _ask(question)
    for question in (*asking.LAST, *asking.EXAMPLES):
        answers[question.key] = _ask(question)
    sheet = Path(f"{name}.yaml")
    _write(sheet, asking.overlay_with(name, rules.checklist.id, answers).encode())
    load_rules(str(sheet))
    book = Path(f"{name}-样例.yaml")
    _write(book, asking.examples_text(str(sheet), book_on(rules.checklist.id), answers).encode())
    for outcome in run_book(book):
        word = "相符" if outcome.good else "不符"
        out().print(Text(f"{outcome.name}：应为{outcome.expected}，实际{outcome.got}，{word}"))


def _ask(question: Question) -> str:
    """One question at the terminal, until what must be answered is."""
    while True:
        words = question.words
        if question.choices:
            words += "：" + "、".join(question.choices)
        answer = _prompt(words)
        if question.choices and answer and not set(answer.split("、")) <= set(question.choices):
            tell(f"只能写 {'、'.join(question.choices)}")
        elif answer or not question.needed:
            return answer
        else:
            tell("这一问要回答。")
