"""Pages -> documents (文书): by title, form, file name, catalogue and continuation. Every decision
says how sure it is and why.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from casereview.chinese import without_spaces
from casereview.model import Document, Line, Page, SourceFile
from casereview.papers.catalogue import Entry, entries_of, page_labels, printed_labels
from casereview.papers.running_text import RunningText
from casereview.papers.vocabulary import Guess, Vocabulary

_CONTINUED = re.compile(r"第\s*(\d+)\s*页\s*[共/，,]\s*(?:共\s*)?(\d+)\s*页?")
_STOP = re.compile(r"[。；！？，]|[：:]$|^\d|[：:].{3,}|^[（(]?[一二三四五六七八九十][、）)]")
ORGAN = re.compile(
    r"(?:局|委员会|委|政府|办事处|大队|支队|总队|中队|厅|中心|法院)$"
)  # a line that names who made the paper is no title
_WAIVES = re.compile(
    r"(?:自愿|自动|主动|决定|表示|现|本?人|单位|公司)放弃[^。；]{0,12}(?:陈述|申辩|听证)"
)
_EVIDENCE = re.compile(
    r"证明(?:内容|事项|对象|目的)|与原件(?:核对)?(?:一致|无异|相符|无误)|提供人|收集人|调取人|提取人|证据来源"
)


@dataclass(frozen=True)
class Start:
    """Where a document starts inside a file."""

    index: int
    guess: Guess
    title: str


def split(
    source: SourceFile, vocab: Vocabulary, catalogue: list[Entry] | None = None
) -> list[Document]:
    """The documents of one file. ``catalogue``: entries of the 卷内目录 of this very file, when it
    is a merged one.
    """
    if source.format == "photo" and source.outcome == "readable":
        return [Document("现场照片", source.path, 1, 1, why="照片文件")]
    if source.format == "media" or (not source.pages and source.outcome == "skipped"):
        return []
    named = _by_name(source.path, vocab)
    if not source.pages or source.format == "photo":
        g = named or Guess("其他", 0.3, "文件未能读取，按文件名也不能判断")
        return [
            Document(
                g.kind,
                source.path,
                1,
                1,
                _stem(source.path),
                min(g.confidence, 0.6),
                g.why,
                readable=False,
            )
        ]
    if source.format in ("xlsx", "text"):
        starts = [_whole(source, vocab, named)]
    else:
        starts = _starts(source, vocab, named, catalogue)
    out = []
    for s, nxt in zip(starts, [*starts[1:], None], strict=True):
        last = (nxt.index if nxt else len(source.pages)) - 1
        pages = source.pages[s.index : last + 1]
        doc = Document(
            s.guess.kind,
            source.path,
            pages[0].number,
            pages[-1].number,
            s.title,
            s.guess.confidence,
            s.guess.why,
            readable=all(p.readable for p in pages),
        )
        out.append(_roles(doc, RunningText(source.path, pages), vocab))
    return out


def _roles(doc: Document, running_text: RunningText, vocab: Vocabulary) -> Document:
    """What else a form serves as, and which document a 送达回证 delivers."""
    also: list[str] = []
    head = without_spaces(doc.title)
    if doc.kind == "立案审批表" and running_text.find(r"线索登记|线索处理|登记人"):
        also.append("案件来源登记表")
    if doc.kind == "事先告知书" and (
        "听证" in head or running_text.find(r"(?:要求|申请)(?:举行)?听证|听证(?:的)?权利")
    ):
        also.append("听证告知书")
    if doc.kind == "听证告知书" and running_text.find(r"陈述[、和]?(?:与)?申辩"):
        also.append("事先告知书")
    serves = served_kind(doc, running_text, vocab) if doc.kind == "送达回证" else ""
    return replace(doc, also=tuple(also), serves=serves)


def served_kind(doc: Document, running_text: RunningText, vocab: Vocabulary) -> str:
    """Kinds delivered by a receipt, joined by 、; from its own 送达文书 field, else from the file
    name.
    """
    kinds: list[str] = []
    texts: list[str] = []
    for _, cells, _ in running_text.rows():
        for a, b in zip(cells, cells[1:], strict=False):
            if (
                re.search(r"(?:送达的?文书|文书名称|送达文件|送达的文件)", without_spaces(a))
                and len(without_spaces(a)) < 24
            ):
                texts += re.findall(
                    r"[\u4e00-\u9fff（）()／/]{2,30}?(?:通知书|决定书|告知书|催告书|意见书|指令书|书|表|清单|公告|函)",
                    without_spaces(b),
                )
    if not texts:
        m = running_text.find(r"(?:送达的?文书(?:名称)?|文书名称)[^：:]{0,8}[：:].{4,60}")
        texts = re.split(r"[、，]", re.sub(r"^[^：:]*[：:]", "", m.text)) if m else []
    for t in texts:
        g = vocab.guess(re.sub(r"[《》]|[^\u4e00-\u9fff（）()].*$", "", t.strip("《 ")))
        if g and g.kind not in kinds and g.kind not in ("送达回证", "其他"):
            kinds.append(g.kind)
    if not kinds:
        for source in (doc.title, _stem(doc.file)):
            rest = re.sub(r"^.*?送\s*达\s*回\s*[证执]|[（）()\-—_.\d]", "", source)
            rest = re.sub(r"^.*?[（(]", "", rest)
            g = vocab.guess(rest) if len(rest) > 1 else None
            if g is None and len(rest) > 1:
                g = next(
                    (
                        Guess(k, 0.7, "")
                        for k in (
                            "事先告知书",
                            "听证告知书",
                            "处罚决定书",
                            "责令改正通知书",
                            "催告书",
                            "听证通知书",
                        )
                        if rest.rstrip("书") in k or k in rest
                    ),
                    None,
                )
            if g and g.kind != "送达回证":
                kinds.append(g.kind)
                break
    return "、".join(kinds)


def _stem(path: str) -> str:
    return re.sub(r"\.[A-Za-z0-9]{2,5}$", "", path.rsplit("/", 1)[-1])


def _by_name(path: str, vocab: Vocabulary) -> Guess | None:
    stem = re.sub(r"^[\d.、\-_\s（）()]+", "", _stem(path))
    if re.match(r"证据\s*[-—_（(：]", stem) and "照片" not in stem:
        inner = vocab.guess(re.sub(r"^证据\s*[-—_（(：]", "", stem).rstrip("）)"))
        if inner is None or inner.kind in ("证据材料", "其他"):
            return Guess("证据材料", 0.8, f"文件名“{stem}”")
    g = vocab.guess(stem)
    return Guess(g.kind, round(g.confidence * 0.9, 3), f"文件名“{stem}”") if g else None


def _whole(source: SourceFile, vocab: Vocabulary, named: Guess | None) -> Start:
    """A file that is one document: by the first titles, then by name, then by what it says."""
    running_text = RunningText(source.path, source.pages)
    for ln in [ln for _, ln in running_text.lines[:6]]:
        head = without_spaces(ln.text)
        g = vocab.guess(head) if 2 < len(head) <= 40 and not _STOP.search(head) else None
        if g:
            return Start(0, g, head)
    opening = running_text.without_spaces[:120].replace("\n", "")
    m = re.search(r"(?:不予|当场|简易程序)?(?:行政)?处罚(?:处理)?决定书", opening)
    if m:
        return Start(0, vocab.guess(m.group(0)) or Guess("处罚决定书", 0.9, ""), m.group(0))
    if named:
        return Start(0, named, _stem(source.path))
    body = running_text.without_spaces
    if (
        re.search(r"处罚", body)
        and re.search(r"罚款|警告|拘留|没收|吊销|责令", body)
        and re.search(r"复议", body)
        and re.search(r"诉讼|起诉", body)
    ):
        return Start(0, Guess("处罚决定书", 0.7, "没有标题，内容为违法事实、处罚和救济途径"), "")
    return Start(0, Guess("其他", 0.3, "没有可识别的标题"), opening[:20])


def _starts(
    source: SourceFile, vocab: Vocabulary, named: Guess | None, catalogue: list[Entry] | None
) -> list[Start]:
    starts: list[Start] = []
    listed = _listed(source, catalogue or [], vocab)
    single = len(source.pages) <= 3 and named is not None
    for i, page in enumerate(source.pages):
        if not page.readable:
            if i in listed:
                starts.append(Start(i, listed[i][0], listed[i][1]))
            elif i == 0:
                starts.append(
                    Start(0, named or Guess("其他", 0.3, "扫描页，无法识别"), _stem(source.path))
                )
            continue
        found = _title(page, vocab)
        mark = next(
            (m for ln in page.lines if ln.cell is None and (m := _CONTINUED.search(ln.text))), None
        )
        if (
            mark
            and int(mark[1]) > 1
            and starts
            and not (
                found and found[0].kind != starts[-1].guess.kind and found[0].confidence >= 0.95
            )
        ):
            continue
        if (
            found
            and i == 0
            and named
            and found[0].kind != named.kind
            and named.confidence >= 0.85
            and found[0].confidence < 0.9
        ):
            found = (named, found[1])
        if (
            found
            and starts
            and found[0].kind == starts[-1].guess.kind
            and single
            and not _again(page, source.pages[0])
        ):
            continue
        if found:
            starts.append(Start(i, found[0], found[1]))
        elif i in listed and not _flows_on(source.pages, i):
            starts.append(Start(i, *_unknown(page, source.path, listed[i])))
        elif i == 0:
            starts.append(
                Start(
                    0, *_unknown(page, source.path, (named, _stem(source.path)) if named else None)
                )
            )
        elif not single and (h := _heading(page)) and not _flows_on(source.pages, i):
            starts.append(Start(i, *_unknown(page, source.path, None, h)))
    return starts or [Start(0, named or Guess("其他", 0.3, "空白页"), _stem(source.path))]


def _again(page: Page, first: Page) -> bool:
    """True when a page starts the very same form anew (two receipts in one file)."""
    a, b = (
        [without_spaces(ln.text) for ln in page.lines[:3]],
        [without_spaces(ln.text) for ln in first.lines[:3]],
    )
    return bool(set(a) & set(b))


def _flows_on(pages: tuple[Page, ...], i: int) -> bool:
    """True when the last paragraph of the page before was cut by the page end."""
    before = [ln for ln in pages[i - 1].lines if len(without_spaces(ln.text)) > 6] if i else []
    here = [ln for ln in pages[i].lines if len(without_spaces(ln.text)) > 1]
    if not before or not here or not before[-1].box or not here[0].box:
        return False
    full = before[-1].box[2] > 0.84 * pages[i].width and not re.search(
        r"[。；：）)]$", before[-1].text.strip()
    )
    return full and here[0].box[0] < 0.2 * pages[i].width and before[-1].cell is None


def _heads(page: Page) -> list[Line]:
    """Lines at the top of a page that may be a title: above the first form cell or sentence."""
    out = []
    for ln in page.lines[:10]:
        t = without_spaces(ln.text)
        if ln.cell is not None:
            break
        if re.fullmatch(r"[第共页\d\-—/\s]+|", t):
            continue
        out.append(ln)
        if len(t) > 34 or t.endswith(("。", "：", ":", "，")):
            break
    return out[:6]


def _title(page: Page, vocab: Vocabulary) -> tuple[Guess, str] | None:
    lines = _heads(page)
    body = sorted(ln.size for ln in page.lines if ln.size)
    normal = body[len(body) // 2] if body else 0
    best: tuple[Guess, str] | None = None
    for n, ln in enumerate(lines):
        for take in (1, 2):
            t = without_spaces("".join(x.text for x in lines[n : n + take]))
            if not 2 <= len(t) <= 40 or _STOP.search(t) or (take == 2 and n + 1 >= len(lines)):
                continue
            if ln.box and normal and ln.size < 0.9 * normal:
                continue
            if (
                ln.box
                and abs((ln.box[0] + ln.box[2]) / 2 - page.width / 2) > 0.13 * page.width
                and ln.size < 1.15 * normal
            ):
                continue
            g = vocab.guess(t)
            if g and (best is None or g.confidence > best[0].confidence + 0.02):
                best = (g, t)
        if best and best[0].confidence >= 0.95:
            break
    return best


def _heading(page: Page) -> str:
    """A short, centred line in larger type at the top of a page; '' when there is none."""
    lines = _heads(page)
    body = sorted(ln.size for ln in page.lines if ln.size)
    normal = body[len(body) // 2] if body else 0
    for ln in lines[:3]:
        t = without_spaces(ln.text)
        if ORGAN.search(t):
            continue
        centred = (
            ln.box is None or abs((ln.box[0] + ln.box[2]) / 2 - page.width / 2) < 0.1 * page.width
        )
        if 3 <= len(t) <= 30 and not _STOP.search(t) and centred and ln.size > 1.12 * normal:
            return t
    return ""


def _opening(page: Page) -> str:
    """The first line that may be a title where no type is larger than the rest; '' when there is
    none.
    """
    for ln in _heads(page)[:3]:
        t = without_spaces(ln.text)
        if (
            3 <= len(t) <= 24
            and not _STOP.search(t)
            and not ORGAN.search(t)
            and not re.search(r"〔|\d", t)
        ):
            return t
    return ""


def _unknown(
    page: Page, path: str, hint: tuple[Guess | None, str] | None, heading: str = ""
) -> tuple[Guess, str]:
    text = "".join(without_spaces(ln.text) for ln in page.lines)
    title = heading or _heading(page) or (hint[1] if hint else "") or _opening(page)
    if hint and hint[0]:
        return hint[0], title
    if len(text) < 800 and _WAIVES.search(text):
        return Guess("陈述申辩书", 0.8, f"“{title}”写明放弃陈述申辩或者听证"), title
    if _EVIDENCE.search(text):
        return Guess("证据材料", 0.75, f"“{title}”下有证明内容、来源或核对说明"), title
    return Guess("其他", 0.4, f"“{title}”不是已知的文书名称"), title


_UNTITLED = (
    "证据材料",
    "现场照片",
    "当事人身份证明",
    "检验检测报告",
    "缴款凭证",
    "公示记录",
    "授权委托书",
    "陈述申辩书",
    "其他",
)  # papers of other hands and pictures


def _listed(
    source: SourceFile, catalogue: list[Entry], vocab: Vocabulary
) -> dict[int, tuple[Guess | None, str]]:
    """Page index -> (kind, title) as the catalogue of a merged file tells."""
    if not catalogue or len(source.pages) < 6:
        return {}
    labels = page_labels(source.pages)
    first = min(
        printed_labels(source.pages).values(), default=0
    )  # what lies before is cover and catalogue
    out: dict[int, tuple[Guess | None, str]] = {}
    for e in catalogue:
        index = labels.get(e.page_from) if e.page_from else None
        if index is None:
            continue
        page = source.pages[index]
        top = "".join(without_spaces(ln.text) for ln in page.lines[:4])
        g = vocab.guess(e.title)
        if (
            page.readable
            and g
            and g.kind not in _UNTITLED
            and fuzz.partial_ratio(e.title[:12], top) < 70
        ):
            # such papers bear their title; a page without it is a page of another paper, and the
            # printed number is wrong
            continue
        if (
            page.readable
            and fuzz.partial_ratio(e.title[:12], top) < 70
            and (index in out or index < first)
        ):
            continue
        out[index] = (
            (
                Guess(
                    g.kind, round(0.9 * g.confidence, 3), f"卷内目录第 {e.page_from} 页“{e.title}”"
                )
                if g
                else None
            ),
            e.title,
        )
    return out


def catalogue_of(source: SourceFile, documents: list[Document]) -> list[Entry]:
    """Entries of the 卷内目录 found in ``source``."""
    out: list[Entry] = []
    for d in documents:
        if d.kind == "卷内目录" and d.file == source.path:
            out += entries_of(RunningText(source.path, source.pages[d.page_from - 1 : d.page_to]))
    return out
