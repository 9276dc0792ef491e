"""Points as a standard writes them: numbers, spans, and what each fault costs. Each reader takes a
value of the YAML and raises ValueError with a sentence when it is none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from casereview.rules.kinds.kind import Declared, Of
from casereview.yamlfile import LineDict

COUNTED = ("处", "项")  # what may be counted: 每处 1, 每项 1
SPAN_SIGNS = ("～", "~", "—", "-", "至", "到")
# a list of names with points instead of a mapping: [{情形: …, 扣: 1}]
NAME_KEYS, AMOUNT_KEYS = ("情形", "档", "名称"), ("扣", "得", "不低于")
Complain = Callable[[LineDict, str, str], None]  # the row, its key, a sentence
AnyDeclared = TypeVar("AnyDeclared", bound=Declared)


@dataclass(frozen=True)
class Price:
    """What one fault costs. ``each``: 处 or 项 where every place or thing costs it again."""

    name: str
    points: Decimal
    each: str = ""

    @property
    def title(self) -> str:
        """What to call it in a complaint."""
        return self.name or f"每{self.each}扣"

    def written(self) -> str:
        """As it stands in YAML."""
        return f"每{self.each} {plain(self.points)}" if self.each else plain(self.points)

    def sentence(self) -> str:
        """For people."""
        return f"{self.name}{'每' + self.each if self.each else ''}扣 {plain(self.points)} 分"


def plain(v: Decimal) -> str:
    """A number without needless noughts."""
    return f"{v.normalize():f}"


def points_of(value: object) -> Decimal:
    """Points, from nought up."""
    try:
        if isinstance(value, bool):
            raise InvalidOperation
        points = Decimal(str(value).removesuffix("分").strip())
        if not points.is_finite() or points < 0:
            raise InvalidOperation
        return points
    except InvalidOperation:
        raise ValueError(f"“{value}”不是不小于零的数") from None


def _span_of(value: object) -> tuple[Decimal, ...]:
    """[1, 5], or 1-5 as people write it."""
    for sign in SPAN_SIGNS if isinstance(value, str) else ():
        value = value.split(sign) if isinstance(value, str) and sign in value else value
    if not isinstance(value, list) or len(value) != 2:
        raise ValueError("要写成 [最少, 最多]，例如 [1, 5]")
    low, high = map(points_of, value)
    if low > high:
        raise ValueError("要先写最少、后写最多")
    return low, high


def _prices_of(value: object) -> tuple[Price, ...]:
    return tuple(_price_of(name, said) for name, said in _pairs(value))


def _price_of(name: str, said: object) -> Price:
    text = str(said).strip()
    for each in COUNTED:
        if text.startswith("每" + each):
            return Price(name, points_of(text.removeprefix("每" + each).strip()), each)
    return Price(name, points_of(said))


def _numbers_of(value: object) -> tuple[tuple[str, Decimal], ...]:
    return tuple((name, points_of(said)) for name, said in _pairs(value))


def _pairs(value: object) -> list[tuple[str, object]]:
    """Names with points, in a mapping or one by one in a list."""
    if isinstance(value, dict) and value:
        return [(str(name), said) for name, said in value.items()]
    if isinstance(value, list) and value:
        return [_pair(row) for row in value]
    raise ValueError("要写成 {名称: 分数, 名称: 分数}")


def _pair(row: object) -> tuple[str, object]:
    given = row if isinstance(row, dict) else {}
    names = [given[k] for k in NAME_KEYS if k in given]
    amounts = [given[k] for k in AMOUNT_KEYS if k in given]
    if len(given) != 2 or len(names) != 1 or len(amounts) != 1:
        raise ValueError(
            "的每一行要写成 {情形: 文字, 扣: 分数}（等次写 {名称: 文字, 不低于: 分数}）"
        )
    return str(names[0]), amounts[0]


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError("要写整数")
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("只能写 true 或 false")
    return value


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


_READ: dict[Of, Callable[[object], Any]] = {
    Of.POINTS: points_of,
    Of.SPAN: _span_of,
    Of.PRICES: _prices_of,
    Of.NUMBERS: _numbers_of,
    Of.INTEGER: _whole,
    Of.FLAG: _flag,
    Of.TEXTS: _texts,
    Of.CHOICE: str,
}


def read_declared(cls: type[AnyDeclared], row: LineDict, complain: Complain) -> AnyDeclared:
    """What a row says by the keys of a declared class; other keys are not looked at, and a value
    that cannot be meant is complained of and left out.
    """
    got = {}
    for name, f in cls.keys().items():
        if row.get(name) is None:
            continue
        choices = f.metadata["choices"]
        if choices and row[name] not in choices:
            complain(row, name, f"{name}只能写 {'、'.join(choices)}")
            continue
        try:
            got[f.name] = _READ[f.metadata["of"]](row[name])
        except ValueError as e:
            complain(row, name, f"{name}{e}")
    return cls(**got)
