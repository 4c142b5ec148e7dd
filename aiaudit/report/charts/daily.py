"""The days: one bar each, what is above expectation marked, the right-sized level as a line."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Final

from aiaudit.report.measure import fit, width
from aiaudit.report.svg import Box, Svg, steps

_WIDTH, _HEIGHT, _TOP, _BASE, _LEFT, _RIGHT = 1040.0, 236.0, 52.0, 200.0, 62.0, 930.0
_SIZE: Final = 12.5
_ROOM: Final = 230.0
_LABELS: Final = 3  # anomalies with words in the chart; the table has them all
_NICE: Final = (Decimal(1), Decimal("2.5"), Decimal(2), Decimal(5), Decimal(10))
_LEVELS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day: its cost, what of it is above expectation, and whether it is a weekend."""

    label: str
    cost: Decimal
    excess: Decimal
    right_sized: Decimal
    weekend: bool
    cause: str = ""
    excess_label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Daily:
    """The days of a period, with the label of the right-sized line; `places` of the axis."""

    days: tuple[Day, ...]
    line_label: tuple[str, str]
    axis_places: int
    desc: str

    def svg(self) -> str:
        """Return the days as an SVG element."""
        svg = Svg("daily", (_WIDTH, _HEIGHT), "Cost by day", self.desc)
        _Drawing(self, svg).draw()
        return str(svg)


class _Drawing:
    def __init__(self, daily: Daily, svg: Svg) -> None:
        self.daily, self.svg = daily, svg
        self.slot = (_RIGHT - _LEFT) / len(daily.days)
        self.tick, self.top = _axis(max(day.cost for day in daily.days))

    def draw(self) -> None:
        self._grid()
        every = max(1, -(-len(self.daily.days) // 7))
        for place, day in enumerate(self.daily.days):
            self._bar(place, day)
            if place % every == 0:
                self.svg.text((self._middle(place), _BASE + 20), day.label, "lab", "middle")
        self._level()
        self._causes()

    def _middle(self, place: int) -> float:
        return _LEFT + self.slot * (place + 0.5)

    def _y(self, amount: Decimal) -> float:
        return _BASE - float(amount / self.top) * (_BASE - _TOP)

    def _grid(self) -> None:
        level = Decimal(0)
        while level <= self.top:
            y = self._y(level)
            self.svg.line((_LEFT, y), (_RIGHT, y), "grid" if level else "axis")
            label = f"${level:,.{self.daily.axis_places}f}"
            self.svg.text((_LEFT - 8, y + 4), label, "lab", "end")
            level += self.tick

    def _bar(self, place: int, day: Day) -> None:
        wide = max(self.slot * 0.68, 0.8)
        x = self._middle(place) - wide / 2
        top, normal = self._y(day.cost), self._y(day.cost - day.excess)
        self.svg.rect(Box(x, normal, wide, _BASE - normal), "ac2" if day.weekend else "ac")
        if day.excess:
            self.svg.rect(Box(x, top, wide, normal - top), "bad")

    def _level(self) -> None:
        days = self.daily.days
        levels = [
            (_LEFT + self.slot * i, _LEFT + self.slot * (i + 1), self._y(day.right_sized))
            for i, day in enumerate(days)
        ]
        path = steps(levels)
        self.svg.path(path, "under")
        self.svg.path(path, "level")
        y = levels[-1][2]
        for number, line in enumerate(self.daily.line_label):
            self.svg.text((_RIGHT + 8, y - 3 + 15 * number), line, "lab tg")

    def _causes(self) -> None:
        marked = [(day.excess, -i) for i, day in enumerate(self.daily.days) if day.excess]
        edges: list[tuple[float, float]] = []
        for _, place in sorted(marked, reverse=True)[:_LABELS]:
            self._cause(-place, edges)

    def _cause(self, place: int, edges: list[tuple[float, float]]) -> None:
        day = self.daily.days[place]
        cause = fit(day.cause, _SIZE, _ROOM, bold=True)
        half = max(width(cause, _SIZE, bold=True), width(day.excess_label, _SIZE)) / 2
        x = min(max(self._middle(place), _LEFT + half), _WIDTH - half)
        if any(x - half < right and left < x + half for left, right in edges):
            return
        edges.append((x - half, x + half))
        y = self._y(day.cost)
        self.svg.text((x, y - 20), cause, "lab tb b", "middle")
        self.svg.text((x, y - 6), day.excess_label, "lab tb", "middle")


def _axis(highest: Decimal) -> tuple[Decimal, Decimal]:
    """Return a round step and the end of an axis that holds the highest value."""
    if highest <= 0:
        return Decimal(1), Decimal(1)
    raw = highest / _LEVELS
    size = Decimal(1).scaleb(raw.adjusted())
    tick = next(size * nice for nice in sorted(_NICE) if size * nice >= raw)
    return tick, (highest / tick).to_integral_value(ROUND_CEILING) * tick
