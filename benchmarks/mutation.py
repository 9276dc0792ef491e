"""Mutation testing of what decides: score, days, gate, absence, conditions, comparison.

    python benchmarks/mutation.py                          every module, writes docs/变异测试.md
    python benchmarks/mutation.py --only gate,days         some of them, the others as they were
    python benchmarks/mutation.py --only score --line 300  the changes of one line, prints only

Each mutant is one small change of one module (a comparison turned, a number off by one, a branch
never taken, a value not returned …). It is killed when one of the module's own tests fails, and
survives when all pass. A child process that is forked for it sees the changed module in the place
of the file; nothing is written to the tree.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib.abc
import importlib.util
import json
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "变异测试.md"
KEPT = Path(__file__).parent / "mutants.json"
LONGEST = 60  # seconds after which a mutant that hangs is killed
KILLED, HUNG, LIVES = "杀死", "超时", "存活"
Way = tuple[tuple[str, int | None], ...]  # to a node: fields, and places in them


@dataclass(frozen=True)
class Target:
    """A module, the functions of it that are meant (() for all), and the tests that hold it."""

    file: str
    tests: tuple[str, ...]
    only: tuple[str, ...] = ()

    @property
    def module(self) -> str:
        """The name it is imported by."""
        return self.file.removesuffix(".py").replace("/", ".")


TARGETS = {
    "score": Target(
        "casereview/judging/score.py", ("test_score.py", "test_ledger.py", "test_deduction.py")
    ),
    "days": Target("casereview/law/workdays.py", ("test_workdays.py",)),
    "gate": Target(
        "casereview/judging/gate.py", ("test_gate.py", "test_cut_pages.py", "test_damage.py")
    ),
    "doubt": Target(
        "casereview/facts/doubt.py",
        (
            *("test_doubt.py", "test_strangers.py", "test_other_terms.py", "test_gate.py"),
            "test_registry.py",
        ),
        ("unknown", "looked", "_filled", "_says_else", "_silence", "_may_hold_more"),
    ),
    "absence": Target(
        "casereview/facts/casefile.py",
        ("test_absence.py", "test_cut_pages.py", "test_gate.py", "test_damage.py"),
        (
            *("could_hide", "_title_lost", "_may_hide", "hidden_at", "_extent", "stand_ins"),
            *("_nameless_receipts", "doubts_about", "anchor", "understood", "_is_other"),
        ),
    ),
    "truth": Target("casereview/rules/truth.py", ("test_condition.py",)),
    "compare": Target("casereview/rounds/compare.py", ("test_comparison.py", "test_rounds.py")),
}

_TURNED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
_SWAPPED = {"any": "all", "all": "any", "min": "max", "max": "min"}


@dataclass(frozen=True)
class Mutant:
    """One change: where, and what of it; the changed tree."""

    line: int
    what: str
    tree: ast.Module = field(compare=False, repr=False)


def _changes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """What may be put in the place of a node, each with its name."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in _TURNED:
        yield "比较", _with(node, ops=[_TURNED[type(node.ops[0])]()])
    if isinstance(node, ast.BoolOp | ast.BinOp) and type(node.op) in _TURNED:
        yield "运算", _with(node, op=_TURNED[type(node.op)]())
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        yield "去掉否定", node.operand
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield "真假", ast.Constant(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        yield "加一", ast.Constant(node.value + 1)
    if isinstance(node, ast.If | ast.IfExp | ast.While):
        yield "从不", _with(node, test=ast.Constant(False))
        if not isinstance(node, ast.While):
            yield "总是", _with(node, test=ast.Constant(True))
    if isinstance(node, ast.comprehension) and node.ifs:
        yield "不筛选", _with(node, ifs=[])
    if isinstance(node, ast.Return) and node.value and not _is_none(node.value):
        yield "不返回", _with(node, value=ast.Constant(None))
    if isinstance(node, ast.Name) and node.id in _SWAPPED and isinstance(node.ctx, ast.Load):
        yield "换函数", _with(node, id=_SWAPPED[node.id])
    if isinstance(node, ast.AugAssign):
        yield "不累加", ast.Assign([node.target], node.value)


def _with(node: ast.AST, **parts: object) -> ast.AST:
    again = copy.copy(node)
    for name, part in parts.items():
        setattr(again, name, part)
    return again


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _children(node: ast.AST) -> Iterator[tuple[str, int | None, ast.AST]]:
    """The children of a node that are run: (field, place in it, child). Annotations, decorators
    and base classes are not.
    """
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "bases"):
            continue
        if isinstance(value, ast.AST):
            yield name, None, value
        elif isinstance(value, list):
            yield from ((name, i, v) for i, v in enumerate(value) if isinstance(v, ast.AST))


