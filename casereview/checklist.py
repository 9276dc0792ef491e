"""YAML -> typed checks. Every complaint at once, with file and line and what may be written."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from casereview.checks import KINDS, PREDICATES
from casereview.checks.kinds import Kind
from casereview.errors import RulesRefused
from casereview.parameters import Parameter
from casereview.yamlfile import LineDict, load_yaml

VETO_EFFECTS = ("不合格", "零分", "不得优秀", "无")
_TOP = {"清单", "编号", "版本", "程序", "定律日", "计分", "检查项"}
_SCORE = {"优秀", "合格", "否决后果", "候选否决", "小数位"}
_ITEM = {"编号", "名称", "环节", "三项制度", "种类", "分值", "否决", "可补正", "依据", "整改建议", "当", "不合格情形", "不适用或待复核", "曾用编号"}
_WHEN = ("有文书", "无文书", "有要素")


@dataclass(frozen=True)
class Check:
    """One item of a checklist."""

    id: str
    name: str
    stage: str
    system: str
    points: Decimal
    veto: bool
    curable: bool
    basis: tuple[str, ...]
    advice: str
    kind_name: str
    kind: Kind
    when: tuple[tuple[str, str], ...]
    fails_when: str
    note: str


@dataclass(frozen=True)
class Scoring:
    """How points become a score and a grade."""

    excellent: Decimal
    passing: Decimal
    veto_effect: str
    decimals: int


@dataclass(frozen=True)
class Checklist:
    """A whole checklist with the digest of its text."""

    id: str
    title: str
    version: str
    procedure: str
    law_day: str
    scoring: Scoring
    checks: tuple[Check, ...]
    sha256: str

    def get(self, check_id: str) -> Check | None:
        """The item with this id."""
        return next((c for c in self.checks if c.id == check_id), None)


def _list(v: object) -> tuple[str, ...]:
    return tuple(str(x) for x in v) if isinstance(v, list) else (str(v),) if v not in (None, "") else ()


def load_checklist(path: Path, parameters: dict[str, Parameter], kinds: set[str]) -> Checklist:
    """Read and check a checklist. ``kinds``: document kinds that exist. Raises RulesRefused with every complaint."""
    data = load_yaml(path)
    bad: list[str] = []
    if not isinstance(data, LineDict):
        raise RulesRefused([f"{path}：不是检查清单"])
    for k in data:
        if k not in _TOP:
            bad.append(f"{path}：第 {data.line(k)} 行：不认识的键“{k}”，可以写 {'、'.join(sorted(_TOP))}")
    scoring = _scoring(path, data, bad)
    checks: list[Check] = []
    seen: dict[str, int] = {}
    candidate = (data.get("计分") or {}).get("候选否决") is not False
    for row in data.get("检查项") or []:
        if not isinstance(row, LineDict):
            bad.append(f"{path}：检查项应当是一组键")
            continue
        c = _check(path, row, bad, parameters, kinds, candidate)
        if c is None:
            continue
        if c.id in seen:
            bad.append(f"{path}：第 {row.start} 行：编号“{c.id}”重复（第 {seen[c.id]} 行已有）")
        seen[c.id] = row.start
        checks.append(c)
    if not checks:
        bad.append(f"{path}：没有检查项")
    if bad:
        raise RulesRefused(bad)
    return Checklist(str(data.get("编号") or path.stem), str(data.get("清单") or path.stem), str(data.get("版本") or ""), str(data.get("程序") or "ordinary"),
                     str(data.get("定律日") or "处罚决定书.作出日期"), scoring, tuple(checks), hashlib.sha256(path.read_bytes()).hexdigest())


def _scoring(path: Path, data: LineDict, bad: list[str]) -> Scoring:
    row = data.get("计分") or LineDict(data.start)
    for k in row:
        if k not in _SCORE:
            bad.append(f"{path}：第 {row.line(k)} 行：不认识的键“{k}”，可以写 {'、'.join(sorted(_SCORE))}")
    effect = row.get("否决后果") or "不合格"
    if effect not in VETO_EFFECTS:
        bad.append(f"{path}：第 {row.line('否决后果')} 行：否决后果只能是 {'、'.join(VETO_EFFECTS)}")
    return Scoring(Decimal(str(row.get("优秀") or 90)), Decimal(str(row.get("合格") or 60)), effect, int(row.get("小数位") if row.get("小数位") is not None else 1))


def _check(path: Path, row: LineDict, bad: list[str], parameters: dict[str, Parameter], kinds: set[str], candidate: bool) -> Check | None:
    where = f"{path}：第 {row.start} 行"
    start = len(bad)
    for k in ("编号", "名称", "种类", "分值"):
        if row.get(k) is None:
            bad.append(f"{where}：检查项缺“{k}”")
    kind_name = str(row.get("种类") or "")
    cls = KINDS.get(kind_name)
    if kind_name and cls is None:
        bad.append(f"{path}：第 {row.line('种类')} 行：没有种类“{kind_name}”，可以写 {'、'.join(KINDS)}")
    allowed = _ITEM | set(cls.keys if cls else ())
    for k in row:
        if k not in allowed:
            bad.append(f"{path}：第 {row.line(k)} 行：种类“{kind_name}”下不认识的键“{k}”，可以写 {'、'.join(sorted(allowed))}")
    try:
        points = Decimal(str(row.get("分值") or 0))
        if not points.is_finite() or points < 0:
            raise InvalidOperation
    except InvalidOperation:
        bad.append(f"{path}：第 {row.line('分值')} 行：分值“{row.get('分值')}”不是不小于零的数")
        points = Decimal(0)
    kind = _kind(path, row, cls, bad, parameters, kinds) if cls else None
    when = []
    for word, name in (row.get("当") or {}).items():
        if word not in _WHEN:
            bad.append(f"{path}：第 {row['当'].line(word)} 行：“当”里只能写 {'、'.join(_WHEN)}")
        for n in _list(name):
            _known(path, row["当"].line(word), n, kinds, bad)
            when.append((word, n))
    veto = row.get("否决")
    if veto not in (None, True, False, "候选"):
        bad.append(f"{path}：第 {row.line('否决')} 行：否决只能写 true、false 或 候选")
    if len(bad) > start or kind is None:
        return None
    return Check(str(row["编号"]), str(row["名称"]), str(row.get("环节") or ""), str(row.get("三项制度") or ""), points, veto is True or (veto == "候选" and candidate), row.get("可补正") is True,
                 _list(row.get("依据")), str(row.get("整改建议") or ""), kind_name, kind, tuple(when), str(row.get("不合格情形") or ""), str(row.get("不适用或待复核") or ""))


def _kind(path: Path, row: LineDict, cls: type[Kind], bad: list[str], parameters: dict[str, Parameter], kinds: set[str]) -> Kind | None:
    got = {}
    for k in cls.needs:
        if row.get(k) in (None, "", []):
            bad.append(f"{path}：第 {row.start} 行：种类“{row.get('种类')}”要写“{k}”")
            return None
    for k in cls.keys:
        v = row.get(k)
        line = row.line(k)
        if k == "文书" or k == "参看" or (k == "要素" and row.get("种类") == "前后一致"):
            got[k] = _list(v)
            for n in got[k]:
                _known(path, line, n, kinds, bad)
        elif k == "要素":
            got[k] = tuple((str(n), _list(w)) for n, w in v.items()) if isinstance(v, dict) else ()
            if not got[k]:
                bad.append(f"{path}：第 {line} 行：要素要写成 名称: [词, 词]")
        elif k in ("先", "后", "从", "到"):
            got[k] = str(v)
            _known(path, line, got[k], kinds, bad)
        elif k == "不超过":
            got[k] = str(v)
            if got[k] not in parameters:
                bad.append(f"{path}：第 {line} 行：没有参数“{v}”，可以写 {'、'.join(parameters)}")
        elif k == "判定":
            got[k] = str(v)
            if got[k] not in PREDICATES:
                bad.append(f"{path}：第 {line} 行：没有判定“{v}”，可以写 {'、'.join(PREDICATES)}")
        else:
            got[k] = str(v)
    return cls(**got)


def _known(path: Path, line: int, name: str, kinds: set[str], bad: list[str]) -> None:
    kind = name.partition(".")[0]
    if kind not in kinds:
        bad.append(f"{path}：第 {line} 行：没有文书“{kind}”，文书名称见 documents.yaml")
