"""The file as a volume: catalogue, order, blanks, strangers."""

from __future__ import annotations

from collections.abc import Iterator

from casereview.chinese import key, number_key
from casereview.facts.blanks import blank_left, may_be_blank
from casereview.facts.concerned import stranger_in
from casereview.model import REVIEW, Fact, Place, Verdict
from casereview.papers.catalogue import CATALOGUE, Entry, entries_of
from casereview.papers.matching import Matched, match
from casereview.papers.misnumbered import misnumbered
from casereview.papers.paper import Paper
from casereview.papers.title_words import without_number
from casereview.papers.vocabulary import ANYTHING
from casereview.rules.lacks import Lack, verdict_on
from casereview.rules.verdicts import Context, fail, na, passed, predicate, review, unread_papers

SURE_LISTED = 0.8  # how sure a paper must be to be missed in the catalogue
SURE_UNREAD = 0.7  # how sure a paper of an unread file must be for the catalogue to be compared
MERGED = 12  # pages from which one file is a bound volume whose order may be judged
ENOUGH = 4  # main papers from which their order may be judged
FRONT = 4  # places at the front of a volume where the decision may stand
SERIOUS = 2  # steps of the procedure by which a paper stands too early
DECIDED = "处罚决定书"
MAIN = (
    "立案审批表",
    "现场检查笔录",
    "询问笔录",
    "调查终结报告",
    "事先告知书",
    "处罚决定审批表",
    "处罚决定书",
    "法制审核意见书",
    "集体讨论笔录",
    "听证笔录",
    "结案审批表",
)
STEPS = (
    ("案件来源登记表", "立案审批表"),
    ("现场检查笔录", "询问笔录", "现场照片", "责令改正通知书"),
    ("调查终结报告",),
    ("事先告知书", "听证告知书"),
    ("处罚决定书",),
    ("结案审批表",),
)
EVIDENCE, NOTICE = 1, 3  # steps
RANK = {kind: n for n, kinds in enumerate(STEPS) for kind in kinds}
OF_ONE_CASE = (
    "处罚决定书",
    "事先告知书",
    "听证告知书",
    "责令改正通知书",
    "查封扣押决定书",
    "催告书",
    "听证通知书",
    "加处罚款决定书",
    "立案审批表",
    "送达回证",
    "现场检查笔录",
    "询问笔录",
    "调查终结报告",
    "法制审核意见书",
    "处罚决定审批表",
    "集体讨论笔录",
    "结案审批表",
    "其他",
    "缴款凭证",
    "先行登记保存通知书",
    "检验检测报告",
)
LISTING = (CATALOGUE, "卷宗封面", "备考表")  # papers that name others
NAMING = ("立案审批表", "授权委托书", "当事人身份证明", "现场检查笔录")
WHOLE_TITLE = 4  # characters of a title that tells one paper from others
ASKED_FOR_NAMES = 4  # so many of these are asked whether they name somebody

Sequence = list[tuple[str, Place]]  # kind, place
Ranked = list[tuple[int, int, str, Place]]  # position, step, kind, place


def entries(ctx: Context) -> list[Entry]:
    """Rows of the catalogues of the case."""
    papers = ctx.case.readable(CATALOGUE)
    return [e for p in papers for e in entries_of(p.running_text, p.vocab)]


@predicate("目录与卷内文书相符", version=9)
def catalogue_matches(ctx: Context) -> Verdict:
    """目录列出的文书应当在卷，在卷的主要文书应当列入目录，合并 PDF 的页码应当相符。"""
    catalogue = ctx.case.one(CATALOGUE)
    if catalogue is None:
        return ctx.absent_or_unread(CATALOGUE)
    rows = entries(ctx)
    if not rows:
        return review("没有读到卷内目录的行", [catalogue.top()])
    if _hides_papers(ctx):
        return review("有文件未能完整读取，不能逐项核对目录")
    matched = match(rows, ctx.case.papers)
    apart = _lost(matched) or _extra(ctx, rows, catalogue)
    if apart and (_may_be_meant(ctx, matched) or ctx.scanned(rows[0].place)):
        text = f"目录与卷内文书对不上（{apart.message}），请人工核对"
        return review(text, [rows[0].place])
    wrong = apart or _misnumbered(ctx, rows)
    return wrong or passed(f"目录 {len(rows)} 项均在卷", [rows[0].place])


def _may_be_meant(ctx: Context, matched: list[Matched]) -> bool:
    """True where a paper that no row means may be one that a row means, its kind being a guess or
    neither having one, where the reading of the whole says that such a paper may lie unseen, or
    where it may be bound with another.
    """
    vocab = ctx.case.papers[0].vocab
    titles = [vocab.guess(m.entry.title) for m in matched if m.paper is None]
    kinds = [guess.kind for guess in titles if guess]
    spare = _is_spare(ctx, matched, any(g is None or g.kind in ANYTHING for g in titles))
    hidden = any(ctx.case.could_hide(kind) or ctx.case.doubts_about(kind) for kind in kinds)
    return spare or hidden or _heads_a_line(ctx, matched)


