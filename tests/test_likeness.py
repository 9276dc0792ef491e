"""What a paper looks like: known under titles that nobody has heard, silent where little is
said.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casereview.chinese.likeness import Likeness, features_of
from casereview.errors import RulesRefused
from casereview.papers.looks import Looks
from casereview.papers.vocabulary import LEARNED, UNKNOWN
from casereview.settings import rules_folder

LEARN = Path(__file__).parent.parent / "benchmarks" / "houses" / "learn.py"
RECEIPT = """柳河镇文件交接凭条
交接文件
行政处罚决定书 柳镇罚决字〔2025〕8号
收件方
云湖面馆
交接处所
柳堤路16号
交接办法
当面直接交付
收件方签名
李明
交接时间
2025年6月3日
经办的送件人员
孙强 周敏"""
TALK = """了解情况记录
时间：2025年5月6日9时10分至9时50分
被问人：李明
问话人：孙强 周敏
问：我们是柳河镇综合执法队的执法人员，这是我们的证件，请你看清楚。
答：看清楚了。
问：你是否申请我们回避？
答：不申请。
问：店门口的桌椅是谁摆的？
答：是我让店员摆的。"""
FILING = """启动查处程序呈批单
案件线索从何而来
日常巡查发现
涉嫌违法的事由
占道经营
当事人
云湖面馆
简要案情
2025年5月6日巡查发现该店在人行道摆放桌椅经营
承办人意见
涉嫌违法，建议立案调查
负责人意见
同意立案
2025年5月7日"""
RECIPE = """红烧排骨的做法
排骨两斤，冷水下锅焯去血沫，另起油锅炒糖色，加姜片八角桂皮，
小火慢炖一小时，收汁装盘撒葱花。趁热吃最香，隔夜再热一次更入味。"""
STRANGE = {"送达回证": RECEIPT, "询问笔录": TALK, "立案审批表": FILING}


@pytest.mark.parametrize("kind", STRANGE)
def test_a_paper_under_a_title_that_nobody_knows_is_known_by_its_look(kind, rules):
    """Neither its title nor the words of its labels stand in any list."""
    guess = rules.vocabulary.by_content(STRANGE[kind], STRANGE[kind].split("\n")[0])
    assert guess is not None and guess.kind == kind


def test_a_few_words_look_like_nothing(rules):
    """So little tells nothing."""
    assert rules.vocabulary.looks.of("送达回证\n受送达人：李明") is None


def test_text_of_another_world_is_no_paper(rules):
    """What no house writes is not taken for a paper."""
    assert rules.vocabulary.by_content(RECIPE, "家常菜谱") is None


def test_a_look_speaks_against_kinds_that_it_cannot_be(rules):
    """An interview under a strange title leaves no doubt that the catalogue is missing."""
    looks = rules.vocabulary.looks
    assert looks.against("卷内目录", STRANGE["询问笔录"])
    assert not looks.against("询问笔录", STRANGE["询问笔录"])
    assert not looks.against("风险评估报告", STRANGE["询问笔录"]), "of that kind none was seen"


def test_without_the_learned_file_nothing_looks_like_anything(tmp_path):
    """A rules folder of one's own may go without it."""
    looks = Looks(tmp_path / LEARNED)
    assert looks.of(STRANGE["询问笔录"]) is None
    assert not looks.against("卷内目录", STRANGE["询问笔录"])


def test_a_damaged_file_is_named(tmp_path):
    """Nothing is quietly without a look; the sentence says which file and what to do."""
    (tmp_path / LEARNED).write_bytes(b"PK\x03\x04 no longer")
    with pytest.raises(RulesRefused, match="请删掉它"):
        Looks(tmp_path / LEARNED).of(TALK)


@given(st.sets(st.text("问答时间送达当事人", min_size=2, max_size=3), max_size=40))
def test_chances_are_shares_of_one(features):
    """Whatever is said, the chances add up and none is negative."""
    chances = Likeness.load(rules_folder() / "文书" / LEARNED).chances(features)
    assert abs(sum(chances.values()) - 1) < 1e-9 and min(chances.values()) >= 0


def test_what_was_saved_is_read_back(tmp_path):
    """The file holds the whole model."""
    model = Likeness(
        ("甲", "乙"),
        {"时间": 0, "t^问": 1},
        np.array([[5, -5], [-100, 100]], np.int8),
        np.array([0, 1], np.int32),
        0.25,
        (3, 4),
    )
    (tmp_path / "m.npz").write_bytes(model.saved())
    again = Likeness.load(tmp_path / "m.npz")
    assert again.chances({"时间"}) == model.chances({"时间"})
    assert (again.classes, again.houses, again.scale) == (model.classes, model.houses, model.scale)


def test_figures_and_spaces_tell_no_kind():
    """The same paper of another day has the same look."""
    assert features_of("时间：2025年5月6日") == features_of("时 间：2019年8月1日")


def test_kinds_of_the_model_are_kinds_of_the_rules(rules):
    """What was learned names papers that the rules know."""
    classes = Likeness.load(rules_folder() / "文书" / LEARNED).classes
    assert set(classes) <= set(rules.vocabulary.kinds) | {UNKNOWN}


def test_the_examination_is_not_learned_from(tmp_path):
    """A set of the part whose words nobody reads is refused."""
    pytest.importorskip("sklearn", reason="learning needs the extra learn")
    row = {"style": "examination-ordinary-9000", "case": "x", "documents": []}
    (tmp_path / "labels.jsonl").write_text(json.dumps(row), "utf-8")
    run = subprocess.run(
        [sys.executable, str(LEARN), str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert run.returncode == 2 and "examination" in run.stderr
