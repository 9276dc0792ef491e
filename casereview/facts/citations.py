"""Laws and articles cited: 《法》第X条第Y款第（Z）项, also elided ones, and the part each plays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from casereview.chinese import cn_number
from casereview.chinese.laws import short_title, year_named
from casereview.facts.law_words import law_words
from casereview.model import Fact, Place
from casereview.model.nouns import noun
from casereview.papers.paper import Paper
from casereview.papers.running_text import RunningText

_N = r"[零〇一二两三四五六七八九十百千\d]+"
_ITEM = rf"(?:第?[（(]{_N}[)）]项|第{_N}项|第?[（(]{_N}[)）]目|第{_N}目)"
_ARTICLE = rf"第{_N}条(?:之{_N})?"
# 第 is left out by some, right after the law or within a chain that begins so
_BARE = rf"第?{_N}条(?:之{_N})?"
_TAIL = (
    rf"(?:第{_N}款|第[（(]{_N}[)）]款|{_ITEM}|[、，"
    rf",和及与以及]+(?=第{_N}[款项]|第?[（(]{_N}[)）][款项]))*"
)
_CHAIN = rf"(?:第{_N}章)?(?:{_ARTICLE}{_TAIL})(?:[、，,和及与以]+(?:第{_N}章)?{_ARTICLE}{_TAIL})*"
_LOOSE = rf"(?:第{_N}章)?(?:{_BARE}{_TAIL})(?:[、，,和及与以]+(?:第{_N}章)?{_BARE}{_TAIL})*"
# after the words of one article the next one of the same law: 第三十六条：“…”，第四十一条第二款
_SAID = r"(?:的规定|之规定|规定|关于[^。；“]{0,20}的规定)?[：:，,]?"
_QUOTED = r"[“\"「][^”\"」]{0,400}[”\"」](?:的|之)?(?:规定)?"
_CARRIED = re.compile(
    rf"(?:{_SAID}{_QUOTED}|(?:的|之)?规定)[，,、；;]?(?:以及|和|及|与|并)?(?P<art>{_CHAIN})"
)
_NOTE = r"(?P<note>[（(〔\[【][^（）()〔〕\[\]【】《》]{1,40}[)）〕\]】])?"
_SAME_LAW = r"(?:该|本|同)(?:法|条例|办法|规定)"
_SAME = re.compile(_SAME_LAW)
_CITE = re.compile(
    rf"(?P<law>《[^《》]{{2,60}}(?:〈[^〉]*〉[^《》]*)?》){_NOTE}(?:（以下简称[^）]*）)?(?"
    rf"P<art>{_LOOSE})?"
    rf"|(?P<same>{_SAME_LAW})(?P<art2>{_CHAIN})"
    r"|(?<![》\u4e00-\u9fff])(?P<bare>(?:中华人民共和国)?[\u4e00-\u9fff]{2,16}?(?:法|条例))"
    rf"(?P<art3>{_CHAIN})"
)
_PARAGRAPH = re.compile(rf"第[（(]?({_N})[)）]?款")
_POINT = re.compile(rf"[（(第]({_N})[)）]?项")
_JOINED = re.compile(rf"第{_N}(?:[、，,和]第?{_N})+条")
PAIR = 2  # articles of one law, a command and a threat
GROUND_NEAR = 80  # characters after a citation in which it may be said to be the ground
_QUOTES = re.compile(r"[“\"][^”\"]*[”\"]")
_CALLED = re.compile(
    rf"《(?P<full>[^《》]{{2,60}})》{_NOTE}（(?:以下|下称|下)(?:均|统)?(?:简称|称)?[为：:]?"
    r"[“\"《]{0,2}(?P<short>[^”\"》《）]{2,30})"
)
_WHOLE = re.compile(r"《([^》]+)》([^《]*)")


@noun(frozen=True)
class Citation:
    """A law as written with one run of articles. ``role``: violated, basis, procedure, other;
    ``year``: of the version that is named in brackets; ``inferred``: its role is told by the order
    of the articles and not by words.
    """

    law: str
    chain: str
    articles: tuple[str, ...]
    role: str
    place: Place
    start: int
    end: int
    year: int | None = None
    inferred: bool = False

    @property
    def text(self) -> str:
        """'《法》第…条…'."""
        return f"《{self.law}》{self.chain}"


def cited(paper: Paper) -> list[Citation]:
    """Every citation of a paper."""
    return citations(paper.running_text)


def full_names(paper: Paper) -> dict[str, str]:
    """Short names of laws -> full ones: those in use, and those that the paper itself introduces
    (以下简称), which go before.
    """
    told = _CALLED.finditer(paper.running_text.without_spaces)
    return dict(law_words().nicknames) | {m["short"]: m["full"] for m in told}


def outside_index(law: str) -> bool:
    """True for standards of discretion, whose articles no index counts."""
    return bool(law_words().not_indexed.search(law))


@dataclass(frozen=True)
class Provision:
    """One article with the paragraphs (款) and items (项) that are named of it."""

    law: str
    number: int
    paragraphs: frozenset[int]
    items: frozenset[int]

    def same_as(self, other: Provision) -> bool:
        """True for the same article, unless both name parts of it and these differ; parts may be
        written or left out.
        """
        if (self.law, self.number) != (other.law, other.number):
            return False
        parts = ((self.paragraphs, other.paragraphs), (self.items, other.items))
        return all(not a or not b or a & b for a, b in parts)


def provisions_in(fact: Fact) -> list[Provision]:
    """The articles of a fact of the type 条文."""
    rows = fact.value if isinstance(fact.value, list) else []
    got = [(r["law"], r["article"]) for r in rows if isinstance(r, dict)]
    if not got:
        text = str(fact.value)
        got = [(law, a) for law, chain in _WHOLE.findall(text) for a in _articles(chain)]
    every = ((law, article, article_number(article)) for law, article in got)
    return [
        Provision(short_title(law), n, _parts(_PARAGRAPH, article), _parts(_POINT, article))
        for law, article, n in every
        if n
    ]


def _parts(part: re.Pattern[str], article: str) -> frozenset[int]:
    return frozenset(n for m in part.finditer(article) if (n := cn_number(m[1])))


def is_procedural(law: str) -> bool:
    """True for laws that order the procedure and are no basis of a fine."""
    return bool(law_words().procedural.search(law))


def citations(running_text: RunningText, start: int = 0, end: int | None = None) -> list[Citation]:
    """Every citation with its role, in order of the text."""
    text = running_text.without_spaces
    out: list[Citation] = []
    last, year = "", None
    quoted = [q.span() for q in _QUOTES.finditer(text)]
    for m in _CITE.finditer(text, start, len(text) if end is None else end):
        law = _law(m, last)
        if not m["law"] and any(a < m.start() < b for a, b in quoted):
            continue  # 本法第…条 inside a quotation is what the quoted law says of itself
        if not _is_law(law, _chain(m)):
            continue
        year = _year(m, law, last, year)
        last, role = law, _role(text, m.start(), law)
        for chain, a, b in _chains(text, m):
            place = running_text.place(a, b)
            out.append(Citation(law, chain, _articles(chain), role, place, a, b, year))
    violated = any(c.role == "violated" for c in out)
    return _paired(_grounded_after(text, out if violated else _breached_after(text, out)))


def _chain(m: re.Match[str]) -> str:
    """The articles that follow the law of a citation."""
    return m["art"] or m["art2"] or m["art3"] or ""


def _is_law(name: str, articles: str) -> bool:
    """False for no name, and for a paper, a licence or a list (《处罚决定书》), but where it ends
    as laws do (《安全生产许可证条例》, 《发票管理办法》第三十五条). ``articles``: those that are
    named of it; rules of a firm (《考勤管理办法》) have none.
    """
    if not name:
        return False
    words = law_words()
    end = words.ends_law.search(name)
    return words.no_law.search(name) is None or (
        end is not None and (articles != "" or end[0] in words.surely_law)
    )


def _chains(text: str, m: re.Match[str]) -> Iterator[tuple[str, int, int]]:
    """(articles, start, end) behind a law: those that follow it, and those that follow the words
    of an article without the law being named again.
    """
    chain = _chain(m)
    if m["law"] and not chain:
        more = _JOINED.match(text[m.end() :])
        chain = more.group(0) if more else ""
    yield chain, m.start(), m.end()
    at = m.end()
    while chain and (carried := _CARRIED.match(text, at)):
        yield carried["art"], carried.start("art"), carried.end()
        at = carried.end()


def _law(m: re.Match[str], last: str) -> str:
    """The law that a citation names, 该法 being the one named before; '' for a word that only looks
    like a law.
    """
    if m["law"]:
        return str(m["law"]).strip("《》")
    law = law_words().before_name.sub("", m["bare"] or "")
    if m["same"] or _SAME.fullmatch(law):
        return last
    return law if len(law) >= 4 else ""


def _year(m: re.Match[str], law: str, last: str, year: int | None) -> int | None:
    """The year of the version that a citation names, 该法 being in that of the one before."""
    same = law == last and not m["law"]
    return year if same else year_named(law + (m["note"] or ""))


def _breached_after(text: str, found: list[Citation]) -> list[Citation]:
    """Where no word of breach stands before a citation, the first of which it is said after: 《法》
    第…条规定，“…”当事人的行为违背了这一要求.
    """
    for n, cite in enumerate(found):
        stop = text.find("\n", cite.end)
        ends = [stop if stop >= 0 else len(text), *(c.start for c in found[n + 1 : n + 2])]
        until = min(ends)
        after = _QUOTES.sub("", text[cite.end : until])
        if cite.articles and law_words().said_after.search(after):
            return [*found[:n], replace(cite, role="violated"), *found[n + 1 :]]
    for n, cite in enumerate(found):
        sentence = text[cite.end :].partition("。")[0][:GROUND_NEAR]
        free = cite.role == "other" and cite.articles and not is_procedural(cite.law)
        if free and law_words().breach_after.search(_QUOTES.sub("", sentence)):
            return [*found[:n], replace(cite, role="violated"), *found[n + 1 :]]
    return found


def _grounded_after(text: str, found: list[Citation]) -> list[Citation]:
    """Where no word of a ground stands before a citation, the first of which it is said after:
    《法》第…条对此规定了处罚。据此，决定….
    """
    if any(c.role == "basis" and c.articles for c in found):
        return found
    for n, cite in enumerate(found):
        nearest = found[n + 1].start if n + 1 < len(found) else len(text)
        after = text[cite.end : min(nearest, cite.end + GROUND_NEAR)]
        if cite.role == "other" and cite.articles and law_words().ground_after.search(after):
            return [*found[:n], replace(cite, role="basis"), *found[n + 1 :]]
    return found


def _paired(found: list[Citation]) -> list[Citation]:
    """Where words give a part to one of two articles of a law at most: what it commands stands
    before what it threatens, so that the first was violated and the last is the ground.
    """
    own = [c for c in found if len(c.articles) == 1 and not is_procedural(c.law)]
    parts = _parts_of_a_pair(own)
    return [_in_pair(c, parts) if parts and c in own else c for c in found]


def _parts_of_a_pair(own: list[Citation]) -> dict[int, str]:
    """Article -> its part, where these are two articles of one law and words do not tell both; {}
    where they are no such pair, or the last one is called violated.
    """
    roles = {c.role for c in own}
    numbers = sorted({article_number(c.articles[0]) or 0 for c in own})
    told = "other" not in roles or roles >= {"violated", "basis"}
    if told or len(numbers) != PAIR or len({c.law for c in own}) != 1:
        return {}
    violated = {article_number(c.articles[0]) for c in own if c.role == "violated"}
    parts = dict(zip(numbers, ("violated", "basis"), strict=True))
    return {} if numbers[-1] in violated else parts


def _in_pair(cite: Citation, parts: dict[int, str]) -> Citation:
    """A citation with the part that its number gives it."""
    role = parts[article_number(cite.articles[0]) or 0]
    return cite if role == cite.role else replace(cite, role=role, inferred=True)


def _articles(chain: str) -> tuple[str, ...]:
    """Each article with what hangs on it, always with 第; '第四十三、四十四条' gives both."""
    m = re.fullmatch(rf"第({_N})((?:[、，,和]第?{_N})+)条", chain)
    if m:
        return tuple(f"第{n}条" for n in [m[1], *re.findall(_N, m[2])])
    every = (x.group(0).rstrip("、，,和及与以") for x in re.finditer(rf"{_BARE}{_TAIL}", chain))
    return tuple(a if a.startswith("第") else f"第{a}" for a in every)


def _role(text: str, at: int, law: str) -> str:
    """What the words before a citation, in its sentence, make of it."""
    before = re.split(r"[。；\n]", text[max(0, at - 60) : at])[-1]
    clean = _QUOTES.sub("", before)
    breach = [m.start() for m in law_words().breach.finditer(clean)]
    ground = [m.start() for m in law_words().ground.finditer(clean)]
    if breach and breach[-1] > max(ground, default=-1):
        return "violated"
    if is_procedural(law):
        return "procedure"
    return "basis" if ground else "other"


def article_number(article: str) -> int | None:
    """'第一百一十一条第一款' -> 111."""
    m = re.search(rf"第?({_N})条", article)
    return cn_number(m[1]) if m else None


def branch_number(article: str) -> int:
    """'第一百二十条之一' -> 1; 0 for an article without."""
    m = re.search(rf"条之({_N})", article)
    return (cn_number(m[1]) or 0) if m else 0
