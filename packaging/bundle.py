"""Build the folder that is carried to an office PC on a stick.

    python packaging/bundle.py linux-x64 -o DIR        wheels by the lock, downloaded and verified
    python packaging/bundle.py windows-x64 -o DIR --wheels FOLDER     wheels that lie there already

The folder holds every wheel with its hash, an installer that needs neither network nor
administrator, a start file, an uninstaller, the manual and the samples; beside it a list of sizes
and digests.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from lock import PYTHON, ROOT, TARGETS, lock_of

FILES = Path(__file__).parent / "files"
OF_WINDOWS = ("install.ps1", "安装.cmd", "启动.cmd", "卸载.cmd")
OF_LINUX = ("安装.sh", "启动.sh", "卸载.sh")
MANUAL = ("README.zh-CN.md", "docs")
SAMPLES = ("samples/2025年度评查",)


def wheels_of(target: str, into: Path, have: Path | None) -> None:
    """Every wheel of the lock: downloaded by hash, or taken from a folder."""
    into.mkdir(parents=True)
    where = ["--no-index", "--find-links", str(have)] if have else []
    platforms = [x for p in TARGETS[target][1] for x in ("--platform", p)]
    abis = [x for a in (f"cp{PYTHON.replace('.', '')}", "abi3", "none") for x in ("--abi", a)]
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"),
            *("--only-binary=:all:", "--python-version", PYTHON, "--implementation", "cp"),
            *(*abis, *platforms, *where, "-d", str(into), "-r", str(lock_of(target))),
        ],
        check=True,
    )


def own_wheel(into: Path) -> None:
    """The program itself."""
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"),
            *("-w", str(into), str(ROOT)),
        ],
        check=True,
    )


def scripts_of(target: str, into: Path) -> None:
    """Installer, start file, uninstaller. Windows reads them with its own line ends, PowerShell
    only with a byte order mark.
    """
    for name in OF_WINDOWS if target.startswith("windows") else OF_LINUX:
        text = (FILES / name).read_text("utf-8")
        if target.startswith("windows"):
            mark = "\ufeff" if name.endswith(".ps1") else ""
            (into / name).write_bytes((mark + text.replace("\n", "\r\n")).encode("utf-8"))
        else:
            shutil.copy(FILES / name, into / name)
            (into / name).chmod(0o755)


def papers(into: Path) -> None:
    """The manual and the samples."""
    for folder, names in (("手册", MANUAL), ("样例", SAMPLES)):
        (into / folder).mkdir()
        for name in names:
            source = ROOT / name
            target = into / folder / source.name
            shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)


def list_of(folder: Path) -> str:
    """Size and digest of every file."""
    rows = [p for p in sorted(folder.rglob("*")) if p.is_file()]
    total = sum(p.stat().st_size for p in rows)
    lines = [f"{len(rows)} 个文件，{total / 1e6:.0f} MB"]
    for p in rows:
        digest = hashlib.sha256(p.read_bytes()).hexdigest()
        lines.append(f"{digest}  {p.stat().st_size:>12}  {p.relative_to(folder).as_posix()}")
    return "\n".join(lines) + "\n"


def build(target: str, out: Path, have: Path | None = None) -> Path:
    """The bundle of a system. Returns its folder."""
    folder = out / f"casereview-{target}"
    if folder.exists():
        raise SystemExit(f"{folder} is there already")
    wheels_of(target, folder / "wheels", have)
    own_wheel(folder / "wheels")
    shutil.copy(lock_of(target), folder / "依赖.txt")
    (folder / "python版本.txt").write_text(PYTHON + "\n", "utf-8")
    scripts_of(target, folder)
    papers(folder)
    (out / f"casereview-{target}.清单.txt").write_text(list_of(folder), "utf-8")
    return folder


def main() -> None:
    """Build one."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--wheels", type=Path, help="a folder that holds the wheels already")
    asked = parser.parse_args()
    asked.output.mkdir(parents=True, exist_ok=True)
    folder = build(asked.target, asked.output, asked.wheels)
    size = sum(p.stat().st_size for p in folder.rglob("*") if p.is_file())
    print(f"{folder}: {size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
