"""JSON Schema of a checklist, drawn from the kinds themselves, so that an editor completes keys and
underlines mistakes.
"""

from __future__ import annotations

from dataclasses import Field
from typing import Any

from casereview.facts.procedures import procedures
from casereview.rules.checklist import LONGEST
from casereview.rules.condition import WORDS, Word
from casereview.rules.deduction import Deduction
from casereview.rules.kinds.kind import Declared, Kind, Of
from casereview.rules.schemes import VETO_EFFECTS, Scoring
from casereview.rules.table import KINDS, PREDICATES
from casereview.rules.verdicts import DECIDING

FACT = "^[^.]+[.].+$"
_WORDS = {"type": ["string", "array"], "items": {"type": "string"}}


_POINTS = {"type": ["number", "string"]}
_FAULT = {
    "type": "string",
    "maxLength": LONGEST,
    "description": "不合格时错在哪里，文书里这样称呼（如 告知晚于决定）；逐项的各项可以各写各的",
}


def schema_of(documents: list[str], parameters: list[str]) -> dict[str, Any]:
    """The schema; ``documents`` and ``parameters`` are the names that exist."""
    item = {
        "type": "object",
        "properties": _common(),
        "required": ["编号", "名称", "种类", "分值"],
        "allOf": [_of_kind(name, cls, documents, parameters) for name, cls in KINDS.items()],
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "casereview 检查清单",
        "type": "object",
        "properties": {**_head(), **_layers(item), "检查项": {"type": "array", "items": item}},
        "additionalProperties": False,
        "anyOf": [{"required": ["检查项"]}, {"required": ["基于"]}],
    }


def _common() -> dict[str, Any]:
    """What every item may say."""
    return {
        "编号": {"type": "string", "pattern": "^[a-z0-9.-]+$"},
        "名称": {"type": "string"},
        "问题": _FAULT,
        "环节": {"type": "string"},
        "三项制度": {"type": "string"},
        "种类": {"enum": list(KINDS)},
        "分值": _POINTS,
        "否决": {"enum": [True, False, "候选"]},
        "否决后果": {"enum": list(VETO_EFFECTS)},
        "基础项": {"type": "boolean"},
        **_declared(Deduction),
        "加分": {"type": "boolean"},
        "问题等级": {"enum": ["严重", "一般", "轻微"]},
        "可补正": {"type": "boolean"},
        "取出即改正": {"type": "boolean"},
        "待核实": {"type": "boolean"},
        "依据": _WORDS,
        "整改建议": {"type": "string"},
        "不合格情形": {"type": "string"},
        "不适用或待复核": {"type": "string"},
        "曾用编号": _WORDS,
        "当": {
            "type": "object",
            "properties": {name: _behind(word) for name, word in WORDS.items()},
            "additionalProperties": False,
        },
        "适用日期": {
            "type": "object",
            "properties": {
                "自": {"type": "string", "format": "date"},
                "至": {"type": "string", "format": "date"},
            },
            "additionalProperties": False,
        },
    }


def _of_kind(
    name: str, cls: type[Kind], documents: list[str], parameters: list[str]
) -> dict[str, Any]:
    """What an item of one kind may and must say."""
    own = {
        key: _type(f.metadata["of"], documents, parameters) | _told(f)
        for key, f in cls.keys().items()
    }
    return {
        "if": {"properties": {"种类": {"const": name}}},
        "then": {"properties": own, "required": cls.needs()},
    }


_BROUGHT: dict[str, Any] = {
    "type": "object",
    "properties": {
        "程序": {"type": "string"},
        "当": {"type": "object"},
        "项目": _WORDS,
        "计分": {"type": "boolean"},
    },
    "required": ["程序", "当", "项目"],
    "additionalProperties": False,
}


def _declared(cls: type[Declared]) -> dict[str, Any]:
    """The keys of points and schemes."""
    return {key: _type(f.metadata["of"], [], []) | _told(f) for key, f in cls.keys().items()}


