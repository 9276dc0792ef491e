"""Good files with bytes changed: does a reader ever raise, or give an empty success?

    python benchmarks/fuzz.py [--rounds 2000] [--seed 1] [--kinds pdf,docx]

Every reader is fed good files of its format in which bytes were flipped, cut, doubled or put in
another place (in packages also inside the parts), and strict YAML the same. What is allowed is an
outcome with its word, or ``RulesRefused`` for YAML; anything else is printed with its seed.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import zipfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

import hostile_files as made  # noqa: E402

from casereview.errors import RulesRefused  # noqa: E402
from casereview.model import OUTCOMES  # noqa: E402
from casereview.reading import ocr  # noqa: E402
from casereview.reading.door import read_source  # noqa: E402
from casereview.yamlfile import parse_yaml  # noqa: E402

PACKED = ("docx", "xlsx", "ofd")
RULES = ROOT / "checklists" / "文书" / "送达回证.yaml"


def seeds() -> dict[str, bytes]:
    """One small good file of each format."""
    rows = made.cells(f'<row r="1">{made.inline("A1", "立案审批表")}</row>')
    return {
        "pdf": made.pdf({}),
        "docx": made.docx(made.said("行政处罚决定书") + made.said("罚款二万元")),
        "xlsx": made.xlsx(rows),
        "ofd": made.ofd({}),
        "jpg": made.picture("JPEG"),
        "png": made.picture("PNG"),
        "txt": "立案审批表\n案由：擅自取水".encode("gb18030"),
        "zip": made.packed({"01 立案审批表.txt": "立案审批表"}),
        "yaml": RULES.read_bytes()[:1500],
    }


def changed(data: bytes, rng: random.Random) -> bytes:
    """The same bytes after one to six accidents."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        if len(out) < 4:
            break
        at, size = rng.randrange(len(out)), rng.randint(1, max(2, len(out) // 8))
        what = rng.randrange(5)
        if what == 0:
            out[at] ^= 1 << rng.randrange(8)
        elif what == 1:
            out[at : at + size] = rng.randbytes(min(size, 64))
        elif what == 2:
            del out[at : at + size]
        elif what == 3:
            out[at:at] = out[at : at + size]
        else:
            out[at : at + 4] = rng.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"9999", b"-1 "))
    return bytes(out)


def mutant(kind: str, data: bytes, rng: random.Random) -> bytes:
    """A file of a kind after an accident: of the whole, or of one part of a package."""
    if kind not in PACKED or rng.random() < 0.3:
        return changed(data, rng)
    with zipfile.ZipFile(io.BytesIO(data)) as z:
        parts = {n: z.read(n) for n in z.namelist()}
    name = rng.choice(sorted(parts))
    return made.packed({**parts, name: changed(parts[name], rng)})


def trial(kind: str, data: bytes) -> str:
    """The outcome of a file; what is not allowed begins with '!'."""
    if kind == "yaml":
        try:
            parse_yaml(data.decode("utf-8", "replace"), "a.yaml")
        except RulesRefused:
            return "refused"
        return "taken"
    try:
        s = read_source(f"a.{kind}", data)
    except Exception as e:
        return f"!{type(e).__name__}"
    if s.outcome not in OUTCOMES:
        return f"!{s.outcome}"
    nothing = not s.pages and s.media is None and kind != "zip"
    return "!empty" if s.outcome == "readable" and nothing else s.outcome


def run(rounds: int, seed: int, kinds: list[str]) -> tuple[Counter[str], list[str]]:
    """(outcomes, what is not allowed with its seed) of so many mutants of each kind."""
    ocr.available = lambda: ""
    good, seen, wrong = seeds(), Counter[str](), []
    for kind in kinds:
        for n in range(rounds):
            got = trial(kind, mutant(kind, good[kind], random.Random(f"{seed}|{kind}|{n}")))
            seen[f"{kind} {got}"] += 1
            if got.startswith("!"):
                wrong.append(f"{kind} {seed}|{kind}|{n} {got}")
    return seen, wrong


def main() -> None:
    """Outcomes by kind; exit 1 when something else than an outcome came of it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kinds", default=",".join(seeds()))
    asked = parser.parse_args()
    seen, wrong = run(asked.rounds, asked.seed, asked.kinds.split(","))
    for name, n in sorted(seen.items()):
        print(f"{n:>7}  {name}")
    print("\n".join(wrong))
    raise SystemExit(bool(wrong))


if __name__ == "__main__":
    main()
