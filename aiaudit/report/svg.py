"""Build one chart as SVG: every text and attribute escaped, the same bytes for the same figures.

Shapes carry both a class, by which a browser themes them, and literal light colours, which are what
a PDF engine and a mail client see.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from markupsafe import escape

from aiaudit.report.escape import clean

Anchor = Literal["start", "middle", "end"]

# The light theme; the stylesheet repeats it, and a test compares the two.
LIGHT: Final = {
    "bg": "#fbfaf7", "ink": "#15202b", "ink2": "#44515e", "ink3": "#5f6b77", "rule": "#d9d6ce",
    "rule2": "#ebe8e1", "ac": "#2b3642", "ac2": "#697683", "good": "#00755e", "bad": "#b4400f",
    "t1": "#4f94c2", "t2": "#3178ad", "t3": "#1d5489", "t4": "#132f57", "t0": "#8a949e",
}  # fmt: skip
_TIERS: Final = {"micro": "t1", "efficient": "t2", "capable": "t3", "frontier": "t4"}
_FILLS: Final = ("ac", "ac2", "good", "bad")
_LINES: Final = {
    "axis": ("ink", "1.2"), "grid": ("rule2", "1"), "link": ("ink3", "1"), "ci": ("ink", "1.6"),
    "level": ("good", "2"), "under": ("bg", "5"), "open": ("good", "1.4"),
}  # fmt: skip
_FACE: Final = "Helvetica, Arial, sans-serif"
# class: (font size, weight, colour)
TEXTS: Final = {
    "lab": (12.5, 400, "ink2"), "tiny": (11.5, 400, "ink2"), "val": (14.0, 400, "ink"),
    "val b": (14.0, 650, "ink"), "val tg": (14.0, 600, "good"), "val tb": (14.0, 600, "bad"),
    "lab tb b": (12.5, 650, "bad"), "lab tb": (12.5, 400, "bad"), "lab tg": (12.5, 600, "good"),
    "head": (13.0, 600, "ink2"), "flab": (12.5, 600, "ink"), "mini": (12.0, 400, "ink2"),
}  # fmt: skip


class Box(NamedTuple):
    """A rectangle: its left upper corner, width and height."""

    x: float
    y: float
    width: float
    height: float


def tier_paint(tier: str, prefix: str = "t") -> str:
    """Return the paint of a tier; one that is not among the four is grey."""
    return f"{prefix}-{tier if tier in _TIERS else 'other'}"


class Svg:
    """A chart that is being drawn. Its name is ours: ids come from it, never from data."""

    def __init__(self, name: str, size: tuple[float, float], title: str, desc: str) -> None:
        """Start a chart of this size in its own units, with the words that a screen reader says."""
        self._name = f"c-{name}"  # sections have ids of their own
        self._size = size
        self._words = (title, desc)
        self._parts: list[str] = []
        self._hatched = False

    def rect(self, box: Box, paint: str) -> None:
        """Draw a rectangle."""
        x, y, wide, high = (_n(value) for value in box)
        self._add("rect", f'x="{x}" y="{y}" width="{wide}" height="{high}"', paint)

    def line(self, start: tuple[float, float], end: tuple[float, float], paint: str) -> None:
        """Draw a straight line."""
        (x1, y1), (x2, y2) = start, end
        ends = f'x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}"'
        self._add("line", ends, paint)

    def path(self, commands: str, paint: str) -> None:
        """Draw a path whose commands were made by `curve` or by `steps`."""
        self._add("path", f'd="{escape(commands)}"', paint)

    def text(
        self, at: tuple[float, float], words: str, style: str = "lab", anchor: Anchor = "start"
    ) -> None:
        """Write a text at a point of its baseline."""
        where = f'x="{_n(at[0])}" y="{_n(at[1])}" text-anchor="{anchor}"'
        self._parts.append(f"<text {where} {_face(style)}>{escape(clean(words))}</text>")

    def pair(
        self,
        at: tuple[float, float],
        first: tuple[str, str],
        second: tuple[str, str],
        anchor: Anchor,
    ) -> None:
        """Write two texts, each with its style, one after the other on a line."""
        spans = (
            f"<tspan{gap} {_face(style)}>{escape(clean(words))}</tspan>"
            for (words, style), gap in ((first, ""), (second, ' dx="6"'))
        )
        where = f'x="{_n(at[0])}" y="{_n(at[1])}" text-anchor="{anchor}"'
        self._parts.append(f"<text {where}>{''.join(spans)}</text>")

    def __str__(self) -> str:
        """Return the chart as an SVG element."""
        (wide, high), (title, desc), name = self._size, self._words, self._name
        head = (
            f'<svg class="chart" viewBox="0 0 {_n(wide)} {_n(high)}" role="img"'
            f' aria-labelledby="{name}-t {name}-d" preserveAspectRatio="xMinYMin meet">'
            f'<title id="{name}-t">{escape(clean(title))}</title>'
            f'<desc id="{name}-d">{escape(clean(desc, 2000))}</desc>'
        )
        return head + (self._pattern() if self._hatched else "") + "".join(self._parts) + "</svg>"

    def _add(self, element: str, geometry: str, paint: str) -> None:
        self._hatched = self._hatched or paint == "rs"
        self._parts.append(f'<{element} {geometry} {self._paint(paint)} class="{paint}"/>')

    def _paint(self, paint: str) -> str:
        if paint == "rs":
            hatch = f'fill="url(#{self._name}-h)"'
            return f'{hatch} stroke="{LIGHT["ac"]}" stroke-width="1.4"'
        if paint in _LINES:
            colour, stroke = _LINES[paint]
            return f'fill="none" stroke="{LIGHT[colour]}" stroke-width="{stroke}"'
        if paint in _FILLS:
            return f'fill="{LIGHT[paint]}"'
        if paint == "track":
            return f'fill="{LIGHT["rule"]}"'
        if paint == "up":
            return f'fill="{LIGHT["bad"]}" fill-opacity=".85"'
        kind, _, tier = paint.partition("-")
        fill = f'fill="{LIGHT[_TIERS.get(tier, "t0")]}"'
        return f'{fill} fill-opacity=".42"' if kind == "f" else fill

    def _pattern(self) -> str:
        return (
            f'<defs><pattern id="{self._name}-h" width="6" height="6"'
            ' patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
            '<rect width="6" height="6" fill="#ffffff" class="hatch-bg"/>'
            f'<rect width="2.4" height="6" fill="{LIGHT["ac"]}" class="hatch-fg"/>'
            "</pattern></defs>"
        )


def curve(left: tuple[float, float], right: tuple[float, float], thickness: float) -> str:
    """Return the path of a band between two upper corners, of the same thickness all along."""
    (x1, y1), (x2, y2) = left, right
    mid = _n((x1 + x2) / 2)
    upper = f"M{_n(x1)},{_n(y1)}C{mid},{_n(y1)} {mid},{_n(y2)} {_n(x2)},{_n(y2)}"
    low1, low2 = _n(y1 + thickness), _n(y2 + thickness)
    return f"{upper}L{_n(x2)},{low2}C{mid},{low2} {mid},{low1} {_n(x1)},{low1}Z"


def steps(levels: list[tuple[float, float, float]]) -> str:
    """Return the path of a level that changes from place to place: (left, right, height)."""
    first, *others = levels
    start = f"M{_n(first[0])},{_n(first[2])}H{_n(first[1])}"
    return start + "".join(f"V{_n(y)}H{_n(right)}" for _, right, y in others)


def _face(style: str) -> str:
    size, weight, colour = TEXTS[style]
    return (
        f'font-family="{_FACE}" font-size="{size:g}" font-weight="{weight}"'
        f' fill="{LIGHT[colour]}" class="{style}"'
    )


def _n(value: float) -> str:
    text = f"{value:.1f}"
    return "0.0" if text == "-0.0" else text
