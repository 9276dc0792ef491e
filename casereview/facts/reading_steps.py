"""The readers that a fact of the registry may name in 读法: few, general, and each a function of a
paper and a step. Labels and wordings come from the registry; none stands here.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator

from casereview.chinese import (
    HAN,
    close_gaps,
    find_dates,
    find_money,
    find_numbers,
    find_span,
    without_spaces,
)
from casereview.chinese.answers import is_struck
from casereview.chinese.wordlists import either
from casereview.facts import foot, main_text, party_head, sums
from casereview.facts.act_end import began_on, earliest_told, ended_on
from casereview.facts.approvals import (
    approvals,
    head_approval,
    leader_approval,
)
from casereview.facts.citations import Citation, cited, is_procedural
from casereview.facts.exposed import exposed
from casereview.facts.form_fields import roles, signatures
from casereview.facts.grounds import basis, violated
from casereview.facts.issuer import head_agency, inner_office
from casereview.facts.law_words import law_words
from casereview.facts.narrated import narrated
from casereview.facts.officers import officers
from casereview.facts.one_sentence import only_in_sentence
from casereview.facts.passages import YES_OR_NO, Passage, said
from casereview.facts.registry import FactSpec, Step
from casereview.facts.said_span import said_end, said_start
from casereview.facts.signature import Signature
from casereview.facts.values import AS_TYPE, as_text, dated, moment, yuan
from casereview.model import INFERRED, PICTURE, Fact, Place
from casereview.papers.paper import Found, Paper

_NUMBERED = r"[（(]?[一二三四五六七八九十\d]{0,3}[)）]?[、.．]?"
_TOLD_OF = re.compile(rf"[{HAN}，、]{{12}}")  # behind a day: a sentence goes on
_GAP_IN_DAY = re.compile(r"[年月]\s+\d(?!\d)")
HANDWRITTEN = 0.5  # how sure a name is that was recognised where somebody signs
QUOTED = 60  # characters of a cell that a finding quotes
Reader = Callable[[Paper, Step, FactSpec], Fact | None]


def labelled(p: Paper, step: Step, spec: FactSpec) -> Fact | None:
    """栏目: the first value at one of the labels that is of the fact's type."""
    convert = AS_TYPE.get(spec.type, as_text)
    for found in p.fields(*step.labels.names, like=step.labels.like, mean=step.labels.mean):
        fact = None if is_struck(found.value) else convert(found)
        if fact is not None:
            return fact
    return None


def in_every_row(p: Paper, step: Step, spec: FactSpec) -> Fact | None:
    """各行: what a column with one of the labels says in its first row, where it says something in
    every row (a list of photographs).
    """
    cells = [
        (page, c) for page, head, c in p.column_cells() if step.labels.match(without_spaces(head))
    ]
    values = [without_spaces(c.text).replace(PICTURE, "") for _, c in cells]
    if not values or not all(v and not is_struck(v) for v in values):
        return None
    page, first = cells[0]
    place = Place(p.running_text.file, page, first.box, values[0][:QUOTED])
    return Fact(values[0], values[0], place)


def sentence(p: Paper, step: Step, spec: FactSpec) -> Fact | None:
    """语句: the first of the wordings that the text says; the value is its first slot, or the
    passage where it has none. Of a 是非 fact it says 是.
    """
    convert = AS_TYPE.get(spec.type, as_text)
    for found in said(p, step, spec):
        if spec.type == YES_OR_NO:
            if not found.affirms:
                continue
            return Fact("是", found.text, found.place)
        if not found.slotted:
            return Fact(found.text, found.text, found.place)
        fact = convert(Found(found.text, found.place))
        if fact is not None and not (spec.type == "日期" and _lost_in_gap(p, found)):
            return fact
    return None


def _lost_in_gap(p: Paper, day: Passage) -> bool:
    """True for a recognised day with a gap before a lone digit (10月 1日): another digit may have
    stood there.
    """
    if day.place.page not in p.recognised:
        return False
    loose = r"\s*".join(map(re.escape, day.text))
    return any(_GAP_IN_DAY.search(m[0]) for m in re.finditer(loose, p.running_text.text))


