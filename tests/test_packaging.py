"""What is carried to an office PC on a stick: locks that carry everything, scripts that a plain
shell runs, an installation that can be taken back.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT

PACKAGING = ROOT / "packaging"
FILES = PACKAGING / "files"
sys.path.insert(0, str(PACKAGING))

import bundle  # noqa: E402
import lock  # noqa: E402


@pytest.mark.parametrize("target", lock.TARGETS)
def test_a_lock_carries_everything_by_hash(target):
    """Every dependency of the project, pinned, with a digest each, and no address of an index."""
    assert lock.missing(target) == set()
    text = lock.lock_of(target).read_text("utf-8")
    assert "http" not in text and len(lock.pinned(target)) > 30
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}", b) for b in blocks)
    assert ("colorama" in lock.pinned(target)) == target.startswith("windows")


def test_what_a_lock_lacks_is_told(monkeypatch):
    """A dependency that was added and not locked shows."""
    monkeypatch.setattr(lock, "wanted", lambda: {"pillow", "brand-new"})
    assert "brand-new" in lock.missing("linux-x64")


@pytest.mark.parametrize("name", bundle.OF_WINDOWS)
def test_scripts_of_windows_are_plain(name, tmp_path):
    """No && (Windows PowerShell 5.1 does not know it), nothing that asks for an administrator,
    Windows line ends, and a byte order mark where PowerShell needs it to read Chinese.
    """
    text = (FILES / name).read_text("utf-8")
    assert "&&" not in text and "RunAs" not in text and "sudo" not in text
    bundle.scripts_of("windows-x64", tmp_path)
    data = (tmp_path / name).read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n") > 3
    assert data.startswith(b"\xef\xbb\xbf") == name.endswith(".ps1")


@pytest.mark.parametrize("name", bundle.OF_LINUX)
def test_scripts_of_linux_are_posix(name):
    """A plain sh takes them, and none asks for an administrator."""
    assert subprocess.run(["sh", "-n", str(FILES / name)], check=False).returncode == 0
    text = (FILES / name).read_text("utf-8")
    assert text.startswith("#!/bin/sh") and "sudo" not in text


def small_wheel(folder: Path) -> bytes:
    """A program of the same name that says its version."""
    name = "casereview-0.0.1.dist-info"
    parts = {
        "casereview/__init__.py": "",
        "casereview/__main__.py": "def main():\n    print('casereview 0.0.1')\n\n\nmain()\n",
        f"{name}/METADATA": "Metadata-Version: 2.1\nName: casereview\nVersion: 0.0.1\n",
        f"{name}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{name}/entry_points.txt": "[console_scripts]\ncasereview = casereview.__main__:main\n",
    }
    parts[f"{name}/RECORD"] = "".join(f"{n},,\n" for n in parts) + f"{name}/RECORD,,\n"
    path = folder / "casereview-0.0.1-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as z:
        for n, text in parts.items():
            z.writestr(n, text)
    return path.read_bytes()


@pytest.fixture
def small_bundle(tmp_path):
    """A bundle of one small wheel."""
    folder = tmp_path / "优盘" / "casereview 包"
    (folder / "wheels").mkdir(parents=True)
    small_wheel(folder / "wheels")
    bundle.scripts_of("linux-x64", folder)
    (folder / "python版本.txt").write_text("{}.{}\n".format(*sys.version_info[:2]), "utf-8")
    (folder / "依赖.txt").write_text("", "utf-8")
    (folder / "手册").mkdir()
    return folder


def run(script: Path, *given: str, **more: str) -> subprocess.CompletedProcess[str]:
    """A script, with a home of its own and without any index."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PIP_", "PYTHON"))}
    env |= {"HOME": str(script.parent), "PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull, **more}
    return subprocess.run(
        ["sh", str(script), *given], env=env, capture_output=True, text=True, check=False
    )


@pytest.mark.skipif(shutil.which("sh") is None, reason="no shell here")
def test_installed_started_and_taken_back(small_bundle, tmp_path):
    """From a stick into a folder with blanks and Chinese in its name, without network; a second
    time it is refused; the uninstaller leaves the store alone.
    """
    to = tmp_path / "我的 评查"
    own = {"CASEREVIEW_PYTHON": sys.executable}
    done = run(small_bundle / "安装.sh", str(to), **own)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "casereview 0.0.1" in done.stdout and "装好了" in done.stdout
    assert run(small_bundle / "安装.sh", str(to), **own).returncode == 2
    (to / "casereview.db").write_bytes(b"x")
    started = run(to / "启动.sh", SHELL="/bin/true")
    assert "casereview 0.0.1" in started.stdout
    gone = run(to / "卸载.sh")
    assert gone.returncode == 0 and [p.name for p in to.iterdir()] == ["casereview.db"]


def test_what_lies_on_the_path_of_python_is_not_installed(small_bundle, tmp_path):
    """A checkout that PYTHONPATH names does not pass for the program that is to be installed."""
    lying = tmp_path / "别处"
    (lying / "casereview.egg-info").mkdir(parents=True)
    told = "Metadata-Version: 2.1\nName: casereview\nVersion: 0.0.1\n"
    (lying / "casereview.egg-info" / "PKG-INFO").write_text(told, "utf-8")
    to = tmp_path / "评查"
    own = {"CASEREVIEW_PYTHON": sys.executable, "PYTHONPATH": str(lying)}
    done = run(small_bundle / "安装.sh", str(to), **own)
    assert done.returncode == 0 and "casereview 0.0.1" in done.stdout, done.stdout + done.stderr
    assert "casereview 0.0.1" in run(to / "启动.sh", SHELL="/bin/true", **own).stdout


def test_the_gate_installs_the_bundle():
    """What every change passes builds the Linux bundle and tries it where sockets are denied."""
    gate = (ROOT / ".ci" / "run").read_text("utf-8")
    assert "packaging/bundle.py linux-x64" in gate and "packaging/try_bundle.sh" in gate
    tried = (PACKAGING / "try_bundle.sh").read_text("utf-8")
    assert (
        subprocess.run(["sh", "-n", str(PACKAGING / "try_bundle.sh")], check=False).returncode == 0
    )
    assert "unshare --net" in tried and "most=${2:-120}" in tried


def test_a_broken_wheel_leaves_nothing_behind(small_bundle, tmp_path):
    """A digest that does not fit: nothing is half installed, and it is said."""
    to = tmp_path / "评查"
    wrong = "casereview==0.0.1 --hash=sha256:" + hashlib.sha256(b"other").hexdigest() + "\n"
    (small_bundle / "依赖.txt").write_text(wrong, "utf-8")
    done = run(small_bundle / "安装.sh", str(to), CASEREVIEW_PYTHON=sys.executable)
    assert done.returncode != 0 and not (to / "程序").exists() and "恢复原样" in done.stdout


def test_another_python_is_refused_with_what_to_do(small_bundle, tmp_path):
    """A Python of another version does not fit the wheels."""
    (small_bundle / "python版本.txt").write_text("3.99\n", "utf-8")
    done = run(small_bundle / "安装.sh", str(tmp_path / "评查"))
    assert done.returncode == 2 and "Python 3.99" in done.stdout


def test_the_list_of_a_bundle_names_every_file(small_bundle):
    """Size and digest of each, and the sum."""
    text = bundle.list_of(small_bundle)
    files = [p for p in small_bundle.rglob("*") if p.is_file()]
    assert text.splitlines()[0].startswith(f"{len(files)} 个文件")
    assert all(p.relative_to(small_bundle).as_posix() in text for p in files)
