"""Excel out and in: a lawyer edits points and wording in a workbook and brings it back as an
overlay; bad rows are refused with row and column.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from pathlib import Path

from casereview.errors import RulesRefused
from casereview.rules.checklist import Check
from casereview.rules.rulebook import Rules
from casereview.workbook import Book, read_sheet

COLUMNS = (
    "编号",
    "名称",
    "环节",
    "三项制度",
    "种类",
    "分值",
    "否决",
    "可补正",
    "依据",
    "不合格情形",
    "不适用或待复核",
    "整改建议",
    "停用",
    "理由",
)
_FIXED = ("编号", "三项制度", "种类")
_WIDTHS = (30, 26, 10, 10, 12, 7, 7, 8, 24, 44, 30, 40, 7, 24)


def row_of(c: Check) -> dict[str, str]:
    """An item as the cells of its row."""
    return {
        "编号": c.id,
        "名称": c.name,
        "环节": c.stage,
        "三项制度": c.system,
        "种类": c.kind_name,
        "分值": str(c.points),
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
    sheet = book.sheet("检查项", _WIDTHS)
    grey = book.form(bg_color="#EDEDED")
    rows = [
        [c.points if n == "分值" else text for n, text in row_of(c).items()]
        for c in rules.checklist.checks
    ]
    book.table(sheet, 0, COLUMNS, rows, [grey if n in _FIXED else None for n in COLUMNS], frozen=2)
    sheet.data_validation(
        1, 6, len(rows), 7, {"validate": "list", "source": ["是"], "ignore_blank": True}
    )
    note = book.sheet("说明", (90,), landscape=False)
    for i, line in enumerate(
        (
            f"{rules.title}",
            (
                "可以改：名称、环节、分值、否决、可补正、依据、不合格情形、不适用或待复核、"
                "整改建议；停用一项在“停用”列写“是”。"
            ),
            "改动和停用都要在“理由”列写明理由。灰色的列不能改。",
            (
                "改完存盘，运行：casereview checklist import 本文件.xlsx --base 原清单 --output"
                " 新清单.yaml"
            ),
        )
    ):
        book.put(note, i, 0, line, book.form(border=0))
    return book.bytes()


def overlay_of(path: Path, rules: Rules, title: str) -> str:
    """The overlay (YAML text) that a workbook asks for, compared with ``rules``. Raises
    RulesRefused with every bad row and column.
    """
    try:
        cells, formulas = read_sheet(path, "检查项")
    except ValueError as e:
        raise RulesRefused([str(e)]) from e
    rows = [["" if v is None else str(v).strip() for v in r] for r in cells]
    if not rows or [h for h in rows[0] if h][:1] != ["编号"]:
        raise RulesRefused([f"{path}：第 1 行不是表头，第 1 列应当是“编号”"])
    bad: list[str] = formulas
    changed: list[tuple[str, dict[str, str], str]] = []
    off: list[tuple[str, str]] = []
    seen: set[str] = set()
    for n, cells in enumerate(rows[1:], 2):
        got = dict(zip(rows[0], cells, strict=False))
        if not any(cells):
            continue
        check = rules.checklist.get(got.get("编号", ""))
        if check is None:
            bad.append(
                f"{path}：第 {n} 行 编号 列：原清单没有“{got.get('编号', '')}”；要增加项目请写在"
                " YAML 的“增加”里"
            )
            continue
        if check.id in seen:
            bad.append(f"{path}：第 {n} 行 编号 列：“{check.id}”重复")
        seen.add(check.id)
        old = row_of(check)
        new = {
            k: got[k]
            for k in COLUMNS
            if k in got and k not in ("停用", "理由") and not _same(k, got[k], old[k])
        }
        bad += [f"{path}：第 {n} 行 {k} 列：不能改" for k in new if k in _FIXED]
        new = {k: v for k, v in new.items() if k not in _FIXED}
        bad += _faults(path, n, new)
        reason = got.get("理由", "")
        if (new or got.get("停用")) and not reason:
            bad.append(f"{path}：第 {n} 行 理由 列：改了{'、'.join(new) or '停用'}，要写理由")
        if got.get("停用") not in ("", "是", None):
            bad.append(f"{path}：第 {n} 行 停用 列：只能写“是”或者留空")
        if got.get("停用"):
            off.append((check.id, reason))
        elif new:
            changed.append((check.id, new, reason))
    if bad:
        raise RulesRefused(bad)
    return _yaml(rules, title, changed, off)


def _same(key: str, a: str, b: str) -> bool:
    if key == "分值":
        try:
            return Decimal(a) == Decimal(b)
        except InvalidOperation:
            return False
    return a == b


def _faults(path: Path, n: int, new: dict[str, str]) -> list[str]:
    bad = []
    for k, v in new.items():
        if k == "分值":
            try:
                good = Decimal(v).is_finite() and Decimal(v) >= 0
            except InvalidOperation:
                good = False
            if not good:
                bad.append(f"{path}：第 {n} 行 分值 列：“{v}”不是不小于零的数")
        if k in ("否决", "可补正") and v not in ("", "是"):
            bad.append(f"{path}：第 {n} 行 {k} 列：只能写“是”或者留空")
        if k == "名称" and not v:
            bad.append(f"{path}：第 {n} 行 名称 列：不能为空")
    return bad


def _yaml(
    rules: Rules,
    title: str,
    changed: list[tuple[str, dict[str, str], str]],
    off: list[tuple[str, str]],
) -> str:
    lines = [
        "# 由表格改动生成，可以继续手工修改；改完运行 casereview checklist check。",
        f"基于: {quoted(rules.checklist.id)}",
        f"编号: {quoted(title)}",
        f"清单: {quoted(title)}",
        '版本: "1"',
    ]
    if changed:
        lines.append("改动:")
        for name, new, reason in changed:
            lines.append(f"  {name}:")
            for k, v in new.items():
                if k in ("否决", "可补正"):
                    lines.append(f"    {k}: {'true' if v else 'false'}")
                elif k == "依据":
                    lines.append(f"    依据: [{', '.join(quoted(b) for b in v.split('；') if b)}]")
                else:
                    lines.append(f"    {k}: {quoted(v)}")
            lines.append(f"    理由: {quoted(reason)}")
    if off:
        lines += ["停用:", *(f"  {name}: {quoted(reason)}" for name, reason in off)]
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """A YAML string that can hold anything a person types."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
