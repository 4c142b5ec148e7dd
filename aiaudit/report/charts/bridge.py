"""The bridge: from the actual cost, lever by lever, to the right-sized cost."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from aiaudit.report.measure import broken
from aiaudit.report.svg import Box, Svg

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

_WIDTH, _TOP, _BASE = 1040.0, 38.0, 232.0
_EDGE: Final = 8.0
_LABEL: Final = 12.5
_HAIR: Final = 0.6
_LINE: Final = 15.0
_APART: Final = 26.0  # below this two amounts over one bar would touch


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A part of a step: what it changes (negative lowers the cost), and its short label."""

    change: Decimal
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A bar of the bridge: its name, the label of its change, and its parts."""

    title: str
    label: str
    segments: tuple[Segment, ...]

    @property
    def change(self) -> Decimal:
        """Return what the step changes in all."""
        first, *others = (segment.change for segment in self.segments)
        return sum(others, first)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge:
    """Start, steps and end; `supported` is the level that the supported saving leads to."""

    start: Decimal
    end: Decimal
    supported: Decimal
    labels: tuple[str, str, str]
    names: tuple[str, str]
    steps: tuple[Step, ...]
    desc: str

    def svg(self) -> str:
        """Return the bridge as an SVG element."""
        room = (_WIDTH - 2 * _EDGE) / (len(self.steps) + 2) - 8
        titles = (*self.names, *(step.title for step in self.steps))
        lines = max(len(_lines(title, room)) for title in titles)
        size = (_WIDTH, _BASE + 12 + _LINE * lines)
        svg = Svg("bridge", size, f"Bridge from {self.names[0]} to {self.names[1]}", self.desc)
        _Drawing(self, svg).draw()
        return str(svg)


class _Drawing:
    def __init__(self, bridge: Bridge, svg: Svg) -> None:
        self.bridge, self.svg = bridge, svg
        self.slot = (_WIDTH - 2 * _EDGE) / (len(bridge.steps) + 2)
        self.levels = list(accumulate((s.change for s in bridge.steps), initial=bridge.start))
        highest = max(*self.levels, bridge.end, bridge.start)
        self.scale = (_BASE - _TOP) / float(highest) if highest > 0 else 0.0

    def draw(self) -> None:
        bridge, svg = self.bridge, self.svg
        svg.line((_EDGE, _BASE), (_WIDTH - _EDGE, _BASE), "axis")
        self._whole(0, bridge.start, "ac", bridge.labels[0], bridge.names[0])
        for place, step in enumerate(bridge.steps, start=1):
            self._link(place, self.levels[place - 1])
            self._step(place, step)
        last = len(bridge.steps) + 1
        self._link(last, bridge.end)
        self._supported()
        self._whole(last, bridge.end, "rs", bridge.labels[1], bridge.names[1])

    def _bar(self, place: int) -> tuple[float, float]:
        wide = min(self.slot * 0.62, 96.0)
        return _EDGE + self.slot * (place + 0.5) - wide / 2, wide

    def _y(self, level: Decimal) -> float:
        return _BASE - float(level) * self.scale

    def _whole(self, place: int, level: Decimal, paint: str, label: str, title: str) -> None:
        x, wide = self._bar(place)
        y = self._y(level)
        self.svg.rect(Box(x, y, wide, max(_BASE - y, _HAIR)), paint)
        self.svg.text((x + wide / 2, y - 8), label, "val b", "middle")
        self._name(place, title)

    def _step(self, place: int, step: Step) -> None:
        x, wide = self._bar(place)
        level = self.levels[place - 1]
        for segment in step.segments:
            after = level + segment.change
            top = self._y(max(level, after))
            high = max(abs(float(segment.change)) * self.scale, _HAIR)
            self.svg.rect(Box(x, top, wide, high), "bad" if segment.change > 0 else "good")
            if level != self.levels[place - 1]:
                self.svg.line((x, self._y(level)), (x + wide, self._y(level)), "under")
            level = after
        self._value(x + wide / 2, self.levels[place - 1], step)
        self._name(place, step.title)

    def _value(self, x: float, before: Decimal, step: Step) -> None:
        after = before + step.change
        below = self._y(min(before, after)) + 18
        lines = [segment.label for segment in step.segments if segment.label]
        fits = below + 14 * len(lines) < _BASE - 3
        down = step.change <= 0 and fits
        y = below if down else self._y(max(before, after)) - 9 - 14 * len(lines)
        style = "val tb" if step.change > 0 else "val tg" if step.change < 0 else "val"
        self.svg.text((x, y), step.label, style, "middle")
        for number, line in enumerate(lines, start=1):
            self.svg.text((x, y + 14 * number), line, "tiny", "middle")

    def _link(self, place: int, level: Decimal) -> None:
        (left, wide), (right, _) = self._bar(place - 1), self._bar(place)
        y = self._y(level)
        self.svg.line((left + wide, y), (right, y), "link")

    def _supported(self) -> None:
        """Outline on the last bar what is left when only the supported part succeeds."""
        bridge = self.bridge
        if not bridge.labels[2] or bridge.supported <= bridge.end:
            return
        x, wide = self._bar(len(bridge.steps) + 1)
        top, bottom = self._y(bridge.supported), self._y(bridge.end)
        self.svg.rect(Box(x, top, wide, bottom - top), "open")
        if bottom - top >= _APART:
            self.svg.text((x + wide / 2, top - 8), bridge.labels[2], "val tg", "middle")
        else:
            self.svg.text((x - 8, top + 4), bridge.labels[2], "val tg", "end")

    def _name(self, place: int, title: str) -> None:
        x = _EDGE + self.slot * (place + 0.5)
        for number, line in enumerate(_lines(title, self.slot - 8)):
            self.svg.text((x, _BASE + 19 + _LINE * number), line, "lab", "middle")


def _lines(title: str, room: float) -> Sequence[str]:
    return broken(title, _LABEL, room, lines=3)
