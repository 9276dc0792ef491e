"""What a reviewer notes stays inside; what goes out is a sentence of its own, and names only where
the campaign says so.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_acts import NAME, ORDER, who
from test_issuing import OFFICE, go
from test_reports import stored, words

from casereview.model import FAIL, MANUAL
from casereview.reports.gather import campaign_view, case_view
from casereview.reports.word.papers import papers
from casereview.rounds.history import History
from casereview.rounds.rulings import BY_PERSON
from casereview.run import campaigns as acts
from casereview.run.decisions import RulingOrder, rule
from casereview.run.issuing import IssueOrder

NOTE, REVIEWER = "此处内部批注不得外传", "评查员段某某"
SENTENCE = "决定书没有写明裁量的理由"


@pytest.fixture
def ruled(sample_results, rules, tmp_path):
    """A first round with one opinion of every kind, each with a note."""
    store = stored(tmp_path / "a.db", sample_results.values(), rules).store
    acts.open_campaign(store, NAME, ORDER, who(), run=1)
    rows = [(r, f) for r in History(store).results(1) for f in r.findings]
    faults = [(r, f) for r, f in rows if f.status == FAIL]
    asked = [(r, f) for r, f in rows if f.status == MANUAL]
    file = asked[0][0].files[0].file

    def say(target, action, **more):
        r, f = target
        me = replace(who(), name=REVIEWER)
        rule(store, RulingOrder(f"{r.case}#{f.check}", action, NOTE, run=1, **more), me)
        return r.case, f.check

    out = {
        "told": say(asked[0], "fail", at=f"{file}:1", says=SENTENCE),
        "untold": say(asked[1], "fail", at=f"{file}:1" if asked[1][0] is asked[0][0] else ""),
        "na": say(asked[2], "na"),
        "confirm": say(faults[0], "confirm"),
        "overrule": say(faults[1], "overrule"),
        "adjust": say(faults[2], "adjust", points="0.5"),
        "waive": say(faults[3], "waive", until="2029-01-01", signer="批准人"),
    }
    return store, out


def everything(store, tmp_path):
    """Every paper, drafts and issued, as text."""
    made = dict(papers(campaign_view(History(store), 1), OFFICE))
    order = IssueOrder(tmp_path / "发", due="2026-06-08", signer="局长", why="试")
    made |= {str(p): p.read_bytes() for p in go(store, order).files}
    return {name: words(name, data) for name, data in made.items()}


def test_the_note_of_a_reviewer_stands_in_no_paper(ruled, tmp_path):
    """Neither note nor name goes out, in any kind of paper; the sentence does, and where none was
    written a neutral one.
    """
    store, said = ruled
    texts = everything(store, tmp_path)
    assert not [n for n, text in texts.items() if NOTE in text or REVIEWER in text]
    for name in ("整改清单.xlsx", "评查统计.xlsx", "整改清单.docx", "汇报网页.html"):
        hits = [text for n, text in texts.items() if n.endswith(name)]
        assert any(SENTENCE in text for text in hits), name
    history = History(store)
    untold = next(r for r in history.results(1) if r.case == said["untold"][0])
    assert untold.finding(said["untold"][1]).message.startswith(BY_PERSON.partition("{}")[0])
    inside = case_view(history, next(r for r in history.results(1) if r.case == said["told"][0]))
    assert any(NOTE in row.ruling and REVIEWER in row.ruling for row in inside.rows)


def test_names_go_down_only_where_the_campaign_says_so(ruled, tmp_path):
    """Then the names do, the notes still do not."""
    store, _ = ruled
    acts.change_campaign(store, NAME, acts.CampaignOrder(names_down=True), who())
    texts = everything(store, tmp_path)
    assert any(REVIEWER in text for text in texts.values())
    assert not [n for n, text in texts.items() if NOTE in text]
