"""The text of a new overlay: what a county has to decide, asked for in the file itself."""

from __future__ import annotations

from casereview.authoring.declaration import quoted
from casereview.rules.rulebook import Rules

_HEARING = (
    ("听证门槛_公民", "对公民的罚款达到多少元的应当告知听证权"),
    ("听证门槛_单位", "对法人或者其他组织的罚款达到多少元的应当告知听证权"),
)


def overlay_text(name: str, rules: Rules, person: int, unit: int, source: str) -> str:
    """A commented overlay on ``rules``; hearing thresholds that were not given stay as they are and
    marked 待核实.
    """
    lines = [
        (
            f"# {name}：只写与“{rules.checklist.title}”不同的地方。改完运行 casereview checklist"
            f" check {name}.yaml，"
        ),
        (
            f"# 再用 casereview checklist diff {rules.checklist.id} {name}.yaml"
            f" 看改变了什么；评查时写 casereview score 文件夹 --checklist {name}.yaml。"
        ),
        f"基于: {quoted(rules.checklist.id)}",
        f"编号: {quoted(name)}",
        f"清单: {quoted(name)}",
        '版本: "1"',
        "层级: 县级",
        "参数:",
    ]
    for (key, about), given in zip(_HEARING, (person, unit), strict=True):
        lines += _threshold(rules, key, about, given, source)
    lines += [
        "# 改一项：写编号、新的值和理由。",
        "# 改动:",
        "#   archive.catalogue: {分值: 1, 理由: 本县归档另有评分}",
        "# 停用一项：写编号和理由。",
        "# 停用:",
        "#   recording.av-described: 本县尚未配备音像管理系统",
        "# 增加一项：种类和写法见 casereview checklist show。",
        "# 增加:",
        (
            "#   - {编号: county.example, 名称: 示例, 环节: 立案, 种类: 文书在卷, 文书:"
            " [案件来源登记表], 分值: 1, 不合格情形: 没有案件来源登记表, 整改建议: 补充登记}"
        ),
    ]
    return "\n".join(lines) + "\n"


def _threshold(rules: Rules, key: str, about: str, given: int, source: str) -> list[str]:
    """One hearing threshold: as it was given, else as it is below, marked 待核实."""
    old = rules.parameters[key].values[-1]
    proof = quoted(source) if given and source else quoted("请填写本地听证标准的名称和文号")
    mark = "" if given and source else ", 待核实: true"
    value = f"{{自: {old.since}, 值: {given or old.value}, 依据: {proof}{mark}}}"
    head = [f"  {key}:", f"    说明: {about}", "    单位: 元", '    日类: ""', "    取值:"]
    return [*head, f"      - {value}"]
