"""A story told by a house: the values that all papers of a case share."""

from __future__ import annotations

from typing import Any

from drawing.house import House
from drawing.writing import article

Story = dict[str, Any]
# Kind -> where the story keeps the day of this paper.
MADE = {
    "立案审批表": ("days", "filing"),
    "责令改正通知书": ("correction", "day"),
    "事先告知书": ("notice", "day"),
    "听证告知书": ("notice", "day"),
    "听证通知书": ("hearing", "notice_day"),
    "处罚决定书": ("penalty", "day"),
    "责令限期拆除决定书": ("order", "day"),
    "拆除公告": ("announcement", "day"),
    "催告书": ("urge", "day"),
    "延长查封扣押": ("extension", "day"),
    "解除查封扣押决定书": ("release", "day"),
    "检查通知书": ("notice", "day"),
    "检查结果告知书": ("outcome", "day"),
    "补正告知书": ("application", "day"),
    "材料接收凭证": ("receipt_slip", "day"),
    "受理通知书": ("acceptance", "day"),
}


class Case:
    """A story told by a house: shared values of all its papers."""

    def __init__(self, house: House, story: Story):
        self.h, self.s, self.party = house, story, story["party"]
        house.case_salt = str(story["n"])
        self.dice = house.words.dice(f"case.{story['n']}")
        self.v = next(x for x in house.violations if x["id"] == story["violation"])
        self.year = story["days"]["decide"].year
        base = house.words.dice("numbers").randrange(3, 60)
        self.n = base + story["n"] * 3
        self.numbers: dict[str, str] = {}
        self.titles: dict[str, str] = {}
        place, days = self.party["place"], story["days"]
        self.slots = {
            "party": self.party["name"],
            "place": place,
            "cause": story["cause"],
            "began": house.date(days["began"]),
            "found": house.date(days["found"]),
        }
        self.facts = self.v.get("情节", "").format(**self.slots)
        if story.get("ended"):
            self._old(house.date(story["ended"]))
        self.correction = self.v.get("改正", "")
        self.photos = len(story.get("photos") or [])
        self.sum_noun = "罚没款" if story.get("confiscated") else "罚款"

    def _old(self, ended: str) -> None:
        """An act that ended long ago: told so, and nothing of it is seen any more."""
        told = self.v.get("情节", "").format(**{**self.slots, "found": ended})
        scene, slots = self.v["所见"], {**self.slots, "ended": ended}
        asked = self.h.words.pick("papers", "时效问答")
        self.facts = self.h.say("papers", "时效事实", told=told, **slots)
        self.v = {
            **self.v,
            "所见": self.h.say("papers", "时效所见", scene=scene, **slots),
            "问答": [*self.v["问答"], [x.format(**slots) for x in asked]],
        }

    def number(self, kind: str) -> str:
        """The number of this case's paper of a kind."""
        if kind not in self.numbers:
            self.numbers[kind] = self.h.number(kind, self.n, self._year(kind))
        return self.numbers[kind]

    def _year(self, kind: str) -> int:
        """The year in which a paper was made; that of the decision where the file lacks it."""
        paper, key = MADE.get(kind, ("days", "decide"))
        found: Story = self.s.get(paper) or {}
        day = found.get(key) or self.s["days"]["decide"]
        return int(day.year)

    def main_number(self) -> str:
        """The number by which the case is known."""
        return self.number(str(self.s.get("main", "处罚决定书")))

    def outcome(self, fine: int) -> str:
        """What was decided, in short: this fine, and what was confiscated."""
        s = self.s
        told = self.h.say("stages", "处罚摘要", figures_plain=fine)
        taken = f"；没收违法所得{s['confiscated']}元" if s.get("confiscated") else ""
        return str(s.get("result") or told + taken)

    def law(self, which: str, item: Any = None, state: str = "article") -> str:
        """The provision that was broken (违反) or that punishes (依据)."""
        where = list(self.v[which])
        if state == "law":
            where = []
        elif state == "beyond":
            where = [self.v["last"] + 13, 0, 0]
        elif item:
            where[0] = where[0] + 1 if where[0] < self.v["last"] - 2 else where[0] - 1
        return article(self.v["法"], where, self.h.brackets)

    def penalty(self, fine: int, in_words: int | None = None, named: bool = True) -> str:
        """The penalty in one phrase."""
        parts = [self.h.money("罚款写法", fine, in_words)] if named else []
        if self.s.get("confiscated") and named:
            parts.insert(0, self.h.money("没收写法", self.s["confiscated"]))
        if not named:
            return "依法处理"
        if len(parts) == 1:
            return parts[0]
        return "".join(f"{i}.{p}；" for i, p in enumerate(parts, 1)).rstrip("；")

    def evidence_of_penalty(self) -> dict[str, str]:
        """Evidence named in a penalty decision that is enclosed in another file."""
        names = [self.h.title("现场检查笔录"), self.h.title("询问笔录"), "现场照片"]
        numbered = "；".join(f"{i}.{x}" for i, x in enumerate(names, 1))
        return {"list": "、".join(names), "numbered": numbered}

    def evidence_names(self) -> list[str]:
        """The evidence as listed in report and decision."""
        s = self.s
        names = []
        if s["inspection"]:
            names.append(self.h.title("现场检查笔录"))
        if s["interviews"]:
            names.append(self.h.title("询问笔录"))
        names += ["现场照片"] if self.photos else []
        names += [e["name"] for e in s["evidence"]]
        if s["identity"]:
            names.append("当事人身份证复印件" if self.party["kind"] == "个人" else "营业执照复印件")
        return names

    def evidence(self) -> dict[str, str]:
        """Slots for lists of evidence."""
        names = self.evidence_names()
        dated = [f"{x}{self.photos}张" if x == "现场照片" else f"{x}1份" for x in names]
        mark = self.h.words.dice("mark").choice(["{}.{}", "（{}）{}", "证据{}：{}", "{}、{}"])
        numbered = "；".join(mark.format(i, x) for i, x in enumerate(dated, 1))
        return {"list": "、".join(names), "numbered": numbered}

    def say(self, file: str, key: str, **slots: Any) -> str:
        """A sentence with the slots of this case."""
        ready = {
            **self.slots,
            "facts": self.facts,
            "correction": self.correction,
            "sum_noun": self.sum_noun,
            "lenient": self.v.get("情形", ""),
            "officers": self.h.names([o[0] for o in self.s["officers"]]),
            **slots,
        }
        return self.h.say(file, key, **ready)

    def party_rows(
        self, code: str = "", name: str = "", address: bool = True
    ) -> list[tuple[str, str]]:
        """The party as fields."""
        h, p = self.h, self.party
        person = p["kind"] == "个人"
        rows = [(h.label("当事人"), name or p["name"])]
        rows.append((h.label("身份证号" if person else "证照号码"), code or p["code"]))
        if not person:
            rows.append((h.label("法定代表人"), p["owner"]))
        if address:
            rows.append((h.label("地址"), p["address"]))
        return rows

    def notice_title(self) -> str:
        """The title that this case's notice bears."""
        return self.titles.get("事先告知书") or self.h.title("事先告知书")

    def other_party(self) -> str:
        """The party's name with a slip in it."""
        name = str(self.party["name"])
        if self.party["kind"] == "个人":
            return name[:-1] + ("军" if name[-1] != "军" else "华")
        sign_ = next(x for x in self.h.words.options("names", "字号") if x in name)
        return name.replace(sign_, sign_[::-1] if sign_[::-1] != sign_ else "东升")
