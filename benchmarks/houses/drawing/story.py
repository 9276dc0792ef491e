"""A story: what the papers of one ordinary-penalty case say, as a plain dictionary.

A paper that is not in the file is None. Everything that an item of the standard asks for is a value
here; faults change values; the printers print them; the verifier judges them.
"""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from drawing.days import after_workdays, is_workday, workday_on_or_after, workday_on_or_before
from drawing.statements import approval, receipt
from drawing.unit import Unit, party_of, reconsideration
from drawing.words import Words

Story = dict[str, Any]


def days(n: int) -> dt.timedelta:
    """n days."""
    return dt.timedelta(days=n)


def draw_story(words: Words, unit: Unit, violation: dict[str, Any], n: int, habits: Any) -> Story:
    """A lawful story of this unit; `habits` says which papers the house makes and when."""
    rng = words.dice(f"story.{n}")
    party = party_of(words, unit, violation, str(n))
    story: Story = {
        "procedure": "ordinary",
        "n": n,
        "agency": unit.agency,
        "party": party,
        "cause": violation["案由"],
        "violation": violation["id"],
        "lasting": bool(violation.get("持续")),
        "officers": [list(o) for o in rng.sample(unit.officers, 2)],
    }
    _sums(story, violation, rng)
    day = _days(story, rng, habits)
    _first_papers(story, unit, day, rng, habits)
    _inquiry(story, unit, day, rng, habits)
    _notice(story, unit, day, rng, habits)
    _decision(story, unit, day, rng, words)
    _execution(story, unit, day, rng, habits)
    _front(story, day, rng)
    return story


def _sums(story: Story, violation: dict[str, Any], rng: random.Random) -> None:
    """Fine, confiscation, and whether the case is big.

    Big cases get hearing right, review and deliberation. Their absence can be blamed (`due`) only
    where every place would ask for them: thresholds differ, and a hearing makes them due.
    """
    person = story["party"]["kind"] != "单位"
    low, high = violation["金额"][1 if person else 0]
    step = 1000 if low >= 10000 else 100
    story["fine"] = fine = rng.randrange(low, high, step) // step * step
    story["confiscated"] = rng.randrange(*violation.get("没收", [0, 1]), 20)
    story["big"] = fine > (1000 if person else 10000)
    story["due"] = fine >= (10000 if story["party"]["kind"] == "个人" else 100000)
    story["defence_made"] = rng.random() < 0.2
    story["hearing_held"] = story["big"] and fine > 30000 and rng.random() < 0.25
    story["extended"] = rng.random() < 0.06
    story["instalments"] = rng.random() < 0.08


def _days(story: Story, rng: random.Random, habits: Any) -> dict[str, dt.date]:
    """The days of the case, each a working day, all terms kept."""
    start = dt.date(2023, 2, 6) + days(rng.randrange(840))
    d = {"found": workday_on_or_after(start)}
    d["inspect"] = d["found"]
    d["filing"] = after_workdays(d["found"], rng.randrange(1, 5))
    d["ask"] = after_workdays(d["filing"], rng.randrange(1, 7))
    late = 60 if story["extended"] else 0
    d["report"] = workday_on_or_after(d["ask"] + days(rng.randrange(5, 14) + late))
    d["review"] = after_workdays(d["report"], rng.randrange(1, 4))
    first = story["big"] and habits.discussed_first
    d["discuss"] = after_workdays(d["review"], rng.randrange(1, 3))
    d["notice"] = after_workdays(d["discuss" if first else "review"], rng.randrange(1, 3))
    d["notice_served"] = after_workdays(d["notice"], rng.randrange(0, 3))
    told = d["notice_served"]
    d["defence"] = after_workdays(told, 2)
    d["hearing_asked"] = after_workdays(told, 3)
    d["hearing_notice"] = after_workdays(told, 5)
    d["hearing"] = after_workdays(d["hearing_notice"], 8 + rng.randrange(3))
    d["hearing_report"] = after_workdays(d["hearing"], 2)
    end = d["hearing_report"] if story["hearing_held"] else after_workdays(told, 5)
    if not first:
        d["discuss"] = after_workdays(end, 1 + rng.randrange(2))
    base = max(end, d["discuss"]) if story["big"] else end
    d["approve"] = after_workdays(base, 1 + rng.randrange(2))
    d["decide"] = after_workdays(d["approve"], rng.randrange(0, 2))
    d["extend"] = workday_on_or_before(d["filing"] + days(80))
    d["served"] = after_workdays(d["decide"], rng.randrange(1, 5))
    d["publish"] = after_workdays(d["decide"], rng.randrange(2, 7))
    d["deadline"] = workday_on_or_after(d["filing"] + days(rng.randrange(12, 25)))
    d["correct"] = after_workdays(d["filing"], rng.randrange(0, 2))
    last = d["deadline"] if habits.correction_paper else d["served"]
    d["recheck"] = after_workdays(last, 1 + rng.randrange(3))
    d["pay"] = workday_on_or_before(d["served"] + days(rng.randrange(3, 15)))
    d["pay"] = max(d["pay"], d["served"])
    d["pay_last"] = (
        workday_on_or_after(d["served"] + days(45)) if story["instalments"] else d["pay"]
    )
    d["close"] = after_workdays(
        max(d["pay_last"], d["recheck"], d["publish"]), 1 + rng.randrange(4)
    )
    d["archive"] = workday_on_or_before(d["close"] + days(rng.randrange(5, 26)))
    d["archive"] = max(d["archive"], d["close"])
    d["began"] = d["found"] - days(rng.randrange(20, 160))
    story["days"] = d
    return d


