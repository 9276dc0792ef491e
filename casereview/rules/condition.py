"""当: when an item applies, three-valued."""

from __future__ import annotations

from casereview.rules.verdicts import Context, says

Answer = bool | None
WORDS = ("有文书", "无文书", "有要素", "无要素", "载明", "未载明")


def holds(ctx: Context, condition: tuple[tuple[str, str], ...]) -> Answer:
    """当: every (word, name) must hold; None when it cannot be told.

    有文书/无文书 name kinds (several with ／ between them: any of them), 有要素/无要素 a fact,
    载明/未载明 kinds and wordings (处罚决定书／审批表：没收／罚款).
    """
    answers = [_answer(ctx, word, name) for word, name in condition]
    if False in answers:
        return False
    return None if None in answers else True


def _answer(ctx: Context, word: str, name: str) -> Answer:
    if word.endswith("载明"):
        answer = _said(ctx, name)
    elif word.endswith("要素"):
        answer = _known(ctx, name)
    else:
        answer = _there(ctx, tuple(name.split("／")))
    if answer is None or word in ("有文书", "有要素", "载明"):
        return answer
    return not answer


def _there(ctx: Context, kinds: tuple[str, ...]) -> Answer:
    """True when a paper of these kinds is in the file, None when it may be hidden."""
    gone = ctx.absent(*ctx.named(kinds))
    if gone is None:
        return True
    return None if gone.status == "review" else False


def _said(ctx: Context, name: str) -> Answer:
    """True when a paper of the kinds carries one of the wordings."""
    kinds, _, words = name.partition("：")
    papers = ctx.named(tuple(kinds.split("／")))
    if any(says(p, tuple(words.split("／"))) for p in ctx.case.readable(*papers)):
        return True
    return None if ctx.unreadable(*papers) or _there(ctx, papers) is None else False


def _known(ctx: Context, name: str) -> Answer:
    """True when the fact was read, False when its paper is surely not there."""
    if ctx.fact(name):
        return True
    return False if _there(ctx, (name.partition(".")[0],)) is False else None