def _heads_a_line(ctx: Context, matched: list[Matched]) -> bool:
    """True where the title of a row without a paper stands on a line of its own in a paper that
    does not list others: it may be bound with that one.
    """
    lost = {key(without_number(m.entry.title)) for m in matched if m.paper is None}
    papers = (p for p in ctx.case.papers if lost and p.doc.kind not in LISTING)
    return any(key(line.text) in lost for p in papers for _, line in p.running_text.lines)


def _is_spare(ctx: Context, matched: list[Matched], plain: bool) -> bool:
    """True where a paper is left that no row means and whose kind is a guess; also one that may be
    anything where a row is as ``plain``.
    """
    meant = {id(m.paper) for m in matched}
    left = (p.doc for p in ctx.case.papers if id(p) not in meant)
    return any(doc.guessed or (plain and doc.kind in ANYTHING) for doc in left)


def _lost(matched: list[Matched]) -> Verdict | None:
    """Rows of which no paper is in the file."""
    lost = [m.entry for m in matched if m.paper is None]
    if not lost:
        return None
    text = f"目录第 {lost[0].number or '?'} 项“{lost[0].title}”不在卷"
    return fail(text, [e.place for e in lost[:3]], subject="目录所列不在卷")


def _extra(ctx: Context, rows: list[Entry], catalogue: Paper) -> Verdict | None:
    """Main papers that no row can mean."""
    extra = _not_listed(ctx, rows)
    if not extra:
        return None
    places = [extra[0].top(), catalogue.top()]
    return fail(f"{extra[0].name}没有列入目录", places, subject="未列入目录")


def _hides_papers(ctx: Context) -> bool:
    """True when an unread file may hold papers that the catalogue lists."""
    sure = {d.file for p in ctx.case.papers if (d := p.doc).confidence >= SURE_UNREAD}
    return any(s.path not in sure for s in unread_papers(ctx.case))


def _not_listed(ctx: Context, rows: list[Entry]) -> list[Paper]:
    """Main papers of the file that no row of the catalogue can mean, by its kind or its title."""
    vocab = ctx.case.papers[0].vocab
    kinds = {g.kind for e in rows if (g := vocab.guess(e.title))}
    titles = tuple(title for e in rows if len(title := key(e.title)) >= WHOLE_TITLE)
    return [
        p
        for p in ctx.case.papers
        if p.doc.kind in MAIN
        and not {p.doc.kind, *p.doc.also} & kinds
        and p.doc.confidence >= SURE_LISTED
        and not _bears(key(p.doc.title), titles)
    ]


def _bears(title: str, listed: tuple[str, ...]) -> bool:
    """True for a title that holds one of those listed: an agency may stand before it, a form number
    or the first heading of the paper behind it.
    """
    return any(name in title for name in listed)


def _misnumbered(ctx: Context, rows: list[Entry]) -> Verdict | None:
    """A row that names the page of another paper."""
    wrong = misnumbered(rows, ctx.case.sources, ctx.case.papers)
    if wrong is None:
        return None
    row, kind = wrong.entry, wrong.there.doc.kind
    text = f"目录载明“{row.title}”在第 {row.page_from} 页，该页是{kind}"
    return fail(text, [row.place], subject="页码")


@predicate("文书按程序排列", version=3)
def order(ctx: Context) -> Verdict:
    """目录（或者合并 PDF、编号文件）的次序不应明显颠倒；分正卷、副卷的各看各的目录；决定书和送达
    回证置前的通行排法不算。
    """
    volumes = _sequences(ctx)
    if isinstance(volumes, Verdict):
        return volumes
    ranked = [_ranked(first) for found in volumes if len(first := _first_of_each(found)) >= ENOUGH]
    if not ranked:
        return review("可识别的主要文书太少，不能判断次序")
    return next(filter(None, map(_out_of_order, ranked)), None) or passed(
        "次序没有明显颠倒", [ranked[0][0][3]]
    )


def _first_of_each(found: list[tuple[str, Place]]) -> dict[str, tuple[int, Place]]:
    """Where the first paper of each kind that has a rank stands."""
    first: dict[str, tuple[int, Place]] = {}
    for n, (kind, place) in enumerate(found):
        if kind in RANK:
            first.setdefault(kind, (n, place))
    return first


def _out_of_order(ranked: Ranked) -> Verdict | None:
    """A paper far before one that it follows by the procedure."""
    bad = [(a, b) for n, a in enumerate(ranked) for b in ranked[n + 1 :] if a[1] > b[1]]
    serious = [(a, b) for a, b in bad if a[1] - b[1] >= SERIOUS]
    if not serious:
        return None
    early, late = serious[0]
    text = f"{early[2]}排在{late[2]}之前，次序明显颠倒"
    working = (f"{a[2]} 先于 {b[2]}" for a, b in bad)
    return fail(text, [early[3], late[3]], *working, subject="次序")


