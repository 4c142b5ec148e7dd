"""A range on a bar: the low case solid, the high case hatched, of a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from aiaudit.report.measure import width
from aiaudit.report.svg import Box, Svg

if TYPE_CHECKING:
    from decimal import Decimal

_WIDTH: Final = 230.0
_GAP: Final = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A low and a high case as shares of a whole, with their labels."""

    low: Decimal
    high: Decimal
    low_label: str
    high_label: str
    desc: str

    def svg(self) -> str:
        """Return the range as an SVG element."""
        svg = Svg("range", (_WIDTH, 36), "Supported saving, low and high case", self.desc)
        low, high = (max(0.0, min(1.0, float(v))) * (_WIDTH - 2) for v in (self.low, self.high))
        svg.rect(Box(1, 6, _WIDTH - 2, 11), "track")
        if high > low:
            svg.rect(Box(1 + low, 6.7, high - low, 9.6), "rs")
        svg.rect(Box(1, 6, low, 11), "good")
        for place in (low, high):
            svg.line((1 + place, 3), (1 + place, 20), "ci")
        self._labels(svg, 1 + low, 1 + high)
        return str(svg)

    def _labels(self, svg: Svg, low: float, high: float) -> None:
        first, second = width(self.low_label, 12), width(self.high_label, 12)
        right = min(_WIDTH - second, max(high - second / 2, first + _GAP))
        left = max(0.0, min(low - first / 2, right - _GAP - first))
        svg.text((left, 33), self.low_label, "mini")
        if self.high_label != self.low_label:
            svg.text((right, 33), self.high_label, "mini")
