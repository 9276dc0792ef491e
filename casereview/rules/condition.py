"""当: when an item applies, three-valued."""

from __future__ import annotations

from casereview.rules.verdicts import Context, says


def holds(ctx: Context, condition: tuple[tuple[str, str], ...]) -> bool | None:
    """当: every (word, name) must hold. 有文书/无文书 name a kind (several with ／ between them:
    any of them), 有要素 a fact, 载明 a kind and a wording
    (处罚决定书：没收). None when it cannot be told.
    """
    answers: list[bool | None] = []
    for word, name in condition:
        if word == "载明":
            kind, _, words = name.partition("：")
            gone = ctx.absent(kind)
            hit = any(says(p, tuple(words.split("／"))) for p in ctx.case.readable(kind))
            answers.append(
                True
                if hit
                else None
                if (gone and gone.status == "review") or ctx.unreadable(kind)
                else False
            )
        elif word == "有要素":
            f = ctx.fact(name)
            gone = ctx.absent(name.partition(".")[0])
            answers.append(
                True if f else (None if gone is None or gone.status == "review" else False)
            )
        else:
            gone = ctx.absent(*name.split("／"))
            have = True if gone is None else None if gone.status == "review" else False
            answers.append(have if word == "有文书" or have is None else not have)
    if False in answers:
        return False
    return None if None in answers else True
