"""A small bar in a table cell; it repeats the figure beside it and is hidden from readers aloud."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from aiaudit.report.svg import LIGHT

if TYPE_CHECKING:
    from decimal import Decimal

_WIDTH: Final = 120
_LEAST: Final = 1.0  # a bar that is not nothing can be seen


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallBar:
    """A bar: its length as a share of the longest, and whether it is favourable."""

    length: Decimal
    good: bool

    def svg(self) -> str:
        """Return the bar as an SVG element."""
        wide = max(float(self.length) * _WIDTH, _LEAST) if self.length else 0.0
        tone = "good" if self.good else "bad"
        return (
            f'<svg class="vb" viewBox="0 0 {_WIDTH} 14" aria-hidden="true" focusable="false">'
            f'<rect x="0" y="2" width="{wide:.1f}" height="10" fill="{LIGHT[tone]}"'
            f' class="{tone}"/></svg>'
        )
