"""当: when an item applies, three-valued."""

from __future__ import annotations

from casereview.chinese import key
from casereview.facts.doubt import Answer, Doubt
from casereview.model import Fact
from casereview.rules.verdicts import Context, says

WORDS = ("有文书", "无文书", "有要素", "无要素", "要素含", "要素不含", "载明")
OF_FACTS = ("有要素", "无要素", "要素含", "要素不含")
WITH_WORDS = ("要素含", "要素不含", "载明")  # name：word／word


def holds(ctx: Context, condition: tuple[tuple[str, str], ...]) -> bool | None:
    """当: every (word, name) must hold; None when it cannot be told.

    有文书/无文书 name a kind (several with ／ between them: any of them); 有要素/无要素 a fact;
    要素含 a fact and words of which its value holds one (处罚决定书.处罚种类：罚款／警告); 要素不含
    the same as an exception: it holds unless the value is known to hold one of the words; 载明 a
    kind and a wording (处罚决定书：没收).
    """
    answers = [_one(ctx, word, name) for word, name in condition]
    if False in answers:
        return False
    return None if None in answers else True


def _one(ctx: Context, word: str, name: str) -> bool | None:
    if word == "载明":
        return _said(ctx, name)
    if word == "有要素":
        return _known(ctx.answer(name))
    if word == "无要素":
        known = _known(ctx.answer(name))
        return None if known is None else not known
    if word in WITH_WORDS:
        fact, _, words = name.partition("：")
        answer = ctx.answer(fact)
        if isinstance(answer, Fact):
            return holds_word(answer, tuple(words.split("／"))) is (word == "要素含")
        return word == "要素不含" or _known(answer)
    gone = ctx.absent(*ctx.named(tuple(name.split("／"))))
    have = True if gone is None else None if gone.status == "review" else False
    return have if word == "有文书" or have is None else not have


def _said(ctx: Context, name: str) -> bool | None:
    kind, _, words = name.partition("：")
    kinds = ctx.named((kind,))
    if any(says(p, tuple(words.split("／"))) for p in ctx.case.readable(*kinds)):
        return True
    gone = ctx.absent(*kinds)
    return None if (gone and gone.status == "review") or ctx.unreadable(*kinds) else False


def _known(answer: Answer) -> bool | None:
    """True where a fact is known, False where it is surely not there, None in doubt."""
    if isinstance(answer, Fact):
        return True
    return False if answer.missing or answer.why is Doubt.PAPER_ABSENT else None


def holds_word(fact: Fact, words: tuple[str, ...]) -> bool:
    """True when the value of a fact, or one of its values, carries one of the words."""
    values = fact.value if isinstance(fact.value, list) else [fact.value]
    return any(key(word) in key(str(value)) for value in values for word in words)