def headed(p: Paper, step: Step, spec: FactSpec) -> Fact | None:
    """标题下: what stands below a line that is a short heading with one of these names in it."""
    names = either(step.lines)
    heading = re.compile(
        rf"(?:^|\n)[^\n\u4e00-\u9fff]{{0,4}}{_NUMBERED}[^\n。；，：:]{{0,6}}?"
        rf"(?:{names})[^\n。；：:]{{0,8}}\n"
    )
    text = main_text.scoped(p, spec.scope)
    m = heading.search(text)
    if m is None or not (below := text[m.end() :].split("\n")[0]):
        return None
    return Fact(below, below, p.running_text.place(m.end(), m.end() + len(below)))


def nickname(p: Paper, step: Step, spec: FactSpec) -> Fact | None:
    """法律简称: a law cited by a nickname that the paper did not introduce (以下简称)."""
    text = p.running_text.without_spaces
    for short, full in law_words().nicknames:
        at = text.find(f"《{short}》")
        if at >= 0 and not re.search(rf"下?简称[：:]?[“\"《]{{0,2}}{short}", text):
            place = p.running_text.place(at, at + len(short) + 2)
            return Fact(short, f"《{short}》，应当写《中华人民共和国{full}》", place)
    return None


def denial(p: Paper, step: Step, spec: FactSpec) -> Fact | None:
    """否定语句: a wording that says that something is not so."""
    found = next(said(p, step, spec), None)
    return Fact("否", found.text, found.place) if found else None


def _signs(p: Paper, step: Step) -> list[Signature]:
    return signatures(p, *step.labels.names, like=step.labels.like, mean=step.labels.mean)


def _boxes(p: Paper, step: Step) -> Iterator[Signature]:
    """Who signed the opinion of somebody named by the labels: 承办人意见."""
    for box in approvals(p):
        who = re.sub(r"(?:拟办|处理|审查|初步)?(?:意见|建议)$", "", box.label)
        if step.labels.match(who) or step.labels.mean(who):
            yield box.sign


def signed_names(p: Paper, step: Step, spec: FactSpec) -> Fact | None:
    """签署人: the names at the first signing place that somebody signed."""
    sign = next((s for s in (*_boxes(p, step), *_signs(p, step)) if s.names), None)
    if sign is None:
        return None
    one = spec.type == "人名" and len(sign.names) == 1
    value = sign.names[0] if one else list(sign.names)
    return Fact(value, "、".join(sign.names), sign.place, 1.0 if sign.sure else HANDWRITTEN)


def signed_day(p: Paper, step: Step, spec: FactSpec) -> Fact | None:
    """签署日期: the day at the first signing place that is dated."""
    sign = next((s for s in _signs(p, step) if s.date), None)
    return dated(sign.date, "", sign.place) if sign else None


def day_of_signature(p: Paper, step: Step, spec: FactSpec) -> Fact | None:
    """签名日期: the last day at a place where somebody signed."""
    days = [(s.date, "", s.place) for s in _signs(p, step) if s.signed and s.date]
    return dated(*max(days, key=lambda d: d[0])) if days else None


def somebody_signed(p: Paper, step: Step, spec: FactSpec) -> Fact | None:
    """签名: that somebody signed at one of the labels, by hand, name or picture."""
    sign = next((s for s in _signs(p, step) if s.signed), None)
    return Fact("、".join(sign.names) or "签名", sign.text.strip(), sign.place) if sign else None


def listed_names(p: Paper, step: Step, spec: FactSpec) -> Fact | None:
    """名单: every name listed at one of the labels; the first alone where one person is asked."""
    got = list(roles(p, step.labels))
    if not got:
        return None
    if spec.type == "人名":
        return Fact(got[0][0], got[0][0], got[0][1])
    return Fact([n for n, _ in got], "、".join(n for n, _ in got), got[0][1])


def approved_day(p: Paper, step: Step, spec: FactSpec) -> Fact | None:
    """负责人批准日期: the day at the opinion of the head of the agency."""
    box = leader_approval(p)
    return dated(box.sign.date, "", box.sign.place) if box else None


def head_signed_day(p: Paper, step: Step, spec: FactSpec) -> Fact | None:
    """负责人签署日期: the day at a signed opinion whose label is surely the head's."""
    box = head_approval(p)
    return dated(box.sign.date, "", box.sign.place) if box else None


