"""What goes down to the units and up to the county: true numbers, hidden persons, inert text, the
same bytes again.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest
from conftest import ROOT, SAMPLES, as_data, as_results
from planted import planted
from test_cli import run
from test_masking import bare

from casereview.errors import UsageError
from casereview.judging.score import OPEN
from casereview.model import Place, absence
from casereview.record.applied import editions_of
from casereview.record.result import UnreadFile
from casereview.record.store import Store
from casereview.reports.gather import campaign_view
from casereview.reports.office import Office, load_office
from casereview.reports.timeline import limits
from casereview.reports.web.pictures import bins, timeline
from casereview.reports.word.papers import FORMS, KINDS, papers
from casereview.reports.word.render import render, settled
from casereview.reports.word.tags import (
    LINES,
    Tag,
    Tagged,
    campaign_tags,
    case_tags,
    unit_tags,
)
from casereview.reports.words import place_line
from casereview.rounds.consequences import papers_due
from casereview.rounds.full_record import full_record
from casereview.rounds.history import History
from casereview.run.campaign import run_row

OFFICE = Office({"发文机关": "某县司法局", "整改期限": "2026年6月15日"})


def stored(path: Path, results, rules) -> History:
    """A store with one run of these results."""
    store = Store(path)
    store.save_editions(editions_of(rules))
    number = store.start_run(run_row(SAMPLES, rules, "2026-05-06T00:00:00Z", "2026-05-06", "{}"))
    for r in as_results(results):
        store.save_case(number, r)
    store.finish_run(number, "2026-05-06T00:00:00Z")
    return History(store)


@pytest.fixture(scope="module")
def rounds(sample_results, rules, tmp_path_factory):
    """The samples in a store."""
    return stored(tmp_path_factory.mktemp("r") / "a.db", list(sample_results.values()), rules)


@pytest.fixture(scope="module")
def files(rounds):
    """Every paper of the samples: path -> bytes."""
    return dict(papers(campaign_view(rounds, 1), OFFICE))


def words(name: str, data: bytes) -> str:
    """All the text that a reader of a file could find in it, after unpacking."""
    if name.endswith(".html"):
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as z:
        return "\n".join(
            re.sub(r"<[^>]+>", "", z.read(n).decode("utf-8", "replace"))
            for n in z.namelist()
            if n.endswith((".xml", ".rels"))
        )


def lines_of(data: bytes) -> list[str]:
    """Paragraphs of a Word file."""
    return [p.text for p in docx.Document(io.BytesIO(data)).paragraphs]


def test_the_whole_set_is_there_and_opens(files, rounds):
    """Every kind of paper, for every case and unit that it concerns."""
    kinds = {k: sum(k in p for p in files) for k in KINDS}
    faulty = {r.unit for r in rounds.results(1) if any(f.failed for f in r.findings)}
    assert (
        kinds["评查打分表"] == kinds["个案评查意见书"] == 8
        and kinds["整改清单"] == kinds["整改回执"] == kinds["整改通知书"] == len(faulty)
        and all(kinds.values())
    )
    for p, data in files.items():
        if p.endswith(".docx"):
            docx.Document(io.BytesIO(data))
        elif p.endswith(".xlsx"):
            openpyxl.load_workbook(io.BytesIO(data))


def test_the_same_run_gives_the_same_bytes(files, rounds, sample_results, rules, tmp_path):
    """Again from the same store, and from another store with the same run."""
    assert dict(papers(campaign_view(History(rounds.store), 1), OFFICE)) == files
    assert (
        dict(
            papers(
                campaign_view(stored(tmp_path / "b.db", list(sample_results.values()), rules), 1),
                OFFICE,
            )
        )
        == files
    )


def test_numbers_agree_in_every_medium(files, rounds):
    """Database, Word, Excel and page: cases, units, faults, grades, mean, faults of each unit."""
    db = rounds.store.db
    cases = db.execute("SELECT COUNT(*) FROM cases").fetchone()[0]
    failed = [r.unit for r in rounds.store.results(1) for f in r.findings if f.status == "fail"]
    faults, by_unit = len(failed), Counter(failed)
    grades = dict(db.execute("SELECT grade, COUNT(*) FROM cases GROUP BY grade").fetchall())
    bulletin = "".join(lines_of(files["上报/评查情况通报.docx"]))
    assert (
        f"{len(by_unit)}个单位的{cases}个案卷" in bulletin
        and f"共发现问题{faults}个" in bulletin
        and all(f"{g}{n}卷" in bulletin for g, n in grades.items())
    )
    book = openpyxl.load_workbook(io.BytesIO(files["上报/评查统计.xlsx"]))
    overview = {
        r[0]: r[1] for r in book["总览"].iter_rows(min_row=4, max_col=2, values_only=True) if r[0]
    }
    assert (
        overview["案卷"] == cases
        and overview["问题"] == faults
        and {g: overview[f"{g}案卷"] for g in grades} == grades
    )
    assert (
        sum(r[6] == "不合格" for r in book["问题明细"].iter_rows(min_row=2, values_only=True))
        == faults
    )
    heat = {r[0]: r[-1] for r in book["单位与环节"].iter_rows(min_row=2, values_only=True)}
    assert heat.pop("合计") == faults and heat == by_unit
    page = files["上报/汇报网页.html"].decode()
    assert (
        f"<b>{cases}</b><span>案卷</span>" in page and f"<b>{faults}</b><span>问题</span>" in page
    )
    for unit, n in by_unit.items():
        assert f"问题 {n} 个" in re.search(rf"{unit}　<span.*?</span>", page).group(0)
        assert f"共发现问题{n}个" in "".join(lines_of(files[f"下发/{unit}/整改通知书.docx"]))
        assert (
            len(docx.Document(io.BytesIO(files[f"下发/{unit}/整改清单.docx"])).tables[0].rows)
            == n + 1
        )
    table = docx.Document(io.BytesIO(files["上报/评查情况通报.docx"])).tables[0]
    assert (
        sum(int(r.cells[2].text) for r in table.rows[1:]) == cases
        and sum(int(r.cells[8].text) for r in table.rows[1:]) == faults
    )


def test_points_on_the_sheet_re_add(files, rounds):
    """The 评查打分表 of a case: points got over points decided are the score that stands on it."""
    r = next(r for r in rounds.results(1) if r.vetoed)
    d = docx.Document(
        io.BytesIO(
            next(
                v for p, v in files.items() if "评查打分表" in p and r.title.replace("/", "_") in p
            )
        )
    )
    whole = next(t for t in d.tables if len(t.columns) == 9)
    rows = [[c.text for c in x.cells] for x in whole.rows[1:]]
    decided = [x for x in rows if x[5] in ("合格", "不合格")]
    assert len(rows) == sum(f.effective != "na" for f in r.findings)
    assert (
        round(100 * sum(float(x[4]) for x in decided) / sum(float(x[3]) for x in decided) + 1e-9, 1)
        == r.score
    )


def test_nothing_says_all_is_well_by_default(files):
    """No paper prints 未发现问题; a clean case is told how many items were decided."""
    assert not any("未发现问题" in words(p, v) for p, v in files.items())
    clean = next(v for p, v in files.items() if "个案评查意见书" in p and "11号" in p)
    assert re.search(
        r"已判定的\d+项均合格，没有需要整改的问题；\d+项待人工判断", "".join(lines_of(clean))
    )


def test_planted_persons_are_in_no_paper(sample_results, rules, tmp_path):
    """Three hundred values in messages, quotes and file names: at most one of a hundred can be
    found in any file that is written.
    """
    results = as_data(sample_results.values())
    rows = planted()
    spots = [f for r in results for f in r["findings"] if f["evidence"]]
    for i, (_, text, _) in enumerate(rows):
        f = spots[i % len(spots)]
        f["status"] = "fail"
        if i % 4 == 0:
            f["evidence"][0]["quote"] += " " + text
        elif i % 4 == 1:
            f["evidence"][0]["file"] = f"{text} {f['evidence'][0]['file']}"
        else:
            f["message"] += "；" + text
    out = dict(papers(campaign_view(stored(tmp_path / "a.db", results, rules), 1), OFFICE))
    everything = {p: bare(p + words(p, v)) for p, v in out.items()}
    whole = "".join(everything.values())
    through = [
        (kind, secret, [p for p, t in everything.items() if bare(secret) in t][:2])
        for kind, _, secret in rows
        if bare(secret) in whole
    ]
    assert len(through) <= len(rows) // 100, through


def test_the_sheet_of_the_comparison_hides_persons_too(sample_results, rules, tmp_path):
    """What the round before and this one say of a finding, and the names of the folders, stand in
    the workbook without the persons.
    """
    before, after = (as_data(sample_results.values()) for _ in range(2))
    rows = planted()
    spots = [
        (f, g)
        for r, s in zip(before, after, strict=True)
        for f, g in zip(r["findings"], s["findings"], strict=True)
        if g["status"] in OPEN
    ]
    for i, (_, text, _) in enumerate(rows):
        f, g = spots[i % len(spots)]
        f["status"] = "fail"
        g["message"] += "；" + text
    for r in after:
        r["case"] += " 电话13812345678"
    stored(tmp_path / "a.db", before, rules)
    c = campaign_view(stored(tmp_path / "a.db", after, rules), 2)
    book = openpyxl.load_workbook(
        io.BytesIO(dict(papers(c, OFFICE, ("评查统计",)))["上报/评查统计.xlsx"])
    )
    sheet = bare(
        "\n".join(str(x.value) for row in book["与第1次比较"].iter_rows() for x in row if x.value)
    )
    assert (
        c.before.counts["转为无法判定"] == min(len(spots), len(rows))
        and "电话" in sheet
        and "13812345678" not in sheet
    )
    through = [secret for _, _, secret in rows if bare(secret) in sheet]
    assert len(through) <= len(rows) // 100, through


HOSTILE = (
    "=cmd|'/C calc'!A0",
    "@SUM(1+1)",
    "+1-1",
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "{% for x in y %}",
    "{%tr endfor %}",
    '" onmouseover="x',
    "]]>",
    "\x1b[31m红\x07",
    "\u202e反\u200b",
    'HYPERLINK "http://x"',
    "&lt;b&gt;",
)


def test_foreign_text_is_inert(sample_results, rules, tmp_path):
    """Formulas, tags, scripts, fields and control characters stand there as text, or not at all."""
    results = as_data(sample_results.values())
    f = next(f for r in results for f in r["findings"] if f["status"] == "fail")
    f["message"] = "　".join(HOSTILE)
    f["evidence"][0]["quote"] = "=1+1" + "".join(HOSTILE)
    out = dict(papers(campaign_view(stored(tmp_path / "a.db", results, rules), 1), OFFICE))
    page = out["上报/汇报网页.html"].decode()
    assert (
        "<script" not in page
        and "&lt;script&gt;alert(1)" in page
        and 'onmouseover="x' not in page
        and "{{ 7*7 }}" in page
        and ">49<" not in page
    )
    book = openpyxl.load_workbook(io.BytesIO(out["上报/评查统计.xlsx"]))
    assert all(c.data_type != "f" for s in book for row in s.iter_rows() for c in row) and any(
        "=cmd|" in str(c.value) for row in book["问题明细"].iter_rows() for c in row
    )
    for p, v in out.items():
        if p.endswith(".docx"):
            xml = zipfile.ZipFile(io.BytesIO(v)).read("word/document.xml").decode()
            assert (
                "w:instrText" not in xml
                and "w:hyperlink" not in xml
                and not re.search("[\x00-\x08\x0b-\x1f\u200b\u202e]", xml)
            ), p
    listed = next(
        words(p, v)
        for p, v in out.items()
        if p.endswith("整改清单.docx") and "=cmd|" in words(p, v)
    )
    assert "{{ 7*7 }}" in listed and "{%tr endfor %}" in listed


def own(*texts: str, loop: str = "") -> bytes:
    """A bureau's template."""
    d = docx.Document()
    for text in texts:
        d.add_paragraph(text)
    if loop:
        table = d.add_table(rows=1, cols=1)
        for text in ("{%tr for r in 问题 %}", loop, "{%tr endfor %}"):
            table.add_row().cells[0].text = text
    out = io.BytesIO()
    d.save(out)
    return out.getvalue()


