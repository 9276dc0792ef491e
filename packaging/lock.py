"""Pin every dependency, with hashes, for each system that gets a bundle.

python packaging/lock.py            renew packaging/locks/*.txt (needs uv and the package index)
python packaging/lock.py --check    exit 1 when a lock does not carry what pyproject.toml asks for
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
PYTHON = "3.11"
# system of a bundle -> (platform as uv calls it, platforms of its wheels as pip calls them)
TARGETS = {
    "windows-x64": ("x86_64-pc-windows-msvc", ("win_amd64",)),
    "linux-x64": (
        "x86_64-manylinux_2_28",
        (*(f"manylinux_2_{n}_x86_64" for n in range(28, 4, -1)), "manylinux2014_x86_64"),
    ),
    "linux-arm64": (
        "aarch64-manylinux_2_31",
        (*(f"manylinux_2_{n}_aarch64" for n in range(31, 16, -1)), "manylinux2014_aarch64"),
    ),
}
_NAME = re.compile(r"^([A-Za-z0-9._-]+)")


def wanted() -> set[str]:
    """Names that pyproject.toml asks for, in the form of the index."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return {_plain(d) for d in project["dependencies"]}


def _plain(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", _NAME.match(requirement)[1]).lower()


def lock_of(target: str) -> Path:
    """The lock of a system."""
    return HERE / "locks" / f"{target}.txt"


def pinned(target: str) -> dict[str, str]:
    """Name -> version in a lock."""
    lines = lock_of(target).read_text("utf-8").splitlines()
    rows = (line.split(" ")[0].split("==") for line in lines if "==" in line and line[0] != " ")
    return {_plain(name): version for name, version in rows}


def missing(target: str) -> set[str]:
    """What pyproject.toml asks for and a lock does not carry; one engine is enough."""
    engines = {"openvino", "onnxruntime"}
    have = set(pinned(target))
    lacks = wanted() - have - engines
    return lacks if engines & have else lacks | engines


def renew(target: str) -> None:
    """Resolve anew for one system, wheels only."""
    platform, _ = TARGETS[target]
    done = subprocess.run(
        [
            *("uv", "pip", "compile", str(ROOT / "pyproject.toml"), "--generate-hashes"),
            *("--python-version", PYTHON, "--python-platform", platform),
            *("--only-binary", ":all:", "--no-header", "--no-annotate", "--quiet"),
            *sys.argv[2:],
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    lock_of(target).write_text(done.stdout, "utf-8")


def main() -> None:
    """Renew, or check."""
    if sys.argv[1:2] == ["--check"]:
        bad = {t: sorted(m) for t in TARGETS if (m := missing(t))}
        raise SystemExit(f"locks lack {bad}: python packaging/lock.py" if bad else 0)
    for target in TARGETS:
        renew(target)
        print(target, len(pinned(target)))


if __name__ == "__main__":
    main()
