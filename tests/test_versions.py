"""A rule that answers otherwise is another rule: whoever changes the source of a kind or of a
judgement says by its version whether it does.
"""

from __future__ import annotations

import ast

import versions


def test_a_source_that_changed_raises_its_version():
    """Renew the table with ``python tests/versions.py`` after ``version`` was raised; with
    ``--same`` where every verdict stays.
    """
    now, kept = versions.current(), versions.kept()
    assert versions.moved(now, kept) == [], "raise version, or: python tests/versions.py --same"
    assert now == kept, "python tests/versions.py"


def test_what_counts_as_another_source():
    """Layout, comments and docstrings do not; a number, a word or an operator does."""

    def bare(text: str) -> str:
        clean = versions._without_comments(text)
        return versions._bare(clean, ast.parse(text))

    one = 'def f(a):\n    """Says."""\n    return g(a, 1)  # one\n'
    assert bare(one) == bare("def f(a):\n    return g(\n        a,\n        1,\n    )\n")
    assert bare(one) == bare(one.replace("Says.", "Tells.").replace("# one", "# two"))
    assert bare(one) != bare(one.replace("1", "2"))
