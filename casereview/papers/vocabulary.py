"""Names of papers and of their fields, as data: ``文书/*.yaml`` read once and made searchable."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from casereview.chinese import key
from casereview.errors import RulesRefused
from casereview.yamlfile import LineDict, load_yaml

_KEYS = {"文书", "别名", "特征", "排除", "要素", "阶段", "内部"}
COMMON_LABELS = "_通用标签.yaml"
_PREFIX = re.compile(
    r"^.{0,30}?(?:执法局|管理局|监督局|监督管理局|生态环境局|局|委员会|人民政府|办事处|执法(?:支|大|总)?队|厅|支队|大队|总队|监督所|监督站|中心|公安分局)(?=.{2,})"
)
THRESHOLD = 84
LIKENESS = (  # stands in the reason of a kind that was guessed from a title much like a known one
    "相似"
)


@dataclass(frozen=True)
class Kind:
    """One kind of document: alias keys, feature groups (each group needs one of its words), words
    that rule it out, field labels.
    """

    name: str
    aliases: tuple[str, ...]
    features: tuple[tuple[tuple[str, ...], ...], ...]
    excludes: tuple[str, ...]
    fields: dict[str, tuple[str, ...]]
    stage: str
    internal: bool


@dataclass(frozen=True)
class Guess:
    """A kind proposed for a title, how sure (0..1) and why."""

    kind: str
    confidence: float
    why: str


class Vocabulary:
    """All kinds, and the labels that may stand in any form."""

    def __init__(self, kinds: list[Kind], labels: tuple[str, ...], folder: Path):
        self.folder = folder
        self.kinds = {k.name: k for k in kinds}
        self._keys = {key(a): k.name for k in kinds for a in (k.name, *k.aliases)}
        every = {lb for k in kinds for names in k.fields.values() for lb in names} | set(labels)
        self.labels = tuple(sorted(every, key=len, reverse=True))
        self.cut = re.compile(
            r"(?<![（(法])(?:"
            + "|".join(_loose(lb) for lb in self.labels if len(lb) > 1)
            + r")\s*(?:[（(][^（）()]{1,12}[)）])?\s*[：:]"
        )
        self.label_keys = {key(lb) for lb in self.labels}

    @classmethod
    def load(cls, folder: Path) -> Vocabulary:
        """Read ``文书/*.yaml`` (one file a kind of paper, and the labels of any form); refuse
        unknown keys and an alias that names two kinds. Raises RulesRefused with every complaint.
        """
        bad: list[str] = []
        kinds: list[Kind] = []
        owners: dict[str, str] = {}
        for path in sorted(folder.glob("*.yaml")):
            if path.stem.startswith("_"):
                continue
            row = load_yaml(path)
            kind = _kind(path, row, bad)
            for alias in (kind.name, *kind.aliases):
                owner = owners.setdefault(key(alias), kind.name)
                if owner != kind.name:
                    bad.append(f"{path}：第 {row.line('别名')} 行：别名“{alias}”已经属于“{owner}”")
            kinds.append(kind)
        if bad:
            raise RulesRefused(bad)
        common = load_yaml(folder / COMMON_LABELS)
        return cls(kinds, tuple(common.get("标签") or ()), folder)

    def guess(self, title: str) -> Guess | None:
        """The kind a title names: exact alias, then words that make the kind, then likeness
        (``fuzz.ratio`` on the cleaned title).
        """
        best: Guess | None = None
        for k in _forms(title):
            if k in self._keys:
                inner = re.search(r"\(([^()]{2,12})\)", key(title))
                if (
                    self._keys[k] == "证据材料"
                    and inner
                    and self._keys.get(inner[1], "证据材料") != "证据材料"
                ):
                    return Guess(self._keys[inner[1]], 0.95, f"标题“{title}”")
                return Guess(self._keys[k], 1.0, f"标题“{title}”")
        for k in _forms(title):
            for kind in self.kinds.values():
                if any(x in k for x in kind.excludes):
                    continue
                for group in kind.features:
                    if all(any(w in k for w in words) for words in group):
                        score = 0.80 + 0.15 * sum(
                            max(len(w) for w in words if w in k) for words in group
                        ) / max(4, len(k))
                        if best is None or score > best.confidence:
                            best = Guess(
                                kind.name,
                                round(min(score, 0.97), 3),
                                f"标题“{title}”含有“{'、'.join(next(w for w in words if w in k) for words in group)}”",
                            )
        if best:
            return best
        for k in _forms(title):
            if len(k) < 4:
                continue
            hit = process.extractOne(
                k, self._keys.keys(), scorer=fuzz.ratio, score_cutoff=THRESHOLD
            )
            if hit and (best is None or hit[1] / 100 * 0.95 > best.confidence):
                best = Guess(
                    self._keys[hit[0]],
                    round(hit[1] / 100 * 0.95, 3),
                    f"标题“{title}”与“{hit[0]}”{LIKENESS} {hit[1]:.0f}%",
                )
        return best


def _kind(path: Path, row: LineDict, bad: list[str]) -> Kind:
    """One kind of paper from its file; complaints go to ``bad``."""
    for k in row:
        if k not in _KEYS:
            known = "、".join(sorted(_KEYS))
            bad.append(f"{path}：第 {row.line(k)} 行：不认识的键“{k}”，可以写 {known}")
    name = str(row.get("文书") or "")
    if name != path.stem:
        bad.append(f"{path}：第 {row.line('文书')} 行：“文书”要与文件名相同")
    features = tuple(
        tuple(tuple(str(words).split("/")) for words in group) for group in row.get("特征") or ()
    )
    fields = {
        fact: tuple(str(label) for label in spec.get("标签") or ())
        for fact, spec in (row.get("要素") or {}).items()
        if isinstance(spec, LineDict)
    }
    return Kind(
        name,
        tuple(str(a) for a in row.get("别名") or ()),
        features,
        tuple(row.get("排除") or ()),
        fields,
        str(row.get("阶段") or ""),
        row.get("内部") is True,
    )


def _forms(title: str) -> list[str]:
    """A title as written, without the agency, without remarks in brackets, without numbering."""
    base = key(title)
    bare = re.sub(r"\([^()]*\)", "", base)
    out = []
    for t in (base, bare):
        t = re.sub(r"^[\d.、\-_]+|[\d.、\-_页]+$", "", t)
        for u in (t, _PREFIX.sub("", t)):
            u = u.replace("/", "").replace("／", "")
            for v in (u, re.sub(r"^关于", "", u)):
                if v and v not in out:
                    out.append(v)
    return out


def _loose(label: str) -> str:
    return r"\s*".join(re.escape(c) for c in label)
