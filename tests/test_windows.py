"""What office PCs with Windows, UOS and Kylin do, imitated here: LibreOffice and WPS on no PATH,
programs that leave children behind, paths above 260, names of devices, files that an editor holds,
Ctrl-C while the workers start.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from conftest import ROOT

from casereview import writing
from casereview.errors import UsageError
from casereview.papers.corrections import (
    Corrections,
    load_corrections,
    parse_correction,
    save_corrections,
)
from casereview.reading import office
from casereview.reports.word.papers import file_name
from casereview.run import births, doctor, files


def nowhere(monkeypatch, folders=()):
    """No program on the PATH; programs lie in these folders."""
    monkeypatch.setattr(office.shutil, "which", lambda name: None)
    monkeypatch.setattr(office, "program_folders", lambda: tuple(folders))
    monkeypatch.setattr(office, "OPT", Path("/没有这个文件夹/opt"))


def put(path: Path) -> Path:
    """An empty program."""
    path.parent.mkdir(parents=True)
    path.write_bytes(b"")
    return path


@pytest.mark.parametrize(
    "where", ["LibreOffice/program/soffice.exe", "LibreOffice 7/program/soffice.exe"]
)
def test_libreoffice_is_found_where_it_installs(where, tmp_path, monkeypatch):
    """In Program Files, though its installer puts it on no PATH."""
    found = put(tmp_path / where)
    nowhere(monkeypatch, [tmp_path])
    assert office.program() == str(found)
    nowhere(monkeypatch)
    assert office.program() == ""


def test_libreoffice_under_opt(tmp_path, monkeypatch):
    """As packages from its makers install it on UOS and Kylin."""
    found = put(tmp_path / "opt" / "libreoffice24.8" / "program" / "soffice")
    nowhere(monkeypatch)
    monkeypatch.setattr(office, "OPT", tmp_path / "opt")
    assert office.program() == str(found)


@pytest.mark.parametrize(
    "where", ["Kingsoft/WPS Office/12.1/office6/wps.exe", "WPS Office/11/office6/wps.exe"]
)
def test_who_has_wps_is_told_to_use_it(where, tmp_path, monkeypatch):
    """Without LibreOffice the file and doctor say what the person can do with what is there."""
    put(tmp_path / where)
    nowhere(monkeypatch, [tmp_path])
    with pytest.raises(office.ReadFailure, match="WPS"):
        office.convert(b"\xd0\xcf\x11\xe0" + bytes(600), "doc")
    assert "WPS" in doctor._old_office().detail
    nowhere(monkeypatch)
    assert "LibreOffice" in doctor._old_office().detail


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="groups of processes")
def test_a_program_is_ended_with_all_that_it_started():
    """The child that holds the profile goes too."""
    child = "import time; time.sleep(60)"
    script = (
        f"import subprocess, sys; p = subprocess.Popen([sys.executable, '-c', {child!r}]);"
        " print(p.pid, flush=True); p.wait()"
    )
    p = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, start_new_session=True
    )
    assert p.stdout is not None
    pid = int(p.stdout.readline())
    office.end_tree(p)
    for _ in range(100):
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return
        time.sleep(0.05)
    pytest.fail("the child lives on")


@pytest.mark.parametrize("name", ["CON", "nul.docx", "COM1", "LPT9.x", "aux"])
def test_names_of_devices_are_not_used(name):
    """Windows writes to a device of that name, whatever its ending."""
    assert file_name(name) == f"_{name}"


@pytest.mark.parametrize("name", ["CONTRACT", "案卷.", "a" * 79 + " .b", "..", "x:y*z", "NULL"])
def test_names_end_in_no_dot_and_no_blank(name):
    """Windows drops both, and the file is not found again."""
    made = file_name(name)
    assert made and made[-1] not in " ." and not set(made) & set('\\/:*?"<>|') and len(made) <= 80


def test_a_path_that_windows_cannot_write_is_told(tmp_path, monkeypatch):
    """Before anything is written, with what to do."""
    monkeypatch.setattr(files.sys, "platform", "win32")
    deep = tmp_path / ("深" * 80) / ("处" * 80) / ("文" * 80) / "书.docx"
    with pytest.raises(UsageError, match="260.*-o"):
        files.write_file(deep, b"x")
    assert not list(tmp_path.iterdir())
    files.write_file(tmp_path / "短.docx", b"x")


def test_a_file_that_an_editor_holds_is_told(tmp_path, monkeypatch):
    """Corrections and papers: a sentence, the old content, nothing left beside it."""
    db = tmp_path / "casereview.db"
    doc = parse_correction("全卷.pdf:1-2=处罚决定书", {"处罚决定书"})
    save_corrections(db, {"甲": Corrections((doc,))})

    def held(a, b):
        raise PermissionError(13, "另一个程序正在使用此文件")

    monkeypatch.setattr(writing.os, "replace", held)
    with pytest.raises(UsageError, match="没有保存.*编辑器"):
        save_corrections(db, {k: Corrections((doc,)) for k in "甲乙"})
    with pytest.raises(UsageError, match="Word 或 Excel"):
        files.write_file(tmp_path / "通报.docx", b"x")
    assert set(load_corrections(db)) == {"甲"}
    assert [p.name for p in tmp_path.iterdir()] == ["casereview.corrections.yaml"]


START = """
import signal, sys
from casereview.run import local
def there(): pass
if __name__ == "__main__":
    with local._born_deaf():
        import multiprocessing as mp
        import subprocess
        says = ("import signal, time; print(signal.getsignal(signal.SIGINT) == signal.SIG_IGN,"
            " flush=True); time.sleep(30)")
        p = subprocess.Popen([sys.executable, "-c", says], stdout=subprocess.PIPE)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    print(p.stdout.readline().decode().strip())
    p.kill()
"""


def test_workers_are_born_deaf_to_ctrl_c():
    """What starts meanwhile ignores it from its first moment; the parent hears it again after."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", START], env=env, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "True", done.stderr
    assert signal.getsignal(signal.SIGINT) is not signal.SIG_IGN
    assert births.start_method("win32") == births.start_method("darwin") == "spawn"
