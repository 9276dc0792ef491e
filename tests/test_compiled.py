"""Rules that an earlier process read: the same as read anew, never stale, never a way in."""

from __future__ import annotations

import gc
import os
import pickle
import shutil
import time

import pytest

from casereview.kept import Shelf
from casereview.record.applied import edition_of
from casereview.rules import compiled, rulebook
from casereview.rules.compiled import undisturbed
from casereview.settings import rules_folder, shipped_rules


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    """A shelf of one's own, and no rules in this process."""
    monkeypatch.setenv("CASEREVIEW_CACHE", str(tmp_path / "kept"))
    forget()
    yield compiled.SHELF
    forget()


def forget() -> None:
    """As in a process that just began."""
    for known in (rulebook._ground, rulebook.load_rules):
        known.cache_clear()


def again(name: str = "") -> rulebook.Rules | rulebook.RuleSet:
    """The rules as the next process gets them."""
    forget()
    return rulebook.rule_set(name)


def entry(shelf: Shelf):
    """The file of the only entry."""
    (path,) = shelf.folder.glob("*/*")
    return path


def test_kept_rules_are_the_rules(shelf):
    """Every checklist has the edition that it has when it is read anew, in a tenth of the time."""
    start = time.process_time()
    read = again()
    between = time.process_time()
    kept = again()
    end = time.process_time()
    assert [edition_of(r).digest for r in kept.every] == [edition_of(r).digest for r in read.every]
    assert kept.digests == read.digests and kept.sha256 == read.sha256
    assert shelf.size()[0] == 1
    assert end - between < (between - start) / 3


def test_a_changed_file_is_read(shelf, tmp_path, monkeypatch):
    """One character in one file of the folder, and nothing that was kept counts."""
    own = tmp_path / "rules"
    shutil.copytree(shipped_rules(), own)
    monkeypatch.setenv("CASEREVIEW_RULES", str(own))
    again()
    path = own / "行政检查.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("版本: ", "版本: 9", 1), "utf-8")
    changed = again()
    assert any(r.checklist.version.startswith("9") for r in changed.every)
    assert rules_folder() == own


def test_a_changed_overlay_outside_the_folder_is_read(shelf, tmp_path):
    """What a county keeps beside its cases is looked at each time."""
    own = tmp_path / "某县2026.yaml"
    said = "清单: 某县标准\n版本: {}\n基于: 行政处罚-普通程序\n层级: 县\n"
    own.write_text(said.format("一"), "utf-8")
    assert again(str(own)).checklist.version == "一"
    own.write_text(said.format("二"), "utf-8")
    assert again(str(own)).checklist.version == "二"


@pytest.mark.parametrize("damage", [b"", b"no digest at all", None])
def test_a_damaged_entry_costs_only_time(shelf, damage):
    """An entry cut short, or of another program, is read anew and replaced."""
    digest = edition_of(again("行政检查")).digest
    path = entry(shelf)
    path.write_bytes(path.read_bytes()[:1000] if damage is None else damage)
    assert edition_of(again("行政检查")).digest == digest
    assert entry(shelf).stat().st_size > 100_000


class _Trap:
    """What a stranger would put there."""

    def __reduce__(self):
        return os.mkdir, ("/tmp/never",)


def test_an_entry_can_hold_nothing_but_nouns(shelf):
    """A call that was smuggled in is refused, and the rules are read."""
    again("行政检查")
    key = entry(shelf).name
    for trap in (_Trap(), Shelf("x", 1), {"deep": [_Trap()]}):
        shelf.put(key, pickle.dumps(trap))
        assert again("行政检查").checklist.procedure == "inspection"
    assert not os.path.exists("/tmp/never")


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="folders of Windows are their user's alone")
def test_a_folder_in_which_others_may_write_is_not_used(shelf):
    """Neither is anything read from it nor put there."""
    again("行政检查")
    entry(shelf).unlink()
    shelf.folder.chmod(0o777)
    again("行政检查")
    assert not list(shelf.folder.glob("*/*"))


def test_a_shelf_stays_within_its_bound(tmp_path, monkeypatch):
    """What was not used for longest goes first."""
    monkeypatch.setenv("CASEREVIEW_CACHE", str(tmp_path))
    small = Shelf("small", 5000)
    for n in range(8):
        small.put(f"{n:02}", b"x" * 900)
        os.utime(small.folder / f"{n:02}" / f"{n:02}", (n, n))
    small.trim()
    assert small.size() == (4, 4 * 932) and small.get("07") and small.get("00") is None


def test_an_entry_is_written_over_where_it_lies(tmp_path, monkeypatch):
    """A shorter one leaves nothing of the longer; a torn one is none; it is its owner's."""
    monkeypatch.setenv("CASEREVIEW_CACHE", str(tmp_path))
    own = Shelf("own", 5000)
    own.put("ab", b"long" * 500)
    path = own.folder / "ab" / "ab"
    before = path.stat()
    own.put("ab", b"short")
    assert own.get("ab") == b"short" and path.stat().st_ino == before.st_ino
    assert [p.name for p in path.parent.iterdir()] == ["ab"]
    assert os.name == "nt" or path.stat().st_mode & 0o077 == 0
    path.write_bytes(path.read_bytes()[:-1])
    assert own.get("ab") is None


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="no such links")
def test_an_entry_that_is_a_link_is_not_followed(tmp_path, monkeypatch):
    """What it points to stays as it is."""
    monkeypatch.setenv("CASEREVIEW_CACHE", str(tmp_path / "kept"))
    own, other = Shelf("own", 5000), tmp_path / "other"
    other.write_bytes(b"other")
    own.put("ab", b"x")
    path = own.folder / "ab" / "ab"
    path.unlink()
    path.symlink_to(other)
    own.put("ab", b"y")
    assert other.read_bytes() == b"other"


def test_nobody_looks_for_rubbish_meanwhile():
    """Within one another, and after a fault, it is as it was before."""
    assert gc.isenabled()
    with pytest.raises(ValueError), undisturbed():
        with undisturbed():
            assert not gc.isenabled()
        assert not gc.isenabled()
        raise ValueError
    assert gc.isenabled()
