"""JSON Schema of a checklist, drawn from the kinds themselves, so that an editor completes keys and
underlines mistakes.
"""

from __future__ import annotations

import dataclasses
from typing import Any

from casereview.rules.checklist import PROCEDURES
from casereview.rules.schemes import GRADE_BY, METHODS, VETO_EFFECTS
from casereview.rules.table import KINDS, PREDICATES

_WORDS = {"type": ["string", "array"], "items": {"type": "string"}}


def schema_of(documents: list[str], parameters: list[str]) -> dict[str, Any]:
    """The schema; ``documents`` and ``parameters`` are the names that exist."""
    fact = {"type": "string", "pattern": "^[^.]+[.].+$"}
    when = {
        "type": "object",
        "properties": {"有文书": _WORDS, "无文书": _WORDS, "有要素": _WORDS, "载明": _WORDS},
        "additionalProperties": False,
    }
    common = {
        "编号": {"type": "string", "pattern": "^[a-z0-9.-]+$"},
        "名称": {"type": "string"},
        "环节": {"type": "string"},
        "三项制度": {"type": "string"},
        "种类": {"enum": list(KINDS)},
        "分值": {"type": ["number", "string"]},
        "否决": {"enum": [True, False, "候选"]},
        "加分": {"type": "boolean"},
        "问题等级": {"enum": ["严重", "一般", "轻微"]},
        "可补正": {"type": "boolean"},
        "取出即改正": {"type": "boolean"},
        "依据": _WORDS,
        "整改建议": {"type": "string"},
        "不合格情形": {"type": "string"},
        "不适用或待复核": {"type": "string"},
        "曾用编号": _WORDS,
        "当": when,
        "适用日期": {
            "type": "object",
            "properties": {
                "自": {"type": "string", "format": "date"},
                "至": {"type": "string", "format": "date"},
            },
            "additionalProperties": False,
        },
    }
    special: dict[str, Any] = {
        "判定": {"enum": sorted(PREDICATES)},
        "不超过": {"enum": parameters},
        "延长期限": {"enum": parameters},
        "从": {**_WORDS},
        "到": {**_WORDS},
        "先": {**_WORDS},
        "后": {**_WORDS},
    }
    kinds = []
    for name, cls in KINDS.items():
        own = {}
        for f in dataclasses.fields(cls):
            t = str(f.type)
            own[f.name] = (
                special.get(f.name)
                or ({"enum": documents} if f.name == "文书" else None)
                or _type(t, fact)
            )
            if f.name == "文书":
                own[f.name] = {
                    "anyOf": [{"enum": documents}, {"type": "array", "items": {"enum": documents}}]
                }
        kinds.append(
            {
                "if": {"properties": {"种类": {"const": name}}},
                "then": {"properties": own, "required": list(cls.needs)},
            }
        )
    item = {
        "type": "object",
        "properties": common,
        "required": ["编号", "名称", "种类", "分值"],
        "allOf": kinds,
    }
    scoring = {
        "type": "object",
        "properties": {
            "方式": {"enum": list(METHODS)},
            "否决后果": {"enum": list(VETO_EFFECTS)},
            "等次依据": {"enum": list(GRADE_BY)},
            **{
                k: {"type": ["number", "string"]}
                for k in ("满分", "优秀", "合格", "封顶分", "基础分", "加分上限")
            },
            "小数位": {"type": "integer"},
            "候选否决": {"type": "boolean"},
            "环节扣分上限": {"type": "object"},
            "扣分环节": _WORDS,
        },
        "additionalProperties": False,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "casereview 检查清单",
        "type": "object",
        "properties": {
            "编号": {"type": "string"},
            "清单": {"type": "string"},
            "版本": {"type": ["string", "number"]},
            "程序": {"enum": list(PROCEDURES)},
            "缺省": {"type": "boolean"},
            "层级": {"type": "string"},
            "说明": {"type": "string"},
            "定律日": fact,
            "决定文书": _WORDS,
            "计分": scoring,
            "检查项": {"type": "array", "items": item},
            "基于": {"type": "string"},
            "改动": {
                "type": "object",
                "additionalProperties": {"type": "object", "required": ["理由"]},
            },
            "停用": {"type": "object", "additionalProperties": {"type": "string"}},
            "增加": {"type": "array", "items": item},
            "参数": {"type": "object"},
        },
        "additionalProperties": False,
        "anyOf": [{"required": ["检查项"]}, {"required": ["基于"]}],
    }


def _type(t: str, fact: dict[str, Any]) -> dict[str, Any]:
    if t == "bool":
        return {"type": "boolean"}
    if t == "int":
        return {"type": "integer"}
    if t.startswith("tuple[tuple"):
        return {"type": "object"}
    if t.startswith("tuple[Part"):
        return {"type": "array", "items": {"type": "object", "required": ["种类"]}}
    return dict(_WORDS) if t.startswith("tuple") else {"type": "string"}
