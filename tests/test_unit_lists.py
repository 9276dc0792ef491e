"""Lists that a unit hands in: which power is for which cause."""

from __future__ import annotations

import pytest

from casereview.facts.unit_lists import Power, acts_of

POWER = Power("对安全设备的安装、使用、检测不符合国家标准的处罚", "《安全生产法》第九十九条第二项")


@pytest.mark.parametrize(
    ("act", "covered"),
    [
        ("安全设备的安装不符合国家标准", True),
        ("安全设备的使用不符合国家标准案", True),
        ("特种设备的安装不符合国家标准", False),
        ("安装", False),
    ],
)
def test_a_power_names_one_act_among_others(act, covered):
    """Every character of the act stands in the matter in the same order."""
    assert POWER.covers(act) is covered


def test_a_cause_may_name_several_acts():
    """Each of them is looked for."""
    cause = "涉嫌安全设备的安装不符合国家标准、未如实记录隐患案"
    assert acts_of(cause) == ["安全设备的安装不符合国家标准", "未如实记录隐患"]
