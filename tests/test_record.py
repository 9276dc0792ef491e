"""What is stored and exported: one reader, one writer, the same bytes."""

from __future__ import annotations

import json

import msgspec
import pytest
from conftest import as_data, as_results
from hypothesis import given
from hypothesis import strategies as st

from casereview.record.canonical_json import canonical, entry, laid_out
from casereview.record.result import CaseResult, RulingShown, from_json, to_data, to_json
from casereview.rounds.effective import Seen, effective_results

STORED = {
    "schema unit batch case case_key title procedure procedure_why checklist score score_low"
    " score_high grade vetoed vetoes working documents facts unread page_notes unit_lists files"
    " findings"
}


def test_what_is_written_is_read_and_written_again_the_same(sample_results):
    """Text -> noun -> text, byte for byte, before and after the rulings were laid over it."""
    for r in sample_results.values():
        text = to_json(r)
        assert to_json(from_json(text, CaseResult)) == text == canonical(json.loads(text))
        assert set(json.loads(text)) == set(" ".join(STORED).split())
    for r in effective_results(list(sample_results.values()), {}, {}, Seen("2026-05-06")):
        text = to_json(r)
        assert to_json(from_json(text, CaseResult)) == text
        assert json.loads(text)["tool"]["grade"] == r.grade


def test_nothing_but_the_rulings_is_laid_over_a_result(sample_results):
    """``run``, ``tool`` and ``effective`` are written only once they are known; a ruling without
    what was not said.
    """
    row = as_data(sample_results.values())[0]
    assert {"run", "tool"}.isdisjoint(row)
    assert all(f["ruling"] is None and "effective" not in f for f in row["findings"])
    row["findings"][0]["ruling"] = {"state": "有效", "by": "甲"}
    got = as_results([row])[0].findings[0]
    assert got.ruling == RulingShown(state="有效", by="甲") and got.state == "有效"
    assert to_data(got)["ruling"] == {"state": "有效", "by": "甲"}


@pytest.mark.parametrize("text", ["{}", "[]", '{"schema":1}', "x"])
def test_what_is_no_result_is_refused(text):
    """Another shape is an error, not an empty result."""
    with pytest.raises(msgspec.DecodeError):
        from_json(text, CaseResult)


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner, inner),
    )
)
def test_json_is_the_same_bytes_by_either_way(value):
    """What is written fast is what the slow and plain way writes, whatever it is; numbers as keys
    and halves of characters too.
    """
    plain = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert canonical(value) == plain.encode(value)
    for odd in ({2: value, 10: value}, [value, "\ud800"], {"a": 1e-5, "b": [1e16, -1.5e-7]}):
        assert canonical(odd) == plain.encode(odd)


_SIGNS = st.text(st.sampled_from('ab"\\:,{}[]字\n'), max_size=6)


@given(st.dictionaries(_SIGNS, _SIGNS | st.tuples(_SIGNS, st.integers())), _SIGNS, _SIGNS)
def test_one_value_is_found_without_reading_the_others(values, other, around):
    """Whatever signs names and texts are made of; a name that is not there has nothing, also where
    it stands outside.
    """
    before = canonical({other: around}).encode() + b"\n"
    text = before + canonical(values).encode()
    for name in {*values, other}:
        found = entry(text, name, len(before), len(text))
        assert found.decode() == (canonical(values[name]) if name in values else "")


@pytest.mark.parametrize(
    "value",
    [
        {},
        [],
        {"b": [], "a": {}, "c": [[], {}, [1, {"x": None}]]},
        [1, -2.5, 1e22, 1.5e-9, True, None, '字\n\t"\\/\x01\u2028', ""],
        {"半个": "\ud83d", "空": ()},
    ],
)
def test_json_for_the_eye_is_as_the_library_lays_it_out(value):
    """A line for each part, sorted."""
    assert laid_out(value) == json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)