def _sequences(ctx: Context) -> list[Sequence] | Verdict:
    """Kinds of paper in the order of each catalogue (正卷, 副卷), else of a bound volume; a verdict
    where there is neither.
    """
    listed = [_listed(ctx, p) for p in ctx.case.readable(CATALOGUE)]
    if any(listed):
        return listed
    gone = ctx.absent(CATALOGUE)
    if gone and gone.status == REVIEW:
        return gone
    merged = [s for s in ctx.case.sources if s.format == "pdf" and len(s.pages) >= MERGED]
    if not merged:
        return na("没有目录，也不是合并 PDF")
    return [[(p.doc.kind, p.top()) for p in ctx.case.papers if p.doc.file == merged[0].path]]


def _listed(ctx: Context, catalogue: Paper) -> Sequence:
    """The kinds of the rows of one catalogue: what the paper of such a title proved to be, else
    what the title names.
    """
    vocab = ctx.case.papers[0].vocab
    proved = {key(p.doc.title): p.doc.kind for p in ctx.case.papers if p.doc.title}
    rows = ((vocab.guess(e.title), e) for e in entries_of(catalogue.running_text, catalogue.vocab))
    return [(proved.get(key(e.title), guess.kind), e.place) for guess, e in rows if guess]


def _ranked(first: dict[str, tuple[int, Place]]) -> Ranked:
    """The first paper of each kind in its order, without what is put to the front: the decision
    before or right behind the filing, and with it the notices that stand before the evidence.
    """
    ranked = sorted((n, RANK[k], k, place) for k, (n, place) in first.items())
    at = first[DECIDED][0] if DECIDED in first else FRONT + 1
    if at > min(FRONT, _place_of(0, ranked) + 1):
        return ranked
    evidence = _place_of(EVIDENCE, ranked)
    fronted = {DECIDED, *(k for n, rank, k, _ in ranked if rank == NOTICE and n < evidence)}
    return [row for row in ranked if row[2] not in fronted]


def _place_of(step: int, ranked: Ranked) -> int:
    """Where the first paper of a step stands; behind all where there is none."""
    return next((n for n, rank, *_ in ranked if rank == step), 99)


@predicate("无应填未填的空白", version=3)
def no_blanks(ctx: Context) -> Verdict:
    """文书中不应残留模板占位（年 月 日 空白、××、【 】、待填等）；“保管人××”一类，待复核。"""
    lacks = [lack for p in ctx.case.papers if p.doc.readable for lack in _blanks(p)]
    if lacks:
        return verdict_on(lacks, (), passed())
    if unread_papers(ctx.case):
        return review("可读文书没有空白，有文件未能完整读取")
    return passed("没有发现残留占位")


def _blanks(p: Paper) -> Iterator[Lack]:
    """What a paper shows of a template; on a scan it may be a stain."""
    at = blank_left(p)
    if at and at.page in p.recognised:
        yield Lack(p, "是扫描件，可能有应填未填的内容，请人工核对", at, sure=False)
    elif at:
        yield Lack(p, f"有应填未填的内容“{at.quote[-30:]}”", at)
    elif nobody := may_be_blank(p):
        text = f"有“{nobody.quote[-30:]}”，是没有填还是隐去了姓名，请人工核对"
        yield Lack(p, text, nobody, sure=False)


@predicate("卷内文书同属一案", version=2)
def same_case(ctx: Context) -> Verdict:
    """卷内不应出现另一当事人或者另一案件文号的文书。"""
    party = ctx.dfact("当事人") or ctx.case.fact("立案审批表", "当事人")
    if party is None:
        return ctx.absent(*ctx.decisions) or review("没有读到当事人名称")
    strangers = list(_strangers(ctx, party))
    if strangers:
        text = "；".join(f"{p.name}的当事人是“{other}”" for p, other, _ in strangers)
        places = [*(place for _, _, place in strangers), party.place]
        subject = "、".join(sorted({other for _, other, _ in strangers}))
        return fail(f"{text}，不是本案当事人“{_names(party)[0]}”", places, subject=subject)
    if other := _second_decision(ctx):
        return other
    if unread_papers(ctx.case):
        return review("可读文书同属一案，有文件未能完整读取")
    return passed("卷内文书同属一案", [party.place])


def _names(party: Fact) -> list[str]:
    return [str(n) for n in (party.value if isinstance(party.value, list) else [party.value])]


def _strangers(ctx: Context, party: Fact) -> Iterator[tuple[Paper, str, Place]]:
    """Papers about somebody who has no part in the case."""
    mine = [key(n) for n in _names(party)]
    naming = [ctx.decision, *ctx.case.readable(*NAMING)[:ASKED_FOR_NAMES]]
    texts = [key(p.running_text.without_spaces) for p in naming if p]
    for p in ctx.case.readable(*OF_ONE_CASE):
        got = stranger_in(p, mine) if p is not ctx.decision else None
        if got and not any(got[0] in text for text in texts):
            yield p, *got


def _second_decision(ctx: Context) -> Verdict | None:
    """Another decision with a number of its own."""
    own = ctx.dfact("文号")
    for p in ctx.case.readable(DECIDED)[1:] if own and ctx.decision else ():
        number = ctx.case.facts_of(p).get("文号")
        if own and number and number_key(str(number.value)) != number_key(str(own.value)):
            text = f"卷内有另一份处罚决定书{number.value}"
            return fail(text, [number.place, own.place], subject=str(number.value))
    return None
