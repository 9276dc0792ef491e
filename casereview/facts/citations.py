"""Laws and articles cited: 《法》第X条第Y款第（Z）项, also elided ones, and the part each plays."""

from __future__ import annotations

import re
from dataclasses import dataclass

from casereview.chinese import cn_number
from casereview.law.statutes import short_title
from casereview.model import Fact, Place
from casereview.papers.paper import Paper
from casereview.papers.running_text import RunningText

_N = r"[零〇一二两三四五六七八九十百千\d]+"
_ITEM = rf"(?:第?[（(]{_N}[)）]项|第{_N}项|第?[（(]{_N}[)）]目|第{_N}目)"
_ARTICLE = rf"第{_N}条(?:之{_N})?"
_TAIL = (
    rf"(?:第{_N}款|第[（(]{_N}[)）]款|{_ITEM}|[、，"
    rf",和及与以及]+(?=第{_N}[款项]|第?[（(]{_N}[)）][款项]))*"
)
_CHAIN = rf"(?:第{_N}章)?(?:{_ARTICLE}{_TAIL})(?:[、，,和及与以]+(?:第{_N}章)?{_ARTICLE}{_TAIL})*"
_NOTE = r"(?:[（(〔\[【][^（）()〔〕\[\]【】《》]{1,40}[)）〕\]】])?"
_CITE = re.compile(
    rf"(?P<law>《[^《》]{{2,60}}(?:〈[^〉]*〉[^《》]*)?》){_NOTE}(?:（以下简称[^）]*）)?(?P<art>{_CHAIN})?|(?P<same>(?:该|本|同)(?:法|条例|办法|规定))(?P<art2>{_CHAIN})|(?<![》\u4e00-\u9fff])(?P<bare>(?:中华人民共和国)?[\u4e00-\u9fff]{{2,16}}?(?:法|条例))(?P<art3>{_CHAIN})"
)
_WHOLE = re.compile(r"《([^》]+)》([^《]*)")
_NOT_LAW = re.compile(
    r"告知书|通知书|决定书|意见书|笔录|回证|报告|申请书|清单|许可证|执照|合同|票据|审批表|登记表|凭证|证书|确认书|催告书|证明|发票|截图|协议|说明|鉴定书|裁定书|判决书|公告|起诉状|委托书|检查表|工资|考勤|建议书|复议决定"
)
_PROCEDURE = re.compile(
    r"行政处罚法|行政强制法|行政复议法|行政诉讼法|民事诉讼法|处罚程序规定|程序规定|裁量|基准|信息公示"
)


@dataclass(frozen=True)
class Citation:
    """A law as written with one run of articles. ``role``: violated, basis, procedure, other."""

    law: str
    chain: str
    articles: tuple[str, ...]
    role: str
    place: Place
    start: int
    end: int

    @property
    def text(self) -> str:
        """'《法》第…条…'."""
        return f"《{self.law}》{self.chain}"


def cited(paper: Paper) -> list[Citation]:
    """Every citation of a paper."""
    return citations(paper.running_text)


def outside_index(law: str) -> bool:
    """True for standards of discretion, whose articles no index counts."""
    return "基准" in law


def articles_in(fact: Fact) -> set[tuple[str, int]]:
    """The articles of a fact of the type 条文, as (short title, number)."""
    rows = fact.value if isinstance(fact.value, list) else []
    got = [(r["law"], r["article"]) for r in rows if isinstance(r, dict)]
    if not got:
        text = str(fact.value)
        got = [(law, a) for law, chain in _WHOLE.findall(text) for a in _articles(chain)]
    return {(short_title(law), n) for law, a in got if (n := article_number(a))}


def is_procedural(law: str) -> bool:
    """True for laws that order the procedure and are no basis of a fine."""
    return bool(_PROCEDURE.search(law))


def citations(running_text: RunningText, start: int = 0, end: int | None = None) -> list[Citation]:
    """Every citation with its role, in order of the text."""
    text = running_text.without_spaces
    out: list[Citation] = []
    last = ""
    for m in _CITE.finditer(text, start, len(text) if end is None else end):
        law = (m["law"] or "").strip("《》") or m["bare"] or ""
        chain = m["art"] or m["art2"] or m["art3"] or ""
        if m["same"]:
            law = last
        elif m["bare"]:
            law = re.sub(r"^.*(?:根据|依据|依照|按照|违反了?|符合|参照|和)", "", law)
            if len(law) < 4:
                continue
        if not law or _NOT_LAW.search(law):
            continue
        last = law
        if m["law"] and not chain:
            more = re.match(rf"第{_N}(?:[、，,和]第?{_N})+条", text[m.end() :])
            chain = more.group(0) if more else ""
        out.append(
            Citation(
                law,
                chain,
                _articles(chain),
                _role(text, m.start(), law),
                running_text.place(m.start(), m.end()),
                m.start(),
                m.end(),
            )
        )
    return out


def _articles(chain: str) -> tuple[str, ...]:
    """Each article with what hangs on it; '第四十三、四十四条' gives both."""
    m = re.fullmatch(rf"第({_N})((?:[、，,和]第?{_N})+)条", chain)
    if m:
        return tuple(f"第{n}条" for n in [m[1], *re.findall(_N, m[2])])
    return tuple(
        x.group(0).rstrip("、，,和及与以") for x in re.finditer(rf"{_ARTICLE}{_TAIL}", chain)
    )


def _role(text: str, at: int, law: str) -> str:
    before = text[max(0, at - 60) : at]
    before = re.split(r"[。；\n]", before)[-1]
    before = re.sub(r"[“\"][^”\"]*[”\"]", "", before)
    hit = [
        (m.start(), m.group(0))
        for m in re.finditer(r"违反|不符合|依据|根据|依照|按照|参照|适用", before)
    ]
    word = hit[-1][1] if hit else ""
    if word in ("违反", "不符合"):
        return "violated"
    if is_procedural(law):
        return "procedure"
    return "basis" if word else "other"


def article_number(article: str) -> int | None:
    """'第一百一十一条第一款' -> 111."""
    m = re.search(rf"第({_N})条", article)
    return cn_number(m[1]) if m else None
