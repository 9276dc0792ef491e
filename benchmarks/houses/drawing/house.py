"""A house: how one unit writes. All its papers ask it for titles, labels, sentences and layouts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from drawing.layout import columns, lines
from drawing.paper import Block, Paper, sign
from drawing.unit import Unit, draw_unit
from drawing.words import Words, table
from drawing.writing import capital, clock_text, date_text

MEDIA = ("pdf", "merged", "docx", "parts", "mixed", "scan")
COPY_WORDS = (
    "原件",
    "截图",
    "打印",
    "照片",
    "结论",
    "意见",
    "说明",
    "核算书",
    "成果表",
    "测绘",
    "勘测",
)
# What answers another sentence is the one in the same place of its list.
PAIRED = {"申辩答复": "申辩理由"}


class House:
    """The ways of one unit, drawn from one part of the vocabulary."""

    def __init__(self, part: str, seed: int, medium: str = "", procedure: str = "ordinary"):
        self.words = Words(part, f"{procedure}.{seed}")
        self.part, self.seed, self.procedure = part, seed, procedure
        violations = matters(procedure, part)
        sectors = sorted({v["部门"] for v in violations})
        self.sector = sectors[seed * 7 % len(sectors)]
        self.violations = [v for v in violations if v["部门"] == self.sector]
        self.unit: Unit = draw_unit(self.words, self.sector)
        self.medium = medium or MEDIA[seed % len(MEDIA)]
        rng = self.words.dice("habits")
        self.discussed_first = rng.random() < 0.4
        self.correction_paper = rng.random() < 0.75
        self.always_recheck = rng.random() < 0.6
        self.always_review = rng.random() < 0.6
        self.source_paper = rng.random() < 0.6
        self.address_paper = rng.random() < 0.5
        self.signed_on_notice = rng.random() < 0.2
        self.hearing_paper = rng.random() < 0.35
        self.recordings = rng.random() < 0.5
        self.backup_paper = rng.random() < 0.7
        self.defence_days = rng.choice([3, 5])
        self.spread = rng.random() < 0.3
        self.brackets = rng.random() < 0.6
        self.varies = rng.random() < 0.3
        self.forms = rng.random() < 0.6
        self.pads_names = rng.random() < 0.2
        self.letters_first = rng.random() < 0.5
        self.by_hand = self.shape("签名") == "手写"
        self.dates_by_hand = self.by_hand and rng.random() < 0.4
        self.case_salt = ""
        self.long_catalogue = False

    # -------------------------------------------------------------- choices
    def shape(self, key: str) -> Any:
        """A layout choice that holds for the whole house."""
        return self.words.pick("shapes", key)

    def title(self, kind: str) -> str:
        """The printed title of a kind of paper."""
        return str(self.words.pick("titles", kind))

    def label(self, field: str) -> str:
        """The label of a field; short ones are spread in some houses."""
        text = str(self.words.pick("labels", field))
        if self.spread and len(text) == 2:
            return f"{text[0]}　{text[1]}"
        return text

    def field(self, name: str) -> str:
        """A label or a word of one house that stands beside others and is never spread."""
        return str(self.words.pick("fields", name))

    def among(self, name: str, dice: str) -> str:
        """A word of `fields` that a throw of its own chooses."""
        return str(self.words.dice(dice).choice(self.words.options("fields", name)))

    def say(self, file: str, key: str, **slots: Any) -> str:
        """A sentence of this house with its slots filled."""
        salt = self.case_salt if self.varies else ""
        dice = self.words.dice(f"{file}.{PAIRED.get(key, key)}.{salt}")
        text = str(dice.choice(self.words.options(file, key)))
        return text.format(**{**self.standing(), **slots})

    def standing(self) -> dict[str, Any]:
        """Slots that are the same in all papers of the unit."""
        u = self.unit
        return {
            "agency": u.agency,
            "province": u.province,
            "region": u.place,
            "sector": u.sector,
            "bank": u.bank,
            "account": u.account,
            "phone": u.phone,
            "office": u.office,
            "unit": u.team,
            "payee": self._named("收款户"),
            "paycode": u.account[:15],
            "website": self._named("网站"),
            "officer": u.officers[0][0],
        }

    def _named(self, key: str) -> str:
        """A name of this house with the places of its unit."""
        u = self.unit
        text = str(self.words.pick("names", key))
        return text.format(province=u.province, city=u.city, place=u.place)

    # -------------------------------------------------------------- how values are written
    def date(self, day: dt.date | None) -> str:
        """A date in running text or a field."""
        return date_text(day, self.shape("日期")) if day else ""

    def pen(self, day: dt.date | None) -> str:
        """A date beside a signature: written by hand where the house does so."""
        return sign(self.date(day)) if self.dates_by_hand else self.date(day)

    def issued(self, day: dt.date | None) -> str:
        """A date under a paper."""
        return date_text(day, self.shape("落款日期")) if day else ""

    def span(self, day: dt.date, begin: str, end: str) -> str:
        """Begin and end of a record, in one field."""
        way = self.words.dice("span").choice(self.words.options("shapes", "时段"))
        b, e = (clock_text(x, way["钟"]) if x else "" for x in (begin, end))
        return str(way["全" if e else "缺"].format(date=self.date(day), b=b, e=e))

    def names(self, names: list[str]) -> str:
        """Names side by side."""
        glue = self.words.dice("names").choice(["、", "　", "，"])
        return glue.join(names)

    def signed(self, names: list[str]) -> str:
        """Signatures side by side."""
        return "　".join(sign(n) for n in names)

    def certified(self, officers: list[list[str]], certificates: bool) -> str:
        """Officers with the numbers of their certificates."""
        if not certificates:
            return self.names([o[0] for o in officers])
        word = self.label("执法证号").replace("　", "")
        style = self.words.dice("certified").randrange(3)
        if style == 0:
            return "、".join(f"{n}（{word}：{c}）" for n, c in officers)
        if style == 1:
            return "；".join(f"{n}，{word}{c}" for n, c in officers)
        return "　".join(f"{n} {word}：{c}" for n, c in officers)

    def money(self, kind: str, amount: int, in_words: int | None = None) -> str:
        """罚款 or 没收 with figures and capitals."""
        return self.say(
            "decision",
            kind,
            capital=capital(amount if in_words is None else in_words),
            figures=f"{amount:,}.00",
            figures_plain=amount,
            figures_short=f"{amount / 10000:g}万" if amount >= 10000 else amount,
        )

    def number(self, kind: str, n: int, year: int) -> str:
        """The number of a paper."""
        words = self.words.table("shapes")["文字"]
        word = self.words.dice(f"word.{kind}").choice(words.get(kind, words["其他"]))
        short = self.unit.short
        if word[0] == short[-1]:
            word = word[1:] or word
        return str(self.shape("文号")).format(
            short=short,
            word=word,
            year=year,
            n=n,
            region=self.unit.place[:2],
            unit=self.unit.sector[:1],
        )

    # -------------------------------------------------------------- layouts
    def start(self, kind: str, title: str = "", number: str = "", agency: bool = True) -> Paper:
        """A paper with its title block, running head and foot."""
        title = title or self.title(kind)
        paper = Paper(kind, title, number=number)
        form = 1 + self.words.dice(f"form.{kind}").randrange(60)
        if self.forms:
            paper.head = self.shape("眉").format(form=f"{form:02d}", **self.standing())
        paper.head_at = self.shape("眉位")
        paper.foot = self.shape("脚")
        style, place = self.shape("标题"), self.shape("文号位置")
        shown = f"{title}（{number}）" if number and place == "题内" else title
        if number and place in ("题上居左", "题上居右"):
            shown_number = f"编号：{number}" if self.letters_first else number
            paper.add("line" if place == "题上居左" else "right", shown_number)
        lines = [shown]
        if agency and style == "机关在上":
            lines = [self.unit.agency, shown]
        elif agency and style == "合行":
            lines = [self.unit.agency + shown]
        paper.add("title", lines)
        if number and place in ("题下居右", "题下居中"):
            paper.add("right" if place == "题下居右" else "center", number)
        return paper

    def form(self, rows: list[tuple[str, str]], style: str = "") -> list[Block]:
        """Fields in the layout of the house."""
        swapped = {"行": "行式", "两列": "列式"}.get(style)
        style = self.shape(swapped or "表格") if swapped or not style else style
        return lines(rows, style) or columns(rows, style, self.field("并头"))

    def opinion(
        self, label: str, text: str, name: str, day: dt.date | None
    ) -> list[tuple[str, str]]:
        """A box with an opinion, a signature and a date, as fields of a form."""
        style = self.shape("意见栏")
        date = self.pen(day)
        if style == "另栏":
            short = label.replace("意见", "").replace("审批", "").replace("批示", "") or label
            signed = (f"{short}{self.field('签名')}", sign(name))
            return [(label, text), signed, (self.field("签名日期"), date)]
        if style == "签字日期行":
            both = "　".join(x for x in (sign(name), date) if x)
            return [(label, text), (f"{self.field('签名')}/{self.field('签名日期')}", both)]
        if style == "签在前":
            head = "　".join(x for x in (sign(name), date) if x)
            return [(label, f"{head}\n{text}")]
        if style == "日期在前":
            return [(label, f"{text}\n　　　　{date}　{sign(name)}")]
        if style == "横线":
            return [(label, f"{text}\n{self.field('签名')}：__{sign(name)}__　{date}")]
        if style == "括号":
            inner = "　".join(x for x in (sign(name), date) if x)
            gap = "\n" if self.by_hand else ""
            return [(label, f"{text}{gap}（{inner}）")]
        if style == "分行":
            return [(label, f"{text}\n{sign(name)}\n{date}")]
        if style == "三列":
            return [(label, f"{text}\n签名：{sign(name)}\n日期：{date}")]
        return [(label, f"{text}\n　　签名：{sign(name)}　　{date}")]

    def issue(self, paper: Paper, agency: str, day: dt.date | None, sealed: bool = True) -> None:
        """Agency, date and seal at the end of a paper."""
        paper.add("issue", agency, self.issued(day), sealed)
        paper.day = self.date(day)

    def copies(self, story: dict[str, Any]) -> list[str]:
        """Which copied documents the file holds."""
        violation = next(v for v in self.violations if v["id"] == story["violation"])
        if "证据" not in violation:
            return []
        names = [x.replace("复印件", "") for x in violation["证据"]]
        return [x for x in names if not any(w in x for w in COPY_WORDS)][:2]


def matters(procedure: str, part: str) -> list[dict[str, Any]]:
    """What the cases of a procedure can be about."""
    if procedure in ("summary", "licence"):
        entries = table("procedures", part)["当场违法" if procedure == "summary" else "许可事项"]
        return [{"id": e.get("案由") or e["item"], **e} for e in entries]
    found: list[dict[str, Any]] = table("violations", part)["案件"]
    if procedure == "nopenalty":
        return [v for v in found if v["金额"][0][0] < 20000 and not v.get("再犯")]
    return found
