"""The view of a run in the words of the papers: what each tag of a template stands for. Figures
come from ``gather`` and are not counted again here.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from casereview.errors import UsageError
from casereview.model import FAIL, PASS
from casereview.reports.gather import GRADES, Campaign, Case, Row, Unit, share
from casereview.rounds.change import STATES
from casereview.yamlfile import load_yaml

FIELDS = ("发文机关", "发文字号", "印发日期", "联系人", "联系电话", "整改期限", "主送", "抄送")
_NUMBERS = "零一二三四五六七八九十"


@dataclass(frozen=True)
class Office:
    """What only the office knows: its name, the number of the paper, the day, whom to ask. What is
    not given stands in the paper as 【…】.
    """

    given: dict[str, str]

    def tag(self, name: str) -> str:
        """The value, or a mark that it must be filled in."""
        return self.given.get(name) or f"【{name}】"

    @property
    def open(self) -> list[str]:
        """Fields that nobody gave."""
        return [f for f in FIELDS if not self.given.get(f)]


def load_office(path: Path | None) -> Office:
    """Read 印发信息 (YAML with the keys of FIELDS). Raises UsageError, RulesRefused."""
    if path is None:
        return Office({})
    if not path.is_file():
        raise UsageError(f"找不到 {path}")
    data = load_yaml(path) or {}
    bad = [k for k in data if k not in FIELDS]
    if bad:
        raise UsageError(
            f"{path}：不认识的键“{'、'.join(map(str, bad))}”，可以写 {'、'.join(FIELDS)}"
        )
    return Office(
        {
            k: cn_date(str(v)) if k in ("印发日期", "整改期限") else str(v)
            for k, v in data.items()
            if v
        }
    )


def number(v: Decimal | None) -> str:
    """A score or points without needless noughts; '—' for none."""
    return "—" if v is None else f"{v.normalize():f}"


def cn_date(iso: str) -> str:
    """'2026年5月6日' of an ISO day; anything else as it is."""
    parts = iso.split("-")
    return (
        f"{parts[0]}年{int(parts[1])}月{int(parts[2][:2])}日"
        if len(parts) == 3 and all(p[:2].isdigit() for p in parts)
        else iso
    )


def ordinal(n: int) -> str:
    """一, 二 … 十, 十一."""
    return _NUMBERS[n] if n <= 10 else f"十{_NUMBERS[n - 10]}" if n < 20 else str(n)


def row(n: int, r: Row) -> dict[str, Any]:
    """One item as the cells of a table."""
    kept = r.points - r.deducted if r.status in (PASS, FAIL) else None
    return {
        "序号": n,
        "环节": r.stage,
        "检查项": r.name,
        "三项制度": r.system,
        "结论": r.word,
        "标准分": number(r.points),
        "扣分": number(r.deducted) if r.status == FAIL else "",
        "得分": number(kept) if kept is not None else "不涉及" if r.status == "na" else "待定",
        "说明": r.message,
        "位置": r.where if r.status not in (PASS, "na") else "".join(r.places[:1]),
        "页码": "；".join(dict.fromkeys(r.places)),
        "依据": r.basis,
        "整改建议": r.advice,
        "可否补正": "可补正" if r.curable else "不可补正",
        "性质": "否决" if r.veto else "一般",
        "复核意见": r.ruling,
    }


def case_words(c: Campaign, x: Case, office: Office) -> dict[str, Any]:
    """Tags of the papers on one case."""
    decided = [r for r in x.rows if r.status in (PASS, FAIL)]
    return {
        **_office(office),
        **_run(c),
        "单位": x.unit,
        "案卷": x.name,
        "文号": x.number or "—",
        "当事人": x.party or "—",
        "程序": x.procedure,
        "评查标准": x.standard,
        "立案日期": cn_date(x.filed) or "—",
        "决定日期": cn_date(x.decided) or "—",
        "结案日期": cn_date(x.closed) or "—",
        "得分": number(x.score),
        "得分范围": f"{number(x.low)}～{number(x.high)}",
        "等次": x.grade,
        "否决项": "、".join(x.vetoes) or "无",
        "评查员": "、".join(x.reviewers) or "＿＿＿＿　＿＿＿＿",
        "各项": [row(n, r) for n, r in enumerate(x.rows, 1)],
        "问题": [row(n, r) for n, r in enumerate(x.faults, 1)],
        "问题数": len(x.faults),
        "待定": [row(n, r) for n, r in enumerate(x.open, 1)],
        "待定数": len(x.open),
        "已判定数": len(decided),
        "优点": x.good,
        "算式": list(x.working),
        "未读": list(x.unread),
        "提示": list(x.notes),
        "复议诉讼": list(x.outcomes),
        "全过程记录": [
            {"环节": a, "文字记录": b or "—", "音像记录": s or "—", "结论": w}
            for a, b, s, w in x.matrix
        ],
        "扣分合计": number(sum((r.deducted for r in x.faults), Decimal(0))),
    }


def unit_words(c: Campaign, u: Unit, office: Office) -> dict[str, Any]:
    """Tags of the papers on one unit."""
    faults = [
        {**row(n, r), "案卷": x.name, "当事人": x.party or "—", "文号": x.number or "—"}
        for n, (x, r) in enumerate(u.faults, 1)
    ]
    vetoed = [x for x in u.cases if x.vetoes]
    return {
        **_office(office),
        **_run(c),
        "单位": u.name,
        "名次": u.rank or "—",
        "平均分": number(u.mean),
        "案卷数": len(u.cases),
        "等次情况": _grades(u.grades, len(u.cases)),
        "问题": faults,
        "问题数": len(faults),
        "可补正数": sum(r.curable for _, r in u.faults),
        "不可补正数": sum(not r.curable for _, r in u.faults),
        "否决案卷数": len(vetoed),
        "否决案卷": [{"案卷": x.name, "否决项": "、".join(x.vetoes)} for x in vetoed],
        "案卷": [
            {
                "序号": n,
                "案卷": x.name,
                "文号": x.number or "—",
                "得分": number(x.score),
                "等次": x.grade,
                "问题数": len(x.faults),
                "待定数": len(x.open),
            }
            for n, x in enumerate(u.cases, 1)
        ],
        "环节": [
            {"环节": s, "问题数": n} for s, n in Counter(r.stage for _, r in u.faults).most_common()
        ],
        "三项制度得分": number(u.systems_score),
        "三项制度问题": [
            row(n, r) for n, r in enumerate([r for r in u.systems_rows if r.status == FAIL], 1)
        ],
    }


def campaign_words(c: Campaign, office: Office) -> dict[str, Any]:
    """Tags of the papers on the whole campaign."""
    cases = c.cases
    best = [x for x in cases if x.grade == "优秀"]
    open_ = sum(len(x.open) for x in cases)
    procedures = Counter(x.procedure for x in cases)
    return {
        **_office(office),
        **_run(c),
        "单位数": len(c.units),
        "案卷数": len(cases),
        "平均分": number(c.mean),
        "等次情况": _grades(c.grades, len(cases)),
        **{f"{g}数": c.grades[g] for g in GRADES},
        **{f"{g}率": share(c.grades[g], len(cases)) for g in GRADES},
        "程序情况": "，".join(f"{p} {n} 卷" for p, n in procedures.most_common()),
        "问题数": c.fault_count,
        "待定数": open_,
        "未读文件数": sum(len(x.unread) for x in cases),
        "否决案卷数": sum(bool(x.vetoes) for x in cases),
        "单位": [
            {
                "名次": u.rank or "—",
                "单位": u.name,
                "案卷数": len(u.cases),
                "平均分": number(u.mean),
                "优秀": u.grades["优秀"],
                "合格": u.grades["合格"],
                "不合格": u.grades["不合格"],
                "待定": u.grades["待定"],
                "问题数": len(u.faults),
                "三项制度得分": number(u.systems_score),
                "案卷": "、".join(x.number or x.name for x in u.cases),
                **{p: sum(x.procedure == q for x in u.cases) for p, q in _KINDS.items()},
            }
            for u in c.units
        ],
        "环节": [
            {"环节": s, "问题数": n, "占比": share(n, c.fault_count)} for s, n in c.stages.items()
        ],
        "多发问题": [
            {
                "序号": n,
                "检查项": f.name,
                "环节": f.stage,
                "案卷数": f.cases,
                "单位数": f.units,
                "性质": "否决" if f.veto else "一般",
                "典型": "；".join(f.examples),
            }
            for n, f in enumerate(c.faults[:8], 1)
        ],
        "头三项": "、".join(f"“{f.name}”" for f in c.faults[:3]),
        "三项制度": [
            {
                "序": f"（{ordinal(n)}）",
                "名称": s["name"],
                "项目数": s["items"],
                "合格": s["pass"],
                "不合格": s["fail"],
                "待定": s["open"],
                "合格率": "—" if s["rate"] is None else f"{s['rate']}%",
                "案卷数": s["cases"],
                "主要问题": "、".join(s["worst"]),
            }
            for n, s in enumerate(c.systems(), 1)
        ],
        "优秀案卷": [
            {
                "序号": n,
                "单位": x.unit,
                "案卷": x.name,
                "文号": x.number or "—",
                "得分": number(x.score),
            }
            for n, x in enumerate(sorted(best, key=lambda x: (-(x.score or 0), x.unit, x.name)), 1)
        ],
        "否决案卷": [
            {"单位": x.unit, "案卷": x.name, "否决项": "、".join(x.vetoes)}
            for x in cases
            if x.vetoes
        ],
        "有上一轮": c.before is not None,
        "上一轮": _before(c),
    }


_KINDS = {
    "普通程序": "行政处罚普通程序",
    "简易程序": "行政处罚简易程序",
    "不予处罚": "不予行政处罚",
    "许可": "行政许可",
    "强制": "行政强制",
    "检查": "行政检查",
}


def _before(c: Campaign) -> dict[str, Any]:
    if c.before is None:
        return {
            "次": "",
            "结果": "",
            "平均分前": "",
            "平均分后": "",
            "单位整改": "",
            "标准变化": "",
            "可辨认程度": "",
            "整改率": "",
        }
    s = c.before.score
    n = c.before.counts
    told = sum(n[k] for k in STATES if k not in ("新出现", "再次出现"))
    return {
        "次": c.before.before,
        "结果": "，".join(f"{k} {n[k]} 个" for k in STATES if n[k]) or "没有不合格的问题",
        "平均分前": number(s.start) if s else "—",
        "平均分后": number(s.to) if s else "—",
        "单位整改": f"{s.by_unit:+}" if s else "—",
        "标准变化": f"{s.by_rule:+}" if s else "—",
        "可辨认程度": f"{s.by_legibility:+}" if s else "—",
        "整改率": share(n["已整改"], told),
    }


def _grades(n: dict[str, int], of: int) -> str:
    return "，".join(f"{g} {n[g]} 卷（{share(n[g], of)}）" for g in GRADES if n[g])


def _office(office: Office) -> dict[str, Any]:
    return {f: office.tag(f) for f in FIELDS}


def _run(c: Campaign) -> dict[str, Any]:
    return {
        "批次": c.title,
        "评查次数": c.run,
        "评查基准日": cn_date(c.as_of),
        "标准": "、".join(f"《{s}》" for s in c.standards),
        "记录号": c.head or "—",
        "密级提示": "内部资料，注意保管" + ("" if c.masked else "（含个人信息）"),
    }