def _told(f: Field[Any]) -> dict[str, Any]:
    """The words of a key that asks for one of a few, and what it means."""
    choices = {"enum": list(f.metadata["choices"])} if f.metadata["choices"] else {}
    return choices | {"description": f.metadata["says"]}


def _head() -> dict[str, Any]:
    """What a checklist says of itself."""
    scoring = {
        "type": "object",
        "properties": _declared(Scoring),
        "additionalProperties": False,
    }
    return {
        "编号": {"type": "string"},
        "清单": {"type": "string"},
        "版本": {"type": ["string", "number"]},
        "程序": {"enum": list(procedures())},
        "缺省": {"type": "boolean"},
        "层级": {"type": "string"},
        "说明": {"type": "string"},
        "定律日": {"type": "string", "pattern": FACT},
        "决定文书": _WORDS,
        "附带程序": {"type": "array", "items": _BROUGHT},
        "计分": scoring,
    }


def _layers(item: dict[str, Any]) -> dict[str, Any]:
    """What an overlay says of the layer below."""
    return {
        "基于": {"type": "string"},
        "并入": _WORDS,
        "适用单位": {
            "oneOf": [
                _WORDS,
                {
                    "type": "object",
                    "properties": {"名称": _WORDS, "除外": _WORDS, "引用": _WORDS},
                    "required": ["名称"],
                    "additionalProperties": False,
                },
            ]
        },
        "改动": {
            "type": "object",
            "additionalProperties": {"type": "object", "required": ["理由"]},
        },
        "停用": {"type": "object", "additionalProperties": {"type": "string"}},
        "增加": {"type": "array", "items": item},
        "参数": {"type": "object"},
        "情形": {"type": "object"},
    }


def _behind(word: Word) -> dict[str, Any]:
    """What may stand behind a word of 当."""
    if word.of is Of.CONDITIONS:
        return {"type": "array", "items": {"type": "object"}}
    if word.of is Of.OPTIONS:
        properties = {key: _WORDS for key, _ in word.keys}
        return {"type": "object", "properties": properties, "additionalProperties": False}
    return _WORDS


def _type(of: Of, documents: list[str], parameters: list[str]) -> dict[str, Any]:
    """What may stand behind a key of a kind."""
    papers = {"enum": [*documents, DECIDING]}
    if of is Of.PAPERS:
        return {"anyOf": [papers, {"type": "array", "items": papers}]}
    if of is Of.FACTS:
        return {"type": ["string", "array"], "items": {"type": "string", "pattern": FACT}}
    if of is Of.PAPER_GROUPS:
        many = {"type": "array", "items": papers}
        return {"type": "object", "additionalProperties": {"anyOf": [papers, many]}}
    if of is Of.GROUPS:
        return {"type": "object", "additionalProperties": _WORDS}
    if of is Of.FACT_LIMITS:
        return {"type": "object", "additionalProperties": {"enum": parameters}}
    if of is Of.PARTS:
        part = {"type": "object", "properties": {"问题": _FAULT}, "required": ["种类"]}
        return {"type": "array", "items": part}
    simple: dict[Of, dict[str, Any]] = {
        Of.PARAMETER: {"enum": parameters},
        Of.JUDGEMENT: {"enum": sorted(PREDICATES)},
        Of.FLAG: {"type": "boolean"},
        Of.INTEGER: {"type": "integer"},
        Of.TEXT: {"type": "string"},
        Of.CHOICE: {"type": "string"},
        Of.POINTS: _POINTS,
        Of.SPAN: {"type": "array", "items": _POINTS, "minItems": 2, "maxItems": 2},
        Of.PRICES: {"type": "object", "additionalProperties": _POINTS},
        Of.NUMBERS: {"type": "object", "additionalProperties": _POINTS},
    }
    return simple.get(of, _WORDS)