def _clock(rng: random.Random, hour: int, length: int) -> tuple[str, str]:
    """Begin and end of a record."""
    minute = rng.randrange(0, 50)
    end = hour * 60 + minute + length
    return f"{hour:02d}:{minute:02d}", f"{end // 60:02d}:{end % 60:02d}"


def _record(story: Story, day: dt.date, times: tuple[str, str], rng: random.Random) -> Story:
    """What a record of inspection or interview states."""
    officers = [list(o) for o in story["officers"]]
    party = story["party"]
    return {
        "day": day,
        "begin": times[0],
        "end": times[1],
        "officers": officers,
        "certificates": True,
        "shown": True,
        "recusal": True,
        "present": party["agent"]
        if rng.random() >= 0.7 and party["kind"] != "个人"
        else party["owner"],
        "party_signs": "refused" if rng.random() < 0.05 else "signed",
        "signers": [o[0] for o in officers],
        "scene": True,
    }


def _first_papers(story: Story, unit: Unit, d: Any, rng: random.Random, habits: Any) -> None:
    """Source, filing, records, correction, identity, evidence, photos."""
    story["source"] = {"day": d["found"]} if habits.source_paper else None
    story["filing"] = {
        "agency": unit.agency,
        "party": story["party"]["name"],
        "cause": True,
        "source": True,
        "brief": True,
        "handlers": [o[0] for o in story["officers"]],
        "handler_day": workday_on_or_before(d["filing"]),
        "leader": approval(unit.leader, d["filing"]),
    }
    story["inspection"] = _record(story, d["inspect"], _clock(rng, 9, rng.randrange(25, 80)), rng)
    ask = _record(story, d["ask"], _clock(rng, 14, rng.randrange(25, 80)), rng)
    story["interviews"] = [ask]
    story["identity"] = {"note": True}
    story["evidence"] = [
        {"name": name, "note": True, "day": d["ask"]} for name in habits.copies(story)
    ]
    story["photos"] = [
        {"day": d["inspect"], "place": story["party"]["place"], "by": story["officers"][1][0]}
        for _ in range(rng.randrange(2, 5))
    ]
    mandate = story["inspection"]["present"] == ask["present"] == story["party"]["owner"]
    story["mandate"] = None if mandate else {"day": d["found"]}
    story["address_sheet"] = {"day": d["ask"]} if habits.address_paper else None
    story["correction"] = None
    if habits.correction_paper:
        story["correction"] = {
            "day": d["correct"],
            "deadline": d["deadline"],
            "agency": unit.agency,
        }
    story["recheck"] = {"day": d["recheck"], "by": [o[0] for o in story["officers"]]}
    if not habits.correction_paper and not habits.always_recheck:
        story["recheck"] = None


def _inquiry(story: Story, unit: Unit, d: Any, rng: random.Random, habits: Any) -> None:
    """Report, legal review, deliberation, longer term."""
    names = [o[0] for o in story["officers"]]
    story["report"] = {
        "day": d["report"],
        "has": ["facts", "evidence", "basis", "proposal"],
        "signers": names,
    }
    reviewed = story["big"] or habits.always_review
    story["review"] = None
    if reviewed:
        story["review"] = {
            "day": d["review"],
            "by": unit.lawyer,
            "signed": True,
            "agrees": True,
            "aspects": 8,
            "conclusion": True,
        }
    story["deliberation"] = None
    if story["big"]:
        story["deliberation"] = {
            "day": d["discuss"],
            "host": unit.leader,
            "present": [unit.leader, unit.deputy, unit.head, *unit.others[:2]],
            "opinions": True,
            "conclusion": True,
            "signed": True,
            "fine": story["fine"],
        }
    story["extension"] = None
    if (d["decide"] - d["filing"]).days > 88:
        story["extension"] = {
            "day": d["extend"],
            "leader": approval(unit.leader, d["extend"]),
        }


def _method(rng: random.Random, story: Story) -> str:
    """How a paper is served."""
    roll = rng.random()
    if roll < 0.06:
        return "留置送达"
    if roll < 0.14:
        return "邮寄送达"
    return "直接送达"