def test_a_bureaus_own_template_works_without_code(rounds, tmp_path):
    """Another layout under the same name is used; the others stay as shipped."""
    (tmp_path / "整改通知书.docx").write_bytes(
        own(
            "致{{ 单位 }}：共 {{ 问题数 }} 个问题，{{ 整改期限 }}前改好。"
            "{{ 发文机关 }} {{ 印发日期 }}",
            loop="{{ r.检查项 }}",
        )
    )
    out = dict(papers(campaign_view(rounds, 1), OFFICE, ("整改通知书",), tmp_path))
    text = words("x.docx", next(iter(out.values())))
    assert "致" in text and "前改好。某县司法局 【印发日期】" in text


@pytest.mark.parametrize(
    ("template", "word"),
    [
        (("{{ 单位 }}{{ 问题数 }}{{ 整改期限 }}{{ 局长 }}",), "不认识的标签：局长"),
        (("{{ 单位 }}",), "缺少标签：问题数、整改期限"),
        (("{{ 单位 }}{{ 问题数 }}{{ 整改期限",), "读不出来"),
        (("{{ 单位.__class__.__mro__ }}{{ 问题数 }}{{ 整改期限 }}",), "不能用"),
    ],
)
def test_templates_that_cannot_be_used_are_refused_by_name(template, word, rounds, tmp_path):
    """Unknown, missing, broken, and one that reaches for the machine: nothing is written in
    silence.
    """
    (tmp_path / "整改通知书.docx").write_bytes(own(*template))
    with pytest.raises(UsageError, match=word):
        dict(papers(campaign_view(rounds, 1), OFFICE, ("整改通知书",), tmp_path))


