"""The river of rooms as a picture, drawn from the imports of the code.

    python benchmarks/river.py [docs/pictures/架构.svg]

Each row is a floor of ``tests/test_rooms.py``; a line joins a room to each room it imports; the
number is how many modules it has.
"""

from __future__ import annotations

import ast
import sys
from html import escape
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "casereview"
WIDTH, HEIGHT, BOX_W, BOX_H = 900, 74, 150, 40
WORDS = {
    "errors": "出错和退出码",
    "model": "名词",
    "settings": "环境",
    "writing": "写出",
    "kept": "留存",
    "yamlfile": "严格的 YAML",
    "workbook": "表格进出",
    "chinese": "文字→值",
    "law": "参数 法律 日历",
    "privacy": "个人信息",
    "reading": "文件→页",
    "papers": "页→文书",
    "facts": "文书→要素",
    "rules": "标准和种类",
    "judging": "判断和计分",
    "authoring": "编标准",
    "record": "结果和数据库",
    "rounds": "各轮之间",
    "run": "做什么",
    "reports": "写什么",
    "desk": "评查台",
    "cli": "命令",
}


def floors() -> list[tuple[str, ...]]:
    """The floors that the test of the rooms holds, read from it."""
    tree = ast.parse((ROOT / "tests" / "test_rooms.py").read_text("utf-8"))
    table = next(
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "ROOMS"
    )
    return [row for row in ast.literal_eval(table) if row != ("__main__",)]


def imports() -> dict[str, set[str]]:
    """Room -> the rooms it imports."""
    out: dict[str, set[str]] = {}
    for path in PACKAGE.rglob("*.py"):
        me = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("casereview"):
                names = [f"{node.module}.{a.name}".split(".")[1] for a in node.names]
                out.setdefault(me, set()).update(n for n in names if n in WORDS and n != me)
    return out


def places() -> dict[str, tuple[float, float]]:
    """Centre of each room's box."""
    out = {}
    for level, row in enumerate(floors()):
        for n, name in enumerate(row):
            out[name] = (WIDTH * (n + 1) / (len(row) + 1), 30 + level * HEIGHT)
    return out


def svg() -> str:
    """The picture."""
    at = places()
    lines = [
        f'<line x1="{at[a][0]:.0f}" y1="{at[a][1] - 20:.0f}" x2="{at[b][0]:.0f}"'
        f' y2="{at[b][1] + 20:.0f}" stroke="#9db2c9" stroke-width="1"/>'
        for a, used in sorted(imports().items())
        for b in sorted(used)
        if a in at and b in at and at[a][1] > at[b][1]
    ]
    boxes = [_box(name, x, y) for name, (x, y) in at.items()]
    height = 30 + len(floors()) * HEIGHT
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}">'
    return "\n".join([head, *lines, *boxes, "</svg>\n"])


def _box(name: str, x: float, y: float) -> str:
    modules = len(list((PACKAGE / name).rglob("*.py"))) if (PACKAGE / name).is_dir() else 1
    left, top = x - BOX_W / 2, y - BOX_H / 2
    font = 'font-family="Noto Sans CJK SC, SimHei, sans-serif" text-anchor="middle"'
    return (
        f'<rect x="{left:.0f}" y="{top:.0f}" width="{BOX_W}" height="{BOX_H}" rx="6"'
        ' fill="#eef3f9" stroke="#38618c"/>'
        f'<text x="{x:.0f}" y="{y - 3:.0f}" font-size="13" {font}>{escape(name)} · {modules}</text>'
        f'<text x="{x:.0f}" y="{y + 14:.0f}" font-size="11" fill="#555" {font}>{WORDS[name]}</text>'
    )


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures" / "架构.svg"
    target.write_text(svg(), "utf-8")
    print(target)