def _of_no_account(node: ast.AST) -> bool:
    """True for what no test could see: protocols, and what a module exports."""
    if isinstance(node, ast.ClassDef):
        return any(isinstance(b, ast.Name) and b.id == "Protocol" for b in node.bases)
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"


def _paths(node: ast.AST, only: tuple[str, ...], inside: bool) -> Iterator[tuple[Way, ast.AST]]:
    """Every node that may be changed, with the way to it."""
    for name, i, child in _children(node):
        if _of_no_account(child):
            continue
        own = inside
        if isinstance(child, ast.FunctionDef) and child.name in only:
            own = True
        if own:
            yield ((name, i),), child
        for path, deep in _paths(child, only, own):
            yield ((name, i), *path), deep


def _replaced(tree: ast.Module, path: Way, new: ast.AST) -> ast.Module:
    """A copy of a tree with another node at the end of a way."""
    root = copy.deepcopy(tree)
    here: ast.AST = root
    for name, i in path[:-1]:
        here = getattr(here, name) if i is None else getattr(here, name)[i]
    name, i = path[-1]
    if i is None:
        setattr(here, name, new)
    else:
        getattr(here, name)[i] = new
    return ast.fix_missing_locations(root)


def mutants(source: str, only: tuple[str, ...] = ()) -> list[Mutant]:
    """Every mutant of a module, in the order of its lines."""
    tree = ast.parse(source)
    out = []
    for path, node in _paths(tree, only, inside=not only):
        for what, new in _changes(node):
            line = _line_of(tree, path)
            new.lineno = new.end_lineno = line
            told = f"{what}：{_shown(node)} → {_shown(ast.fix_missing_locations(new))}"
            out.append(Mutant(line, told, _replaced(tree, path, new)))
    return sorted(out, key=lambda m: m.line)


def _line_of(tree: ast.AST, path: Way) -> int:
    """The line of the last node on a way that has one."""
    line, here = 0, tree
    for name, i in path:
        here = getattr(here, name) if i is None else getattr(here, name)[i]
        line = getattr(here, "lineno", line)
    return line


def _shown(node: ast.AST) -> str:
    """The head of a piece of code on one line."""
    return ast.unparse(node).splitlines()[0][:60]


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives the changed tree to whoever imports the module."""

    def __init__(self, target: Target, tree: ast.Module):
        self.target, self.tree = target, tree
        self.file = str(ROOT / target.file)

    def find_spec(self, fullname, path=None, target=None):  # noqa: ANN001, ANN201
        """The spec of the changed module alone."""
        if fullname != self.target.module:
            return None
        return importlib.util.spec_from_file_location(fullname, self.file, loader=self)

    def exec_module(self, module) -> None:  # noqa: ANN001
        """Run it."""
        exec(compile(self.tree, self.file, "exec"), module.__dict__)


def warm() -> None:
    """Import what every child needs and no target holds: the libraries, not the program."""
    for name in ("pytest", "numpy", "cv2", "pypdfium2", "pdfplumber", "lxml.etree", "docx"):
        importlib.import_module(name)
    for name in ("openpyxl", "msgspec", "PIL.Image", "sqlite_utils", "rapidfuzz", "yaml", "typer"):
        importlib.import_module(name)
    for name in ("jinja2", "xlsxwriter", "chinese_calendar", "hypothesis"):
        importlib.import_module(name)


def trial(target: Target, tree: ast.Module) -> str:
    """What becomes of a changed tree under the tests of its module."""
    child = os.fork()
    if child == 0:
        _run_tests(target, tree)
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return LIVES if os.waitstatus_to_exitcode(status) == 0 else KILLED
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return HUNG


def _run_tests(target: Target, tree: ast.Module) -> None:
    """In the child: the tests of a target with the changed module. Never returns."""
    os.setsid()
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    os.chdir(ROOT)
    code = 1
    try:
        import pytest

        sys.meta_path.insert(0, _Changed(target, tree))
        tests = [str(ROOT / "tests" / t) for t in target.tests]
        code = int(pytest.main(["-x", "-q", "-n0", "-p", "no:cacheprovider", *tests]))
    finally:
        os._exit(code)


def survivors(target: Target, line: int = 0) -> tuple[Counter[str], list[Mutant]]:
    """(what became of the mutants of a module, those that live)."""
    source = (ROOT / target.file).read_text("utf-8")
    if trial(target, ast.parse(source)) != LIVES:
        raise SystemExit(f"{target.tests} fail with the module as it is")
    ends, living = Counter[str](), []
    for m in mutants(source, target.only):
        if line and m.line != line:
            continue
        ends[end := trial(target, m.tree)] += 1
        if end == LIVES:
            living.append(m)
            print(f"  {target.file}:{m.line} {m.what}", file=sys.stderr, flush=True)
    return ends, living


HEAD = """# 变异测试

