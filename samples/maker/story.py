"""The invented cases: who, what, when, and which faults were put in. Every name, number and place
is made up.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def resident_id(seventeen: str) -> str:
    """Add the check digit of a resident ID (area 990000 does not exist)."""
    return (
        seventeen
        + "10X98765432"[sum(int(a) * w for a, w in zip(seventeen, WEIGHTS, strict=True)) % 11]
    )


def credit_code(seventeen: str) -> str:
    """Add the check character of a unified social credit code."""
    total = sum(ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(seventeen))
    return seventeen + ALPHABET[(31 - total % 31) % 31]


@dataclass(frozen=True)
class Case:
    """One case. ``faults``: ids that must fail; ``shape``: files, merged, merged-plain, docx."""

    folder: str
    unit: str
    short: str
    party: str
    code: str
    address: str
    person: str
    cause: str
    place: str
    broke: str
    ground: str
    told: str
    number: int
    year: int
    begun: dt.date
    fine: int
    capital: str
    officers: tuple[tuple[str, str], tuple[str, str]]
    shape: str
    hearing: bool = False
    faults: tuple[str, ...] = ()
    source: str = "日常巡查"
    leader: str = "樊启明"
    reviewer: str = "蒲青岚"
    head: str = "尚闻笛"
    dates: dict[str, dt.date] = field(default_factory=dict)

    @property
    def personal(self) -> bool:
        """A natural person."""
        return len(self.party) <= 4

    def on(self, name: str) -> dt.date:
        """A day of the case by name."""
        return self.dates[name]

    def doc(self, word: str, year: int | None = None) -> str:
        """A document number."""
        return f"{self.short}{word}〔{year or self.year}〕{self.number}号"


WATER = "芦汀县水务局"
FARM = "栖霞岭县农业农村局"
RIVER = dict(
    cause="未经批准擅自在河道管理范围内建设围堤",
    broke="《中华人民共和国水法》第三十八条第一款",
    ground="《中华人民共和国水法》第六十五条第二款",
    told=(
        "在芦汀县青苇河右岸河道管理范围内用土石修筑围堤一道，长约四十二米，"
        "没有取得河道管理范围内建设项目的批准手续"
    ),
)
WELL = dict(
    cause="未经批准擅自取水",
    broke="《中华人民共和国水法》第四十八条第一款",
    ground="《中华人民共和国水法》第六十九条第（一）项",
    told="在厂区东北角凿有机井一眼，安装潜水泵取用地下水用于产品冷却，没有办理取水许可证",
)
SEED = dict(
    cause="经营的种子没有建立保存档案",
    broke="《中华人民共和国种子法》第三十六条",
    ground="《中华人民共和国种子法》第七十九条第（四）项",
    told="在门店内销售玉米种子，没有建立种子生产经营档案，进销去向无法查清",
)
PEST = dict(
    cause="经营假农药",
    broke="《农药管理条例》第四十四条第一款",
    ground="《农药管理条例》第五十五条第一款第（二）项",
    told="在门店货架上陈列销售的农药经检验有效成分与标签标注不符",
)

W_OFF = (("程雨舟", "99010112001"), ("罗松涛", "99010112002"))
F_OFF = (("邵见秋", "99020233011"), ("裴小满", "99020233012"))


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def plan(filed: str, **changes: str) -> dict[str, dt.date]:
    """The usual days of a case that was filed on ``filed`` (a weekday), with changes."""
    start = _day(filed)
    days = {
        "found": start - dt.timedelta(1),
        "inspect": start - dt.timedelta(1),
        "file": start,
        "ask": start + dt.timedelta(2),
        "order": start + dt.timedelta(1),
        "report": start + dt.timedelta(14),
        "review": start + dt.timedelta(20),
        "notice": start + dt.timedelta(23),
        "notice_served": start + dt.timedelta(24),
        "meeting": start + dt.timedelta(44),
        "approve": start + dt.timedelta(45),
        "decide": start + dt.timedelta(45),
        "served": start + dt.timedelta(48),
        "publish": start + dt.timedelta(50),
        "pay": start + dt.timedelta(55),
        "recheck": start + dt.timedelta(20),
        "close": start + dt.timedelta(65),
        "archive": start + dt.timedelta(80),
        "began": start - dt.timedelta(40),
    }
    return days | {k: _day(v) for k, v in changes.items()}


CASES = (
    Case(
        "芦水罚决〔2025〕11号 青苇河砂石有限公司",
        WATER,
        "芦水",
        "芦汀县青苇河砂石有限公司",
        credit_code("91990101MA0QW1E2R"),
        "芦汀县临江镇渡口路18号",
        "项文澜",
        **RIVER,
        place="芦汀县临江镇青苇河右岸",
        number=11,
        year=2025,
        begun=_day("2025-02-01"),
        fine=20000,
        capital="贰万元整",
        officers=W_OFF,
        shape="files",
        dates=plan("2025-03-12"),
    ),
    Case(
        "芦水罚决〔2025〕14号 禾盛建材厂",
        WATER,
        "芦水",
        "芦汀县禾盛建材厂",
        credit_code("92990101MA0T3Y4U5"),
        "芦汀县东皋镇工业路6号",
        "戚长河",
        **WELL,
        place="芦汀县东皋镇工业路6号厂区",
        number=14,
        year=2025,
        begun=_day("2025-03-01"),
        fine=30000,
        capital="叁万元整",
        officers=W_OFF,
        shape="files",
        faults=(
            "decision.remedies",
            "service.within-7-days",
            "subject.recusal-informed",
            "recording.av-described",
        ),
        dates=plan(
            "2025-04-09",
            served="2025-06-16",
            publish="2025-05-28",
            pay="2025-06-20",
            close="2025-06-27",
            archive="2025-07-10",
        ),
    ),
    Case(
        "芦水罚决〔2025〕19号 云岫酒店",
        WATER,
        "芦水",
        "芦汀县云岫酒店有限公司",
        credit_code("91990101MA0P5T6D7"),
        "芦汀县云岫街道观湖路2号",
        "燕南归",
        **WELL,
        place="芦汀县云岫街道观湖路2号酒店后院",
        number=19,
        year=2025,
        begun=_day("2025-05-06"),
        fine=25000,
        capital="贰万伍仟元整",
        officers=W_OFF,
        shape="merged",
        dates=plan("2025-06-11"),
    ),
    Case(
        "芦水罚决〔2025〕23号 平沙水产",
        WATER,
        "芦水",
        "芦汀县平沙水产养殖专业合作社",
        credit_code("93990101MA0K8F9G0"),
        "芦汀县平沙乡大圩村",
        "滕秋水",
        **RIVER,
        place="芦汀县平沙乡青苇河左岸",
        number=23,
        year=2025,
        begun=_day("2025-06-02"),
        fine=18000,
        capital="壹万捌仟元整",
        officers=W_OFF,
        shape="merged-plain",
        faults=(
            "filing.approved",
            "publicity.within-7-workdays",
            "archive.catalogue",
            "decision.amount-consistent",
        ),
        dates=plan("2025-07-09", publish="2025-09-26"),
    ),
    Case(
        "栖农罚〔2025〕5号",
        FARM,
        "栖农",
        "栖霞岭县丰穗种业经营部",
        credit_code("92990202MA0B1N2M3"),
        "栖霞岭县白鹭镇集贸市场西侧3号",
        "佟一禾",
        **SEED,
        place="栖霞岭县白鹭镇集贸市场西侧3号门店",
        number=5,
        year=2025,
        begun=_day("2025-03-03"),
        fine=5000,
        capital="伍仟元整",
        officers=F_OFF,
        shape="docx",
        leader="阚正清",
        reviewer="隋知微",
        head="穆怀谷",
        dates=plan("2025-03-26"),
    ),
    Case(
        "栖农罚〔2025〕9号",
        FARM,
        "栖农",
        "封小川",
        resident_id("99020219860704121"),
        "栖霞岭县乌桕乡石门村七组",
        "封小川",
        **PEST,
        place="栖霞岭县乌桕乡石门村农资店",
        number=9,
        year=2025,
        begun=_day("2025-04-01"),
        fine=6000,
        capital="陆仟元整",
        officers=F_OFF,
        shape="docx",
        leader="阚正清",
        reviewer="隋知微",
        head="穆怀谷",
        faults=(
            "notice.defence-right",
            "evidence.record-signed-by-officers",
            "publicity.privacy-masked",
            "archive.no-blank-fields",
        ),
        dates=plan("2025-05-07"),
    ),
    Case(
        "栖农罚〔2025〕13号",
        FARM,
        "栖农",
        "栖霞岭县稻香农资有限公司",
        credit_code("91990202MA0H7J8L9"),
        "栖霞岭县白鹭镇稻香路9号",
        "费云帆",
        **PEST,
        place="栖霞岭县白鹭镇稻香路9号门店",
        number=13,
        year=2025,
        begun=_day("2025-05-05"),
        fine=50000,
        capital="伍万元整",
        officers=F_OFF,
        shape="docx",
        hearing=True,
        leader="阚正清",
        reviewer="隋知微",
        head="穆怀谷",
        faults=("hearing.notice-7-days", "hearing.presider-independent"),
        dates=plan(
            "2025-06-04",
            hearing_notice="2025-07-04",
            hearing="2025-07-09",
            review="2025-07-14",
            meeting="2025-07-18",
        ),
    ),
    Case(
        "栖农罚〔2025〕16号",
        FARM,
        "栖农",
        "栖霞岭县秋圃种苗有限公司",
        credit_code("91990202MA0U4C5X6"),
        "栖霞岭县乌桕乡苗圃路1号",
        "臧晚照",
        **SEED,
        place="栖霞岭县乌桕乡苗圃路1号门店",
        number=16,
        year=2025,
        begun=_day("2025-07-01"),
        fine=4000,
        capital="肆仟元整",
        officers=F_OFF,
        shape="docx",
        leader="阚正清",
        reviewer="隋知微",
        head="穆怀谷",
        faults=(
            "filing.present",
            "recording.stages-covered",
            "notice.before-decision",
            "execution.payment-matches",
        ),
        dates=plan("2025-08-06", notice_served="2025-09-22"),
    ),
)
