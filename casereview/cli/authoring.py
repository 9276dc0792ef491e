"""``casereview checklist new|new-item|region|import|export``: write checklists."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casereview.cli.checklist import DEFAULT, Name, Output, write
from casereview.cli.shared import tell
from casereview.errors import UsageError
from casereview.reports.inert import clean

if TYPE_CHECKING:
    from casereview.authoring.new_item import Question
    from casereview.authoring.region import LocalAnswer, LocalQuestion


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
    write(
        Path(f"{name}.yaml"),
        overlay_text(name, rules, hearing_person, hearing_unit, source).encode(),
    )


def export(output: Output, checklist: Name = DEFAULT) -> None:
    """把清单写成 Excel（.xlsx，可以修改后导入）、Word（.docx）或者网页（.html）。"""
    from casereview.rules.rulebook import load_rules

    rules = load_rules(checklist)
    kind = output.suffix.lower()
    if kind == ".xlsx":
        from casereview.authoring.sheet import sheet_of

        write(output, sheet_of(rules))
    elif kind in (".html", ".docx"):
        from casereview.authoring.table import docx_of, html_of

        write(output, html_of(rules).encode() if kind == ".html" else docx_of(rules))
    else:
        raise UsageError("--output 的扩展名只能是 .xlsx、.docx、.html")


def import_(
    sheet: Annotated[Path, typer.Argument(help="改过的 Excel")],
    output: Output,
    base: Annotated[str, typer.Option("--base", help="导出时的清单")] = DEFAULT,
) -> None:
    """把改过的 Excel 变成一份叠加清单；有问题的行按行列指出，一处也不写入。"""
    from casereview.authoring.sheet import overlay_of
    from casereview.rules.rulebook import load_rules

    write(output, overlay_of(sheet, load_rules(base), output.stem).encode())
    load_rules(str(output))


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
        write(sheet, local.sheet_text(questions).encode())
        return
    given = local.read_sheet(answers, questions) if answers else _local_answers(questions)
    path = Path(f"{name}.yaml")
    write(path, local.overlay_of(name, rules, given).encode())
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


def new_item(
    name: Annotated[str, typer.Argument(help="新的叠加清单的名称，例如 某某县2026")],
    base: Annotated[str, typer.Option("--base", help="加在哪份清单上")] = DEFAULT,
) -> None:
    """一问一答增加一项：写出叠加清单和它的两个样例，并当场运行样例。"""
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
    write(sheet, asking.overlay_with(name, rules.checklist.id, answers).encode())
    load_rules(str(sheet))
    book = Path(f"{name}-样例.yaml")
    write(book, asking.examples_text(str(sheet), book_on(rules.checklist.id), answers).encode())
    for outcome in run_book(book):
        word = "相符" if outcome.good else "不符"
        typer.echo(f"{clean(outcome.name)}：应为{outcome.expected}，实际{outcome.got}，{word}")


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
