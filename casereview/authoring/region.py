"""A county's own overlay from its answers to local questions (``地方/问题.yaml``).

Pure: the questions, the sheet on which they can be answered, and the text made of the answers. Who
asks (terminal, sheet) is not known here.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from casereview.authoring.declaration import quoted
from casereview.chinese import find_dates
from casereview.chinese.answers import answer_of
from casereview.errors import UsageError
from casereview.law.parameters import Parameter, Value
from casereview.rules.rulebook import Rules
from casereview.yamlfile import load_yaml

FILE = "地方/问题.yaml"
YES = "是"  # the unit of a question that is answered with yes or no
COLUMNS = ("参数", "问题", "单位", "回答", "自", "依据")
_DAY = dt.timedelta(1)


@dataclass(frozen=True)
class LocalQuestion:
    """What a county decides itself: the parameter it fills, its words and unit, what holds now."""

    parameter: str
    words: str
    unit: str
    now: str


@dataclass(frozen=True)
class LocalAnswer:
    """A number of the county, from which day, and what it rests on ('' leaves it 待核实)."""

    value: Decimal
    since: dt.date
    source: str


def questions_of(rules: Rules) -> list[LocalQuestion]:
    """The questions for checklists of this procedure, with what the layer below says."""
    rows = load_yaml(rules.folder / FILE)
    asked = [r for r in rows if rules.checklist.procedure in r["程序"]]
    return [
        LocalQuestion(r["参数"], r["问"], r["单位"], _now(rules.parameters[r["参数"]]))
        for r in asked
    ]


def _now(parameter: Parameter) -> str:
    """What holds while nobody answers."""
    return parameter.values[-1].sentence() if parameter.values else "没有规定，有关项目不适用"


def answer_from(question: LocalQuestion, value: str, since: str, source: str) -> LocalAnswer | None:
    """One answer as typed; None where nothing was answered. Raises UsageError with what is wrong
    with it.
    """
    if not value.strip():
        return None
    day = next((d for d, _, _ in find_dates(since)), None)
    if day is None:
        raise UsageError(f"“{question.words}”：自何日起没有写，或者不是日期（写成 2024-01-01）")
    return LocalAnswer(_number(question, value.strip()), day, source.strip())


def _number(question: LocalQuestion, value: str) -> Decimal:
    if question.unit == YES:
        if answer_of(value) is not True:
            raise UsageError(f"“{question.words}”：施行的回答“是”，没有施行的不回答")
        return Decimal(1)
    try:
        number = Decimal(value.replace(",", "").removesuffix(question.unit))
    except InvalidOperation:
        number = Decimal(0)
    if number <= 0:
        raise UsageError(f"“{question.words}”：“{value}”不是大于零的数，单位是{question.unit}")
    return number


def sheet_text(questions: Sequence[LocalQuestion]) -> str:
    """The questions as a CSV to be answered in Excel."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    for q in questions:
        rows.writerow((q.parameter, f"{q.words}（现在：{q.now}）", q.unit, "", "", ""))
    return "\ufeff" + out.getvalue()


def read_sheet(path: Path, questions: Sequence[LocalQuestion]) -> dict[str, LocalAnswer]:
    """The answers of a sheet, by parameter. Raises UsageError with every row that is wrong."""
    by_name = {q.parameter: q for q in questions}
    bad: list[str] = []
    out: dict[str, LocalAnswer] = {}
    for n, row in enumerate(_rows(path), 2):
        name = row.get("参数") or ""
        if name not in by_name:
            bad.append(f"第 {n} 行：没有问题“{name}”，可以写 {'、'.join(by_name)}")
            continue
        try:
            cells = (row.get(key) or "" for key in ("回答", "自", "依据"))
            answer = answer_from(by_name[name], *cells)
        except UsageError as e:
            bad.append(f"第 {n} 行：{e}")
            continue
        out |= {name: answer} if answer else {}
    if bad:
        raise UsageError(f"{path} 有 {len(bad)} 处要改：" + "；".join(bad))
    return out


def _rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV as Excel saves it. Raises UsageError."""
    try:
        raw = path.read_bytes()
    except OSError as e:
        raise UsageError(f"读不到 {path}：{e}") from e
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        return list(csv.DictReader(io.StringIO(text)))
    raise UsageError(f"{path} 的编码读不出来，请在 Excel 里另存为 CSV UTF-8")


def overlay_of(name: str, rules: Rules, answers: Mapping[str, LocalAnswer]) -> str:
    """The overlay of a county: its answers over what holds below, each with its source."""
    lines = [
        f"# {name}：本地的回答。没有回答的照“{rules.checklist.title}”；",
        "# 没有写依据的是待核实，最多待复核。",
        f"# 评查时写 casereview score 文件夹 --checklist {name}.yaml。",
        f"基于: {quoted(rules.path.stem)}",
        *_added(rules),
        f"编号: {quoted(name)}",
        f"清单: {quoted(f'{rules.checklist.title}（{name}）')}",
        '版本: "1"',
        "层级: 县级",
    ]
    lines += ["参数:"] if answers else []
    for parameter, answer in answers.items():
        lines += _parameter(rules.parameters[parameter], rules, answer)
    return "\n".join(lines) + "\n"


def _added(rules: Rules) -> list[str]:
    """The items of the year, which the answers may switch on."""
    folder = rules.folder / "增项"
    own = {f.name for f in rules.layers.files}
    every = sorted(folder.glob("评查重点*.yaml"))
    usual = rules.checklist.procedure
    fitting = [p.stem for p in every if load_yaml(p).get("程序") == usual and p.name not in own]
    return [f"并入: [{', '.join(fitting)}]"] if fitting else []


def _parameter(old: Parameter, rules: Rules, answer: LocalAnswer) -> list[str]:
    """One parameter: what held before the day of the answer, then the answer."""
    unit, kind = _unit(old, rules)
    before = [v for v in old.values if v.since < answer.since]
    proof = quoted(answer.source) if answer.source else quoted("请填写依据的名称和文号")
    mark = "" if answer.source else ", 待核实: true"
    new = f"{{自: {answer.since}, 值: {answer.value}, 依据: {proof}{mark}}}"
    head = [f"  {old.name}:", f"    说明: {quoted(old.about)}", f"    单位: {quoted(unit)}"]
    rows = [f"      - {_value(v, answer.since - _DAY)}" for v in before]
    return [*head, f"    日类: {quoted(kind)}", "    取值:", *rows, f"      - {new}"]


def _unit(old: Parameter, rules: Rules) -> tuple[str, str]:
    """Unit and counting of a parameter that may have no number yet."""
    if old.values:
        return old.values[-1].unit, old.values[-1].day_kind
    asked = next((q for q in questions_of(rules) if q.parameter == old.name), None)
    unit = "" if asked is None or asked.unit == YES else asked.unit
    return unit, "工作日" if unit == "日" else ""


def _value(v: Value, last: dt.date) -> str:
    """A value of the layer below as it stands, ended where the answer begins."""
    until = min(v.until, last) if v.until else last
    kind = f", 日类: {v.day_kind}" if v.day_kind else ""
    proof = f"依据: {quoted(v.source)}{v.marks()}"
    return f"{{自: {v.since}, 至: {until}, 值: {v.value}{kind}, {proof}}}"