由 `python benchmarks/mutation.py` 写出。把作出判断的模块每次改坏一小处，只跑它自己的试验：
比较反向、数字加一、分支从不或者总是走、不返回值等。有一个试验失败就算“杀死”，全部通过就是“存活”。
存活的逐条列在下面；写了理由的看过，可以留着，没有写理由的还没有人看过。

| 模块 | 变体 | 杀死 | 超时 | 存活 | 杀死的比例 | 用的试验 |
|---|---:|---:|---:|---:|---:|---|
"""


def keep(name: str, ends: Counter[str], living: list[Mutant]) -> None:
    """What became of the mutants of a module, beside what is known of the others."""
    kept = known()
    rows = [[m.line, m.what] for m in living]
    kept[name] = {"ends": dict(ends), "living": rows}
    KEPT.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", "utf-8")


def known() -> dict[str, Any]:
    """The last result of every module; at 理由 why survivors may live, by module and change."""
    got: dict[str, Any] = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
    return got


def page(kept: dict[str, Any]) -> str:
    """The table and the survivors, in Markdown."""
    rows, lists, reasons = [], [], kept.get("理由", {})
    for name, target in TARGETS.items():
        if name not in kept:
            rows.append(f"| `{target.file}` | 没有运行 | | | | | |\n")
            continue
        ends, living = Counter(kept[name]["ends"]), kept[name]["living"]
        n = sum(ends.values())
        tests = "、".join(f"`{t}`" for t in target.tests)
        rows.append(
            f"| `{target.file}` | {n} | {ends[KILLED]} | {ends[HUNG]} | {ends[LIVES]} |"
            f" {1 - ends[LIVES] / n:.1%} | {tests} |\n"
        )
        only = f"（只看 {'、'.join(f'`{f}`' for f in target.only)}）" if target.only else ""
        lists.append(f"\n## {target.file}{only}\n\n")
        why = reasons.get(name, {})
        lists += [_told(line, what, why) for line, what in living] or ["没有存活的。\n"]
    return HEAD + "".join(rows + lists)


def _told(line: int, what: str, why: dict[str, str]) -> str:
    reason = why.get(what, "")
    return f"- 第 {line} 行 `{what.replace('`', '')}`{reason and '：' + reason}\n"


def main() -> None:
    """Run; keep what came of it and write the page, unless one line was tried."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="")
    parser.add_argument("--line", type=int, default=0)
    parser.add_argument("--page", action="store_true", help="write the page from what is kept")
    asked = parser.parse_args()
    names = [n for n in asked.only.split(",") if n] or list(TARGETS)
    if not asked.page:
        warm()
    for name in names if not asked.page else ():
        ends, living = survivors(TARGETS[name], asked.line)
        print(name, dict(ends), flush=True)
        if not asked.line:
            keep(name, ends, living)
    if not asked.line:
        PAGE.write_text(page(known()), "utf-8")


if __name__ == "__main__":
    main()