def test_unknown_tags_in_a_row_and_stray_templates_are_refused(rounds, tmp_path):
    """A tag inside a loop that does not exist; a file that no paper is called."""
    (tmp_path / "整改清单.docx").write_bytes(own("{{ 单位 }}", loop="{{ r.没有 }}"))
    with pytest.raises(UsageError, match="没有"):
        dict(papers(campaign_view(rounds, 1), OFFICE, ("整改清单",), tmp_path))
    (tmp_path / "整改清单.docx").rename(tmp_path / "整改单.docx")
    with pytest.raises(UsageError, match="整改单.docx 不对应任何文书"):
        dict(papers(campaign_view(rounds, 1), OFFICE, (), tmp_path))
    with pytest.raises(UsageError, match="可以写"):
        dict(papers(campaign_view(rounds, 1), OFFICE, ("总结",)))


def test_shipped_templates_carry_their_tags_and_the_form_of_official_papers():
    """What `report templates` writes can be used as it is; A4, margins, fonts with stand-ins, page
    numbers.
    """
    for f in FORMS:
        assert settled(f.template) == settled(settled(f.template))
        with pytest.raises(UsageError) as e:
            render(f.template, f.name, {}, f.required)
        assert "不认识的标签" in str(e.value) and "缺少标签" not in str(e.value), f.name
    d = docx.Document(io.BytesIO(FORMS[6].template))
    s = d.sections[0]
    assert [round(x.mm, 1) for x in (s.page_width, s.page_height, s.top_margin, s.left_margin)] == [
        210,
        297,
        37,
        28,
    ] and 155.5 < (s.page_width - s.left_margin - s.right_margin) / 36000 < 156.5
    with zipfile.ZipFile(io.BytesIO(FORMS[6].template)) as z:
        fonts = z.read("word/fontTable.xml").decode()
    assert all(n in fonts for n in ("方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "w:altName"))


@pytest.mark.parametrize("form", FORMS, ids=lambda f: f.name)
def test_templates_keep_the_form_of_official_papers(form):
    """No blank round a tag; no signature without the text before it; tables inside the text block;
    what goes out under a red head to others carries its 版记.
    """
    d = docx.Document(io.BytesIO(form.template))
    cells = [c.text for t in d.tables for r in t.rows for c in r.cells]
    for text in (*(p.text for p in d.paragraphs), *cells):
        assert not re.search(r" \{\{|\}\} ", text), text
    section = d.sections[0]
    block = section.page_width - section.left_margin - section.right_margin
    for t in d.tables:
        assert sum(c.width for c in t.columns) <= block + 36000
    texts = [p.text for p in d.paragraphs]
    if "{{ 印发日期 }}" in texts:
        end = texts.index("{{ 印发日期 }}")
        body = [p for p in d.paragraphs[:end] if not p.text.startswith("{%p")]
        assert all(p.paragraph_format.keep_with_next for p in body[-2:])
        imprint = "{{ 印发机关 }}" in "".join(cells)
        assert imprint is (form.name != "个案评查意见书")


def test_small_batches_are_told_truly(sample_results, rules, tmp_path):
    """One case of one unit: its score is no mean, nothing is ranked or frequent, every veto is
    named.
    """
    r = next(r for r in sample_results.values() if sum(f.failed for f in r.findings) > 2)
    c = campaign_view(stored(tmp_path / "a.db", [r], rules), 1)
    text = "".join(lines_of(dict(papers(c, OFFICE, ("评查情况通报",)))["上报/评查情况通报.docx"]))
    assert "1个单位的1个案卷" in text and f"得分{r.score:g}分" in text and "平均分" not in text
    assert "每类各涉及1个案卷" in text and "等涉及" not in text and "排名" not in text
    assert "100 分以上" not in text
    for row in c.cases[0].grave:
        assert f"{row.fault}（1卷、1个单位，否决项）" in text


def test_a_recording_has_no_pages():
    """A clerk is not sent to page 1 of a sound file."""
    assert place_line(Place("音像/检查.wav", 1, None, "检查.wav")) == "音像/检查.wav"
    assert place_line(Place("16 决定书.pdf", 2, None, "甲")) == "16 决定书.pdf 第2页"


def test_kinds_of_faults_are_told_vetoes_first(rounds):
    """Every kind that decides a grade is told of, then those of most cases, eight in all; only what
    more than one case has is called widespread.
    """
    c = campaign_view(rounds, 1)
    grave = [f for f in c.faults if f.veto]
    assert c.telling[: len(grave)] == grave and len(c.telling) == max(8, len(grave))
    assert all(f.cases > 1 for f in c.widespread)
    many = replace(c, faults=tuple(replace(f, veto=True, cases=2) for f in c.faults))
    assert many.telling == list(many.faults) and len(many.widespread) == 3
    assert "涉及两个以上案卷的" in many.told_how and "分述如下" in many.told_how


def test_what_people_decided_reads_as_decided(sample_results, rules, tmp_path):
    """An item that people found in order does not carry the reason of the tool against it."""
    from casereview.record.journal import Event
    from casereview.rounds.rulings import body_of

    history = stored(tmp_path / "a.db", sample_results.values(), rules)
    r, f = next((r, f) for r in history.results(1) for f in r.findings if f.failed)
    said = body_of(f, r, 1, "overrule", "原件有")
    history.journal.add([Event("2026-05-06T08:00:00Z", "甲", "ruling", said)])
    c = campaign_view(History(history.store), 1)
    row = next(x for case in c.cases for x in case.rows if x.identity == f.identity)
    assert row.word == "合格" and row.message == "经复核，认定合格" and not row.fault


def test_the_office_file_is_checked(tmp_path):
    """Unknown keys are refused; days are written as in papers."""
    path = tmp_path / "印发.yaml"
    path.write_text("发文机关: 某县司法局\n印发日期: 2026-05-20\n", "utf-8")
    office = load_office(path)
    assert (
        office.tag("印发日期") == "2026年5月20日"
        and office.tag("主送") == "【主送】"
        and "主送" in office.open
    )
    path.write_text("发文单位: 某\n", "utf-8")
    with pytest.raises(UsageError, match="发文单位"):
        load_office(path)


def test_pictures_count_what_they_show(rounds):
    """Bands hold every score once; the line shows every day of the case; red where the limit was
    not kept.
    """
    from decimal import Decimal

    scores = [Decimal(s) for s in ("0", "59.9", "60", "90", "95", "100", "101")]
    assert sum(n for _, n in bins(scores)) == len(scores) and [n for _, n in bins(scores)] == [
        2,
        1,
        0,
        0,
        1,
        3,
    ]
    c = next(x for x in campaign_view(rounds, 1).cases if any(s.status == "fail" for s in x.limits))
    p = timeline(c.steps, c.limits)
    shown = " ".join(getattr(s, "text", "") for s in p.shapes)
    assert (
        all(s.name in shown for s in c.steps)
        and "不合格" in shown
        and any(getattr(s, "fill", "") == "#c62828" for s in p.shapes)
    )


def test_a_limit_is_drawn_from_what_the_item_declares(rounds):
    """No item is known by its id: every 期限 item whose days were read gives its span, with the
    name of the number of the law and the verdict of its finding.
    """
    for r in rounds.results(1):
        edition = rounds.editions[r.checklist.card]
        drawn = limits(r, edition)
        assert {x.name for x in drawn} <= set(edition.parameters)
        for item in edition.items:
            assert not item.spans or item.kind in ("期限", "逐项")
        assert all(x.start <= x.end and x.status for x in drawn)
        assert not limits(r, None)
    names = {x.name for r in rounds.results(1) for x in limits(r, edition)}
    assert {"公示期限", "归档期限"} <= names


def test_the_record_of_a_case_follows_from_its_papers_and_findings(sample_results, rules):
    """A stage with papers is 有, without any 缺, unread files make that 待复核; a fault of the
    system of recording on a paper of the stage makes it 不全, an absence does not.
    """
    edition = editions_of(rules)[0]
    r = next(r for r in sample_results.values() if not any(f.failed for f in r.findings))
    assert {s.word for s in full_record(r, edition)} == {"有"}
    bare = replace(r, documents=tuple(d for d in r.documents if d.kind != "送达回证"))
    word = {s.stage: s.word for s in full_record(bare, edition)}
    assert word["送达"] == "缺" and word["决定"] == "有"
    blind = replace(bare, unread=(UnreadFile(file="x.pdf", outcome="damaged"),))
    assert {s.stage: s.word for s in full_record(blind, edition)}["送达"] == "待复核"
    item = next(i for i in edition.items if i.system == "记录")
    decision = next(d for d in r.documents if d.kind == "处罚决定书")
    place = Place(decision.file, decision.page_from, None, "字")
    for subject, expected in (("处罚决定书", "不全"), (absence("公示记录"), "有")):
        findings = tuple(
            replace(f, status="fail", effective="fail", subject=subject, evidence=(place,))
            if f.check == item.id
            else f
            for f in r.findings
        )
        record = full_record(replace(r, findings=findings), edition)
        assert {s.stage: s.word for s in record}["决定"] == expected


def test_who_gets_which_paper(rounds):
    """Faults bring list, notice, receipt; a veto a 监督意见书; who is clean gets nothing."""
    for unit in campaign_view(rounds, 1).units:
        told = {"整改清单", "整改通知书", "整改回执"} if unit.faults else set()
        assert unit.due - {"整改清单"} == told - {"整改清单"} | (
            {"行政执法监督意见书"} if unit.vetoed else set()
        )
    assert papers_due([], None) == frozenset()


def test_every_tag_is_an_attribute_of_the_view(rounds):
    """The Chinese tags of the templates are names for what the view holds: each can be written."""
    c = campaign_view(rounds, 1)
    unit, case = c.units[0], c.units[0].cases[0]
    contexts = (campaign_tags(c, OFFICE), unit_tags(c, unit, OFFICE), case_tags(c, case, OFFICE))
    for context in contexts:
        for value in context.values():
            for row in value if isinstance(value, list) else []:
                if isinstance(row, Tagged):
                    assert all(getattr(row, name) is not None for name in row._table)
    assert Tagged(None, {"结果": Tag("line")}).结果 == ""
    with pytest.raises(AttributeError):
        _ = Tagged(unit, {}).没有


def documented() -> list[set[str]]:
    """The tags of docs/文书标签.md, section by section."""
    text = (ROOT / "docs/文书标签.md").read_text("utf-8")
    return [
        {t for cell in re.findall(r"^\| (.+?) \| .*\|$", part, re.M) for t in cell.split("、")}
        - {"标签"}
        for part in text.split("\n## ")[1:]
    ]


def test_every_tag_is_documented(rounds):
    """What a clerk may write stands in docs/文书标签.md, under what it is a tag of, and nothing
    stands there that is none.
    """
    c = campaign_view(rounds, 1)
    office, run_, campaign, unit, case, *lines = documented()
    common = office | run_
    drawn = {name for f in FORMS for name in f.pictures}
    assert office == set(OFFICE.tags) and drawn <= campaign | case
    assert set(campaign_tags(c, OFFICE)) - common == campaign - drawn
    assert set(unit_tags(c, c.units[0], OFFICE)) - common == unit
    assert set(case_tags(c, c.cases[0], OFFICE)) - common == case - drawn - {"序号"}
    assert set(LINES["案卷"]) == case - drawn
    told = ("各项", "问题", "单位", "环节", "多发问题", "三项制度", "上一轮", "全过程记录", "事项")
    wanted = [set(LINES[name]) for name in told]
    wanted[1] -= wanted[0]
    assert lines == wanted


def test_report_as_typed(rounds, tmp_path):
    """The command writes the set, says what was left to fill in, records an unmasked set with who
    and why, and refuses one without.
    """
    db = rounds.store.path
    done = run(
        "report",
        "-o",
        tmp_path / "a",
        "--kind",
        "评查情况通报",
        "--kind",
        "整改通知书",
        "--unit",
        "芦汀",
        "--db",
        db,
    )
    assert (
        done.returncode == 0
        and "【】" in done.stderr
        and (tmp_path / "a" / "上报" / "评查情况通报.docx").is_file()
    )
    assert (
        run("report", "-o", tmp_path / "b", "--unmasked", "--db", db, "--by", "甲").returncode == 2
    )
    done = run(
        "report",
        "-o",
        tmp_path / "b",
        "--kind",
        "评查统计",
        "--unmasked",
        "--why",
        "局长要求",
        "--by",
        "甲",
        "--db",
        db,
    )
    assert (
        done.returncode == 0
        and History(Store(db)).events("unmasked")[0].body["why"] == "局长要求"
        and "封小川" in words("x.xlsx", (tmp_path / "b" / "上报" / "评查统计.xlsx").read_bytes())
    )
    assert run("report", "templates", "-o", tmp_path / "t").returncode == 0 and len(
        list((tmp_path / "t").glob("*.docx"))
    ) == len(FORMS)
    assert run("report", "templates", "-o", tmp_path / "t").returncode == 2
    assert (
        run(
            "report", "--kind", "优秀案卷名单", "--db", db, cwd=tmp_path, PYTHONPATH=str(ROOT)
        ).returncode
        == 0
        and (tmp_path / "文书" / "上报" / "优秀案卷名单.docx").is_file()
    )


def test_runs_of_the_version_before_can_still_be_read(sample_results, rules, tmp_path):
    """Results without cards, prints and subjects: shown, compared and reported without a word about
    what they do not carry.
    """

    old = as_data(sample_results.values())
    for r in old:
        r["checklist"].pop("card")
        r.pop("unit_lists")
        for d in r["documents"]:
            d.pop("print")
        for f in r["files"]:
            f.pop("prints"), f.pop("made")
        for f in r["findings"]:
            f.pop("subject"), f.pop("parameters")
    rounds = stored(tmp_path / "a.db", old, rules)
    stored(tmp_path / "a.db", list(sample_results.values()), rules)
    rounds = History(rounds.store)
    c = rounds.compare(1, 2, flags=True)
    assert (
        c.counts["未整改"] == sum(f["status"] == "fail" for r in old for f in r["findings"])
        and not c.counts["已整改"]
    )
    assert not c.flags
    assert dict(papers(campaign_view(rounds, 1), OFFICE, ("评查统计", "汇报网页")))
