"""Shared: the samples scored once, the rules, and the labelled cases where they lie beside the
checkout.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

os.environ.setdefault("CASEREVIEW_CACHE", "off")

import pytest

from casereview.model import Document, Line, Page
from casereview.papers.paper import Paper
from casereview.papers.running_text import RunningText
from casereview.reading.intake import find_cases
from casereview.record.result import CaseResult, from_json, to_json
from casereview.rules.rulebook import load_rules
from casereview.run.work import Task, score_case

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples" / "2025年度评查"
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def rules():
    """The shipped rules."""
    return load_rules()


@pytest.fixture(scope="session")
def sample_results(rules):
    """Results of all sample cases, by folder name."""
    return {ref.title: score_case(Task(ref), rules) for ref in find_cases(SAMPLES)}


@pytest.fixture
def own_cache(tmp_path_factory, monkeypatch):
    """Erasing empties the cache: here one of its own, never that of whoever runs the tests."""
    monkeypatch.setenv("CASEREVIEW_CACHE", str(tmp_path_factory.mktemp("缓存")))


def as_data(results) -> list[Any]:
    """Results as plain data, which a test may change."""
    return [json.loads(to_json(r)) for r in results]


def as_results(rows) -> list[CaseResult]:
    """Plain data as results again; results as they are."""
    return [r if isinstance(r, CaseResult) else from_json(json.dumps(r), CaseResult) for r in rows]


@pytest.fixture(scope="session")
def paper_of(rules):
    """Makes a one-page paper of a kind with these lines."""

    def make(kind: str, *lines: str, title: str = "") -> Paper:
        placed = tuple(Line(t, (50, 50 + 20 * n, 400, 64 + 20 * n)) for n, t in enumerate(lines))
        page = Page(1, 595, 842, placed)
        doc = Document(kind, "甲.pdf", 1, 1, title or kind)
        return Paper(doc, RunningText("甲.pdf", [page]), rules.vocabulary)

    return make
