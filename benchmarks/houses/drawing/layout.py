"""How fields are set: as lines of text or as the rows of a table."""

from __future__ import annotations

from drawing.paper import UP, Block

LONG = 16
SHORT = 8
WIDE = 45
MERGED = 6
Row = tuple[str, str]


def lines(rows: list[Row], style: str) -> list[Block]:
    """Fields as lines; nothing where the style is one of tables."""
    if style == "行":
        return [("line", f"{k}：{v}") for k, v in rows]
    if style == "下划线":
        return [("line", f"{k}：　{v}　") for k, v in rows]
    if style == "方括行":
        return [("line", f"【{k}】{v}") for k, v in rows]
    if style == "空格行":
        return [("line", f"{k}　　{v}") for k, v in rows]
    if style == "隔行":
        return [block for k, v in rows for block in (("head", f"{k}："), ("para", v))]
    if style == "序号行":
        return [("line", f"{i}．{k}：{v}") for i, (k, v) in enumerate(rows, 1)]
    if style == "叙述":
        return _told(rows)
    return []


def _told(rows: list[Row]) -> list[Block]:
    """Short fields in one sentence, what is long or signed on lines of its own."""
    plain = [(k, v) for k, v in rows if "\n" not in v and "⟦" not in v]
    rest = [row for row in rows if row not in plain]
    told: list[Block] = [("para", "，".join(f"{k}：{v}" for k, v in plain) + "。")] if plain else []
    return told + [("line", f"{k}：{v}") for k, v in rest]


def columns(rows: list[Row], style: str, head: str) -> list[Block]:
    """Fields as a table; `head` stands over merged ones."""
    if style == "四列":
        return [("table", paired(rows, 2), [0.18, 0.32] * 2)]
    if style == "六列":
        return [("table", paired(rows, 3), [0.14, 0.2, 0.13, 0.2, 0.13, 0.2])]
    if style == "竖列":
        narrow = [[("\n".join(k) if 4 < len(k) <= 8 and len(v) > 40 else k), v] for k, v in rows]
        return [("table", narrow, [0.16, 0.84])]
    if style == "序格":
        return [("table", [[str(i), k, v] for i, (k, v) in enumerate(rows, 1)], [0.08, 0.24, 0.68])]
    if style == "上下":
        return [("table", _stacked(rows), [0.5, 0.5])]
    if style == "同格":
        return [("table", [[f"{k}：{v}"] for k, v in rows], [1.0])]
    if style == "同格两列":
        return [("table", _celled(rows), [0.5, 0.5])]
    if style == "并头":
        return [("table", _headed(rows, head), [0.14, 0.24, 0.62])]
    return [("table", [[k, v] for k, v in rows], [0.26, 0.74])]


def _groups(rows: list[Row], most: int) -> list[list[Row]]:
    """Short fields side by side, long ones alone."""
    out: list[list[Row]] = []
    held: list[Row] = []
    for row in rows:
        limit = LONG if most < 3 else SHORT
        if len(row[1]) > limit or "\n" in row[1]:
            out += [held] if held else []
            out.append([row])
            held = []
            continue
        held.append(row)
        if len(held) == most:
            out.append(held)
            held = []
    return out + ([held] if held else [])


def paired(rows: list[Row], most: int) -> list[list[str]]:
    """Short fields `most` in a row; the last cell of a row that is not full takes what is left."""
    return [[cell for row in group for cell in row] for group in _groups(rows, most)]


def _stacked(rows: list[Row]) -> list[list[str]]:
    """Labels in one row, their values in the row below."""
    return [[row[i] for row in group] for group in _groups(rows, 2) for i in (0, 1)]


def _celled(rows: list[Row]) -> list[list[str]]:
    """Label and value in one cell, two in a row."""
    return [[f"{k}：{v}" for k, v in group] for group in _groups(rows, 2)]


def _headed(rows: list[Row], head: str) -> list[list[str]]:
    """The short fields at the beginning under one merged cell."""
    wide = (i for i, row in enumerate(rows) if "\n" in row[1] or len(row[1]) > WIDE)
    many = min(next(wide, len(rows)), MERGED)
    if many < 2:
        return [[k, v] for k, v in rows]
    first = [[head if i == 0 else UP, k, v] for i, (k, v) in enumerate(rows[:many])]
    return first + [[k, v] for k, v in rows[many:]]