def ticked(p: Paper, step: Step, spec: FactSpec) -> Fact | None:
    """勾选: the ticked word of a field, else its first words, from one of the clues on where it
    says something else before (送达地点、方式).
    """
    found = p.field(*step.labels.names, like=step.labels.like, mean=step.labels.mean)
    if not found:
        return None
    tick = re.search(r"[√☑■✓R]\s*([\u4e00-\u9fff]{2,6})", found.without_spaces)
    value = tick[1] if tick else re.split(r"[，。；（(□]", found.without_spaces)[0]
    if not tick and (at := max((value.rfind(word) for word in spec.clues), default=-1)) > 0:
        value = value[at:] if not value.startswith(tuple(spec.clues)) else value
    return Fact(value, value, found.place) if value else None


def _span(p: Paper, step: Step) -> tuple[Found, dt.datetime | None, dt.datetime | None] | None:
    labels = step.labels
    found = p.field(*labels.names, like=labels.like, accept=r"\d\D{0,2}[时:：点]", mean=labels.mean)
    return (found, *find_span(close_gaps(found.value))) if found else None


def span_from(p: Paper, step: Step, spec: FactSpec) -> Fact | None:
    """起止之起: the beginning of a span of time in a field."""
    got = _span(p, step)
    if got is None or got[1] is None:
        return None
    if spec.type == "日期":
        return Fact(got[1].date().isoformat(), got[0].without_spaces, got[0].place)
    return moment(got[1], got[0])


def span_to(p: Paper, step: Step, spec: FactSpec) -> Fact | None:
    """起止之止: the end of a span of time in a field."""
    got = _span(p, step)
    return moment(got[2], got[0]) if got and got[2] else None


def officer_names(p: Paper, step: Step, spec: FactSpec) -> Fact | None:
    """执法人员: the officers that a record names."""
    who = officers(p)
    names = [o.name for o in who]
    return Fact(names, "、".join(names), who[0].place) if who else None


def officer_numbers(p: Paper, step: Step, spec: FactSpec) -> Fact | None:
    """执法证号: the certificate numbers of the officers that a record names."""
    who = [o for o in officers(p) if o.number]
    return (
        Fact([o.number for o in who], "、".join(o.number for o in who), who[0].place)
        if who
        else None
    )


def last_date(p: Paper) -> Fact | None:
    """The last full date written anywhere in the paper (the day of its last signature); None where
    the day at its foot cannot be read, or the agency signed without one, for then an earlier one
    is another's, and so is one that is told of in a sentence.
    """
    text = p.running_text.without_spaces
    found = list(find_dates(text))
    if not found or foot.lost_day(p):
        return None
    day, a, b = found[-1]
    if foot.signed_without_day(p, b) or _TOLD_OF.match(text, b):
        return None
    return dated(day, text[a:b], p.running_text.place(a, b))


def head_number(p: Paper, step: Step, spec: FactSpec) -> Fact | None:
    """文首文号: the paper's own number, in its head."""
    return party_head.doc_number(p)


def any_number(p: Paper, step: Step, spec: FactSpec) -> Fact | None:
    """任一文号: the first document number anywhere."""
    got = next(find_numbers(p.running_text.without_spaces), None)
    return Fact(got[0], got[0], p.running_text.place(got[1], got[2])) if got else None


def concluded_fine(p: Paper, step: Step, spec: FactSpec) -> Fact | None:
    """结论罚款: the fine in what follows one of the labels that open a conclusion."""
    text = p.running_text.without_spaces
    words = sorted(step.labels.names, key=len, reverse=True)
    m = re.search(rf"(?:{'|'.join(map(re.escape, words))})[：:\n]?", text)
    if not m:
        return None
    part = re.sub(r"\s", "", text[m.start() : m.start() + 400])
    money = sums.fine_sum(part)
    return Fact(money, part[:60], p.running_text.place(m.start(), m.end() + 40)) if money else None


def approved_fine(p: Paper, step: Step, spec: FactSpec) -> Fact | None:
    """意见罚款: the fine in the first opinion of an approval form that names one."""
    for box in approvals(p):
        if money := sums.fine_sum(box.opinion):
            return Fact(money, box.opinion[-80:], box.place)
    return None


def labelled_fine(p: Paper, step: Step, spec: FactSpec) -> Fact | None:
    """栏目罚款: the fine that a field on the content of a penalty states."""
    for found in p.fields(*step.labels.names, like=step.labels.like, mean=step.labels.mean):
        if money := sums.fine_sum(found.without_spaces):
            return Fact(money, found.without_spaces, found.place)
    return None


