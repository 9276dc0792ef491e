"""A new item from questions and answers, with its two examples, for those who are no programmers.

Pure: the questions of a kind and the text made of the answers. Who asks (terminal, sheet, page) is
not known here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from casereview.authoring.declaration import quoted
from casereview.facts.registry import Registry
from casereview.rules.kinds.kind import Kind, Of
from casereview.rules.kinds.table import KINDS

ASKABLE = ("文书在卷", "载明", "要素齐全", "签章齐全", "负责人批准", "先后顺序", "期限", "前后一致")
LISTS = (Of.PAPERS, Of.FACTS, Of.PAPER_FACTS, Of.WORDINGS, Of.TEXTS, Of.MIXED)


@dataclass(frozen=True)
class Question:
    """One question: the key it fills, its words, whether it must be answered, and choices."""

    key: str
    words: str
    needed: bool
    choices: tuple[str, ...] = ()


FIRST = (
    Question("编号", "编号（小写字母、数字和点，例如 county.source）", True),
    Question("名称", "这一项叫什么", True),
    Question("环节", "属于哪个环节（例如 立案、调查取证、决定）", True),
    Question("种类", "怎样判断", True, ASKABLE),
)
LAST = (
    Question("分值", "几分", True),
    Question("依据", "依据哪一条（例如 行政处罚法54；可以不写）", False),
    Question("问题", "不合格的，问题怎么称呼（最多 16 个字，例如 告知晚于决定）", True),
    Question("整改建议", "不合格的怎样整改", True),
    Question("不合格情形", "判不合格的情形，用一句话说明", True),
)
EXAMPLES = (
    Question(
        "合格",
        "合格的样例：在样例案卷里改哪一份、哪几个字（文书｜原文｜改为；不改的直接回车）",
        False,
    ),
    Question("不合格", "不合格的样例：改哪一份、哪几个字（文书｜原文｜改为，或者 删｜文书）", True),
)


def questions_of(kind: str, registry: Registry, papers: tuple[str, ...] = ()) -> list[Question]:
    """What a kind must be told. ``papers``: those already chosen, whose facts may be named."""
    out = []
    for name, f in KINDS[kind].keys().items():
        of: Of = f.metadata["of"]
        if not f.metadata["needed"] and name not in ("不超过", "或载明"):
            continue
        facts = sorted({fact for p in papers for fact in registry.of(p)})
        choices = tuple(facts) if of is Of.PAPER_FACTS else ()
        says = f.metadata["says"] or of.value
        out.append(
            Question(name, f"{name}（{says}；几个之间用顿号）", f.metadata["needed"], choices)
        )
    return out


def item_text(answers: Mapping[str, str]) -> str:
    """One item of ``增加`` as YAML; the answers are those of all questions."""
    kind = KINDS[answers["种类"]]
    keys = [q.key for q in FIRST]
    lines = [f"{k}: {quoted(answers[k])}" for k in keys]
    for name, f in kind.keys().items():
        if answers.get(name):
            lines.append(f"{name}: {_value(f.metadata['of'], answers[name])}")
    lines += [f"{q.key}: {quoted(answers[q.key])}" for q in LAST if answers.get(q.key)]
    return "\n".join(("  - " if n == 0 else "    ") + line for n, line in enumerate(lines))


def _value(of: Of, text: str) -> str:
    if of in LISTS:
        return "[" + ", ".join(quoted(part) for part in text.split("、") if part) + "]"
    if of in (Of.GROUPS, Of.PAPER_GROUPS):
        return "{" + ", ".join(f"{quoted(p)}: [{quoted(p)}]" for p in text.split("、") if p) + "}"
    return text if of in (Of.FLAG, Of.INTEGER) else quoted(text)


def overlay_with(title: str, base: str, answers: Mapping[str, str]) -> str:
    """An overlay that adds the item."""
    head = f'基于: {quoted(base)}\n编号: {quoted(title)}\n清单: {quoted(title)}\n版本: "1"\n增加:\n'
    return head + item_text(answers) + "\n"


def examples_text(overlay: str, book: str, answers: Mapping[str, str]) -> str:
    """The book of the two examples, on the base case of a shipped book; ``casereview checklist
    test`` runs it.
    """
    lines = [f"清单: {quoted(overlay)}", f"沿用: {quoted(book)}", "样例:", f"  {answers['编号']}:"]
    for word in ("合格", "不合格"):
        lines += [f"    {answers['名称']}的{word}样例:", f"      应为: {word}"]
        lines += [f"      {line}" for line in _changes(answers.get(word, ""))]
    return "\n".join(lines) + "\n"


def _changes(answer: str) -> list[str]:
    if not answer:
        return []
    parts = [part.strip() for part in answer.split("｜")]
    if parts[0] == "删":
        return [f"删: [{quoted(parts[1])}]"]
    return [f"改: [[{', '.join(quoted(p) for p in parts)}]]"]


def described(kind: str) -> str:
    """What a kind does, in its own words."""
    cls: type[Kind] = KINDS[kind]
    return " ".join((cls.__doc__ or "").split())
