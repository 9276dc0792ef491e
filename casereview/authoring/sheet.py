"""Excel out and in: a lawyer edits points, wording and the rule itself in a workbook and brings it
back as an overlay; bad rows are refused with row and column.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

from casereview.authoring.declaration import condition_of, declaration_of, flow, parsed, quoted
from casereview.errors import RulesRefused
from casereview.rules.checklist import Check
from casereview.rules.deduction import Deduction
from casereview.rules.rulebook import Rules
from casereview.workbook import Book, read_sheet

COLUMNS = {
    "编号": 30,
    "名称": 26,
    "问题": 24,
    "环节": 10,
    "三项制度": 10,
    "种类": 12,
    "怎样判断": 44,
    "规则": 44,
    "适用条件": 24,
    "分值": 7,
    "扣分办法": 22,
    "否决": 7,
    "可补正": 8,
    "依据": 24,
    "不合格情形": 40,
    "不适用或待复核": 30,
    "整改建议": 40,
    "停用": 7,
    "理由": 24,
}
FIXED = ("编号", "三项制度", "种类", "怎样判断")
RULES = ("规则", "适用条件", "扣分办法")
ASIDE = ("停用", "理由")
NOTES = (
    "可以改：名称、问题、环节、规则、适用条件、分值、扣分办法、否决、"
    "可补正、依据、不合格情形、不适用或待复核、整改建议；"
    "停用一项在“停用”列写“是”。",
    "“规则”就是这一项怎样判：每行一个键，例如 要素: "
    "[违法事实, 法律依据]。文书和要素的名称要是登记过的，"
    "“怎样判断”是程序按规则写出的一句话。",
    "“扣分办法”写不合格时怎样扣：空着就是扣全部分值；每处扣: 1、扣分幅度: [1, 5]、"
    "分档: {较规范: 1, 不规范: 3} 等，写法见 docs/计分.md。",
    "改动和停用都要在“理由”列写明理由。灰色的列不能改。",
    "改完存盘，运行：casereview checklist import 本文件.xlsx --base 原清单 --output 新清单.yaml",
)


@dataclass
class _Asked:
    """What a workbook asks for: changed cells and switched-off items, each with its reason."""

    bad: list[str]
    changed: list[tuple[Check, dict[str, str], str]] = field(default_factory=list)
    off: list[tuple[str, str]] = field(default_factory=list)


def row_of(c: Check) -> dict[str, str]:
    """An item as the cells of its row."""
    return {
        "编号": c.id,
        "名称": c.name,
        "问题": c.fault,
        "环节": c.stage,
        "三项制度": c.system,
        "种类": c.kind_name,
        "怎样判断": c.kind.rule(),
        "规则": declaration_of(c.kind),
        "适用条件": condition_of(c.when),
        "分值": str(c.points),
        "扣分办法": declaration_of(c.deduction),
        "否决": "是" if c.veto else "",
        "可补正": "是" if c.curable else "",
        "依据": "；".join(c.basis),
        "不合格情形": c.fails_when,
        "不适用或待复核": c.note,
        "整改建议": c.advice,
        "停用": "",
        "理由": "",
    }


def sheet_of(rules: Rules) -> bytes:
    """The workbook of a checklist: frozen head, filter, real numbers, fixed columns in grey."""
    book = Book(rules.title)
    sheet = book.sheet("检查项", tuple(COLUMNS.values()))
    grey = book.form(bg_color="#EDEDED")
    rows = [
        [c.points if n == "分值" else text for n, text in row_of(c).items()]
        for c in rules.checklist.checks
    ]
    names = tuple(COLUMNS)
    book.table(sheet, 0, names, rows, [grey if n in FIXED else None for n in names], frozen=2)
    veto = names.index("否决")
    yes = {"validate": "list", "source": ["是"], "ignore_blank": True}
    sheet.data_validation(1, veto, len(rows), veto + 1, yes)
    note = book.sheet("说明", (90,), landscape=False)
    for i, line in enumerate((rules.title, *NOTES)):
        book.put(note, i, 0, line, book.form(border=0))
    return book.bytes()


def overlay_of(path: Path, rules: Rules, title: str) -> str:
    """The overlay (YAML text) that a workbook asks for, compared with ``rules``. Raises
    RulesRefused with every bad row and column.
    """
    rows, formulas = _rows(path)
    asked = _Asked(formulas)
    seen: set[str] = set()
    for n, values in enumerate(rows[1:], 2):
        if any(values):
            got = dict(zip(rows[0], values, strict=False))
            _row(asked, rules, seen, f"{path}：第 {n} 行", got)
    if asked.bad:
        raise RulesRefused(asked.bad)
    return _yaml(rules, title, asked)


def _rows(path: Path) -> tuple[list[list[str]], list[str]]:
    """The cells of the sheet as text, and complaints about formulas."""
    try:
        cells, formulas = read_sheet(path, "检查项")
    except ValueError as e:
        raise RulesRefused([str(e)]) from e
    rows = [["" if v is None else str(v).strip() for v in r] for r in cells]
    if not rows or [h for h in rows[0] if h][:1] != ["编号"]:
        raise RulesRefused([f"{path}：第 1 行不是表头，第 1 列应当是“编号”"])
    return rows, list(formulas)


def _row(asked: _Asked, rules: Rules, seen: set[str], where: str, got: dict[str, str]) -> None:
    """One row of the workbook, compared with the item it names."""
    name = got.get("编号", "")
    check = rules.checklist.get(name)
    if check is None:
        text = f"{where} 编号 列：原清单没有“{name}”；要增加项目请写在 YAML 的“增加”里"
        asked.bad.append(text)
        return
    if check.id in seen:
        asked.bad.append(f"{where} 编号 列：“{check.id}”重复")
    seen.add(check.id)
    every = _different(row_of(check), got)
    asked.bad += [f"{where} {k} 列：不能改" for k in every if k in FIXED]
    _ask(asked, check, where, {k: v for k, v in every.items() if k not in FIXED}, got)


def _ask(asked: _Asked, check: Check, where: str, new: dict[str, str], got: dict[str, str]) -> None:
    """What a row asks of its item: ``new`` cells, or to be switched off, with a reason."""
    off, reason = got.get("停用", ""), got.get("理由", "")
    asked.bad += _faults(where, new)
    if (new or off) and not reason:
        asked.bad.append(f"{where} 理由 列：改了{'、'.join(new) or '停用'}，要写理由")
    if off not in ("", "是"):
        asked.bad.append(f"{where} 停用 列：只能写“是”或者留空")
    if off:
        asked.off.append((check.id, reason))
    elif new:
        asked.changed.append((check, new, reason))


def _different(old: dict[str, str], got: dict[str, str]) -> dict[str, str]:
    """The cells that say something else than the checklist."""
    asked = [k for k in COLUMNS if k in got and k not in ASIDE]
    return {k: got[k] for k in asked if not _same(k, got[k], old[k])}


def _same(key: str, a: str, b: str) -> bool:
    if key == "分值":
        try:
            return Decimal(a) == Decimal(b)
        except InvalidOperation:
            return False
    if key in RULES:
        return [line.strip() for line in a.splitlines()] == b.splitlines()
    return a == b


def _faults(where: str, new: dict[str, str]) -> list[str]:
    return [f"{where} {k} 列：{why}" for k, v in new.items() if (why := _fault(k, v))]


def _fault(key: str, value: str) -> str:
    """What is wrong with one changed cell; '' when nothing is."""
    if key == "分值" and not _is_points(value):
        return f"“{value}”不是不小于零的数"
    if key in ("否决", "可补正") and value not in ("", "是"):
        return "只能写“是”或者留空"
    if key == "名称" and not value:
        return "不能为空"
    return _declared_wrong(key, value) if key in RULES and value else ""


def _declared_wrong(key: str, value: str) -> str:
    """What is wrong with a cell of keys, one a line; what they say is judged by the loader."""
    try:
        got = parsed(value, "格内")
    except RulesRefused as e:
        return "；".join(e.complaints)
    strange = [k for k in got if key == "扣分办法" and k not in Deduction.keys()]
    return f"没有“{strange[0]}”，可以写 {'、'.join(Deduction.keys())}" if strange else ""


def _is_points(text: str) -> bool:
    try:
        return Decimal(text).is_finite() and Decimal(text) >= 0
    except InvalidOperation:
        return False


def _yaml(rules: Rules, title: str, asked: _Asked) -> str:
    lines = [
        "# 由表格改动生成，可以继续手工修改；改完运行 casereview checklist check。",
        f"基于: {quoted(rules.checklist.id)}",
        f"编号: {quoted(title)}",
        f"清单: {quoted(title)}",
        '版本: "1"',
    ]
    if asked.changed:
        lines.append("改动:")
    for check, new, reason in asked.changed:
        lines.append(f"  {check.id}:")
        for k, v in new.items():
            lines += [f"    {line}" for line in _changed(check, k, v)]
        lines.append(f"    理由: {quoted(reason)}")
    if asked.off:
        lines += ["停用:", *(f"  {name}: {quoted(reason)}" for name, reason in asked.off)]
    return "\n".join(lines) + "\n"


def _changed(check: Check, key: str, value: str) -> list[str]:
    """The lines of YAML for one changed cell."""
    if key in ("规则", "扣分办法"):
        old = check.kind if key == "规则" else check.deduction
        new = parsed(value, key) if value else {}
        gone = [k for k in old.declared() if k not in new]
        return [f"{k}: {flow(v)}" for k, v in new.items()] + [f"{k}: 缺省" for k in gone]
    return [f"{'当' if key == '适用条件' else key}: {_value(key, value)}"]


def _value(key: str, value: str) -> str:
    if key == "适用条件":
        return flow(parsed(value, key)) if value else "缺省"
    if key in ("否决", "可补正"):
        return "true" if value else "false"
    if key == "依据":
        return f"[{', '.join(quoted(b) for b in value.split('；') if b)}]"
    return quoted(value)