def _notice(story: Story, unit: Unit, d: Any, rng: random.Random, habits: Any) -> None:
    """Notice, defence, hearing and their receipts."""
    party, receipts = story["party"], []
    story["notice"] = {
        "agency": unit.agency,
        "party": party["name"],
        "code": party["code"],
        "day": d["notice"],
        "facts": True,
        "basis": True,
        "penalty": True,
        "defence": True,
        "defence_days": habits.defence_days,
        "hearing": story["big"],
        "fine": story["fine"],
        "basis_item": None,
        "signed_off": d["notice_served"] if habits.signed_on_notice else None,
        "second": story["big"] and habits.hearing_paper,
    }
    if not habits.signed_on_notice:
        receipts.append(receipt(story, "notice", d["notice_served"], "直接送达"))
    if story["correction"]:
        receipts.append(receipt(story, "correction", d["correct"], "直接送达"))
    story["defence"] = story["defence_review"] = None
    if story["defence_made"] and not story["hearing_held"]:
        story["defence"] = {"day": d["defence"], "by": party["owner"]}
        story["defence_review"] = {
            "day": after_workdays(d["defence"], 2),
            "leader": approval(unit.leader, after_workdays(d["defence"], 2)),
        }
    story["hearing"] = None
    if story["hearing_held"]:
        story["hearing"] = {
            "asked": d["hearing_asked"],
            "notice_day": d["hearing_notice"],
            "served": d["hearing_notice"],
            "day": d["hearing"],
            "held": True,
            "presider": unit.lawyer if rng.random() < 0.3 else unit.others[2],
            "recorder": unit.clerk,
            "signed": ["party", "presider", "recorder"],
            "report_day": d["hearing_report"],
        }
        story["hearing"]["presider"] = unit.others[2]
        receipts.append(receipt(story, "hearing", d["hearing_notice"], "直接送达"))
    story["receipts"] = receipts


def _decision(story: Story, unit: Unit, d: Any, rng: random.Random, words: Words) -> None:
    """Approval, decision and its receipt."""
    party = story["party"]
    story["approval"] = {
        "fine": story["fine"],
        "handler_day": workday_on_or_before(d["approve"]),
        "leader": approval(unit.leader, d["approve"]),
    }
    story["decision"] = {
        "agency": unit.agency,
        "party": party["name"],
        "code": party["code"],
        "address": True,
        "day": d["decide"],
        "facts": True,
        "evidence": True,
        "violated": "article",
        "basis": "article",
        "basis_item": None,
        "penalty": True,
        "fine": story["fine"],
        "capital_of": story["fine"],
        "payment": True,
        "remedies": {
            "recon": reconsideration(unit, d["decide"], words),
            "recon_term": "六十日",
            "court": unit.court,
            "suit_term": "六个月",
        },
        "seal": True,
        "dated": True,
        "discretion": True,
        "correction": story["correction"] is None or rng.random() < 0.5,
    }
    story["receipts"].append(receipt(story, "decision", d["served"], _method(rng, story)))


def _execution(story: Story, unit: Unit, d: Any, rng: random.Random, habits: Any) -> None:
    """Payment, publicity, closing, recordings."""
    total = story["fine"] + story["confiscated"]
    story["instalment_approval"] = None
    story["payments"] = [{"day": d["pay"], "sum": total}]
    if story["instalments"]:
        first = total // 200 * 100
        story["instalment_approval"] = {
            "day": d["pay"],
            "leader": approval(unit.leader, d["pay"]),
            "until": d["pay_last"] + days(5),
        }
        story["payments"] = [
            {"day": d["pay"], "sum": first},
            {"day": d["pay_last"], "sum": total - first},
        ]
    party = story["party"]
    story["publicity"] = {
        "day": d["publish"],
        "party": party["name"],
        "fine": story["fine"],
        "decided": d["decide"],
        "number": "",
        "personal": False,
    }
    decided = story["receipts"][-1]
    need = decided["method"] == "留置送达" or story["hearing"]
    story["recordings"] = None
    if need or habits.recordings:
        story["recordings"] = {"stages": ["检查"] + (["听证"] if story["hearing"] else [])}
        if decided["method"] == "留置送达":
            story["recordings"]["stages"].append("留置送达")
    story["closing"] = {"day": d["close"], "leader": approval(unit.leader, d["close"])}


def _front(story: Story, d: Any, rng: random.Random) -> None:
    """Cover, catalogue, last page."""
    story["cover"] = {
        "missing": [],
        "filed": d["filing"],
        "closed": d["close"],
        "archived": d["archive"],
    }
    story["catalogue"] = {"ghost": "", "left_out": ""}
    story["order"] = "lawful"
    story["stranger"] = None
    story["blank"] = ""
    assert all(is_workday(d[k]) for k in ("filing", "decide", "served"))