def any_fine(p: Paper, step: Step, spec: FactSpec) -> Fact | None:
    """文中罚款: the first fine anywhere outside quotations."""
    money = sums.fine_sum(main_text.strip_quotes(p.running_text.without_spaces))
    return Fact(money, money, p.running_text.top()) if money else None


def greatest_sum(p: Paper, step: Step, spec: FactSpec) -> Fact | None:
    """最大金额: the greatest sum anywhere in the paper."""
    every = list(find_money(p.running_text.without_spaces))
    if not every:
        return None
    best = max(every)
    return Fact(yuan(best[0]), str(best[0]), p.running_text.place(best[2], best[3]))


def addressee(p: Paper, step: Step, spec: FactSpec) -> Fact | None:
    """抬头: the name to whom a paper is addressed."""
    who = party_head.addressee(p)
    return Fact(who[0], who[0], who[1]) if who else None


def first_party(p: Paper, step: Step, spec: FactSpec) -> Fact | None:
    """首位当事人: the first party of the labelled head."""
    fact = party_head.parties(p)
    if fact is None:
        return None
    return Fact(fact.value[0], fact.value[0], fact.place, fact.confidence)


def cited_articles(p: Paper, step: Step, spec: FactSpec) -> Fact | None:
    """引用条文: every article cited, as {law, article}."""
    every = [c for c in cited(p) if c.articles]
    rows: list[dict[str, str]] = []
    for c in every:
        for a in c.articles:
            row = {"law": c.law, "article": a}
            if row not in rows:
                rows.append(row)
    return Fact(rows, "；".join(c.text for c in every), every[0].place) if every else None


def substantive_articles(p: Paper, step: Step, spec: FactSpec) -> Fact | None:
    """实体条文: the articles cited of laws that do not merely order the procedure."""
    every = [c for c in cited(p) if c.articles and not is_procedural(c.law)]
    if not every:
        return None
    return Fact([c.text for c in every], "；".join(c.text for c in every), every[0].place)


def _citation(c: Citation | None) -> Fact | None:
    if c is None:
        return None
    return Fact(c.text, c.text, c.place, origin=INFERRED if c.inferred else "")


def _of_paper(read: Callable[[Paper], Fact | None]) -> Reader:
    return lambda p, step, spec: read(p)


READERS: dict[str, Reader] = {
    "栏目": labelled,
    "各行": in_every_row,
    "语句": sentence,
    "否定语句": denial,
    "同句": only_in_sentence,
    "标题下": headed,
    "叙述": _of_paper(narrated),
    "签署人": signed_names,
    "签署日期": signed_day,
    "签名日期": day_of_signature,
    "签名": somebody_signed,
    "名单": listed_names,
    "负责人批准日期": approved_day,
    "负责人签署日期": head_signed_day,
    "违法开始日期": _of_paper(began_on),
    "违法终了日期": _of_paper(ended_on),
    "违法事实最早日期": _of_paper(earliest_told),
    "勾选": ticked,
    "起止之起": span_from,
    "起止之止": span_to,
    "文中起止之起": _of_paper(said_start),
    "文中起止之止": _of_paper(said_end),
    "执法人员": officer_names,
    "执法证号": officer_numbers,
    "末尾日期": _of_paper(last_date),
    "落款日期": _of_paper(foot.issued_on),
    "文末签收": _of_paper(foot.acknowledged_on),
    "落款机关": _of_paper(foot.issuing_agency),
    "文头机关": _of_paper(head_agency),
    "内设机构落款": _of_paper(inner_office),
    "公开的个人信息": exposed,
    "文首文号": head_number,
    "任一文号": any_number,
    "当事人": _of_paper(party_head.parties),
    "首位当事人": first_party,
    "抬头": addressee,
    "证照号码": _of_paper(party_head.id_numbers),
    "地址": _of_paper(party_head.address),
    "主文罚款": _of_paper(sums.fine),
    "结论罚款": concluded_fine,
    "意见罚款": approved_fine,
    "栏目罚款": labelled_fine,
    "文中罚款": any_fine,
    "最大金额": greatest_sum,
    "大小写不符的金额": _of_paper(sums.unequal_sums),
    "法律简称": nickname,
    "主文没收": _of_paper(sums.confiscated),
    "处罚种类": _of_paper(main_text.penalty_kinds),
    "引用条文": cited_articles,
    "实体条文": substantive_articles,
    "违反条款": lambda p, step, spec: _citation(violated(p)),
    "处罚依据": lambda p, step, spec: _citation(basis(p)),
}
