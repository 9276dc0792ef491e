"""Shared: the samples scored once, the rules, and the labelled cases where they lie beside the
checkout.
"""

from __future__ import annotations

import os
from pathlib import Path

os.environ.setdefault("CASEREVIEW_CACHE", "off")

import pytest

from casereview.reading.intake import find_cases
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
    """Export objects of all sample cases, by folder name."""
    return {ref.title: score_case(Task(ref), rules) for ref in find_cases(SAMPLES)}
