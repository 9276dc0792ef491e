"""What a person puts right about one case: the procedure it followed. Dated and named, used by
every later run, taken back as easily; no other case moves.
"""

from __future__ import annotations

import itertools
import re

import pytest
from test_acts import who
from test_campaign import Silent
from test_procedures import _plainly_titled

from casereview.cli.values import procedure as procedure_id
from casereview.errors import UsageError
from casereview.facts.procedure import Chosen, recognise
from casereview.judging.plausibility import open_where_doubtful
from casereview.judging.review import review
from casereview.model import Document
from casereview.papers.corrections import (
    Corrections,
    Said,
    corrections_path,
    load_corrections,
    save_corrections,
)
from casereview.record.store import Store
from casereview.rules.rulebook import rule_set
from casereview.run.campaign import Order, score_folder
from casereview.run.fixing import ProcedureOrder, said_of, set_procedure
from casereview.run.listener import Listener

DECISION = """湖口县水务局
行政处罚决定书
湖水罚〔2026〕{n}号
当事人：{who}
经查，当事人于2026年3月2日在湖边倾倒渣土，事实清楚。依据《中华人民共和国水法》第六十五条，
决定对当事人罚款二百元。
湖口县水务局
2026年3月9日
"""
TICKS = itertools.count()


def clock():
    """A moment later each time."""
    return f"2026-05-06T08:00:00.{next(TICKS):06}Z"


@pytest.fixture
def scored(tmp_path):
    """A folder of two cases, each a lone decision; scores it into one store, returns results."""
    unit = tmp_path / "湖口县水务局"
    for n, name in ((1, "甲某"), (2, "乙某")):
        folder = unit / f"湖水罚〔2026〕{n}号"
        folder.mkdir(parents=True)
        (folder / "处罚决定书.txt").write_text(DECISION.format(n=n, who=name), "utf-8")
    db = tmp_path / "a.db"

    def score():
        done = score_folder(Order(unit, db, "2026-05-06"), Silent(), clock, Listener())
        return {r.case: r for r in Store(db).results(done.run)}

    score.db = db
    return score


def test_the_procedure_of_one_case_is_a_persons_word(scored):
    """Only that case is judged again, with name and day; the next run keeps to it, and the word
    taken back leaves everything as it was.
    """
    first = scored()
    store = Store(scored.db)
    one, other = sorted(first)
    was = first[one].procedure
    wanted = "licence" if was != "licence" else "coercion"
    order = ProcedureOrder(one, wanted)
    result = set_procedure(store, order, who(), Silent())
    assert result.procedure == wanted
    assert "指定" in result.procedure_why
    assert said_of(store, one).on == "2026-05-06"
    again = scored()
    assert again[one].procedure == wanted
    assert again[other].findings == first[other].findings
    set_procedure(store, ProcedureOrder(one), who(), Silent())
    assert said_of(store, one) is None
    assert scored()[one].findings == first[one].findings


def test_what_nobody_said_cannot_be_taken_back(scored):
    """Nor is there a procedure of any name."""
    case = min(scored())
    store = Store(scored.db)
    with pytest.raises(UsageError, match="不用撤回"):
        set_procedure(store, ProcedureOrder(case), who(), Silent())
    with pytest.raises(UsageError, match="可以写 普通程序"):
        procedure_id("特别程序")
    assert not corrections_path(scored.db).exists()


def test_corrections_of_split_and_procedure_lie_side_by_side(tmp_path):
    """The file reads back as it was written, quotes in names and all."""
    document = Document("处罚决定书", '全"卷.pdf', 3, 5, "处罚决定书", 1.0, "由评查员更正")
    both = Corrections((document,), Said("summary", "2026-05-06", "王某"))
    every = {"甲/1号": both, "甲/2号": Corrections(), "甲/3号": Corrections((document,))}
    save_corrections(tmp_path / "a.db", every)
    assert load_corrections(tmp_path / "a.db") == {k: v for k, v in every.items() if v}


def test_the_question_of_a_doubtful_procedure_names_its_command():
    """Whoever reads it can type what it says, with either of the two procedures."""
    case = _plainly_titled(("04", "湾水简罚", "湾水罚"), without=("01", "02", "05"))
    rules, chosen = rule_set().for_case(case)
    opened = open_where_doubtful(review(case, rules.checklist, rules.law), chosen)
    said = next(f.verdict.message for f in opened if "casereview fix" in f.verdict.message)
    command = re.search(r"fix 案卷名 --procedure (\S+?)（或者 (\S+?)）", said)
    assert {procedure_id(name) for name in command.groups()} == {
        chosen.procedure,
        chosen.rival.procedure,
    }
    settled = rule_set().for_case(case, Chosen("summary", "程序由王某指定"))
    assert settled[1].rival is None
    assert settled[0].checklist.procedure == "summary" != recognise(case).procedure
