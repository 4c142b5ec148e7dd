"""The flow: from the tier that served a call to the tier that the call needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from aiaudit.report.measure import fit, width
from aiaudit.report.svg import Anchor, Box, Svg, curve, tier_paint

if TYPE_CHECKING:
    from collections.abc import Mapping

_WIDTH, _HEIGHT, _TOP = 816.0, 400.0, 34.0
_LEFT, _RIGHT, _NODE = 184.0, 616.0, 16.0
_GAP: Final = 22.0
_LEAST: Final = 1.2  # a band that is not nothing can be seen
_LINE: Final = 17.0
_TALL: Final = 34.0  # from here on a label takes two lines
_ROOM: Final = 168.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A tier on one side: its name, its calls and their label."""

    tier: str
    title: str
    calls: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Calls that go from one tier to another; `up` when they need more than they were served."""

    served: str
    needed: str
    calls: int
    label: str
    up: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Both sides in order from frontier down, and the bands between them."""

    served: tuple[Node, ...]
    needed: tuple[Node, ...]
    links: tuple[Link, ...]
    desc: str

    def svg(self) -> str:
        """Return the flow as an SVG element."""
        svg = Svg("flow", (_WIDTH, _HEIGHT), "Calls by tier served and tier needed", self.desc)
        svg.text((_LEFT + _NODE, 14), "Tier served", "head", "end")
        svg.text((_RIGHT, 14), "Tier the work needs", "head")
        sides = max(len(self.served), len(self.needed))
        room = _HEIGHT - _TOP - 10 - _GAP * (sides - 1)
        scale = room / sum(node.calls for node in self.served)
        left, right = _places(self.served, scale), _places(self.needed, scale)
        self._bands(svg, scale, left, right)
        _side(svg, self.served, left, scale, _LEFT)
        _side(svg, self.needed, right, scale, _RIGHT)
        return str(svg)

    def _bands(
        self, svg: Svg, scale: float, left: Mapping[str, float], right: Mapping[str, float]
    ) -> None:
        starts, ends = dict(left), dict(right)
        drawn = []
        for link in self.links:
            thick = max(link.calls * scale, _LEAST)
            y1, y2 = starts[link.served], ends[link.needed]
            starts[link.served] += link.calls * scale
            ends[link.needed] += link.calls * scale
            drawn.append((link, curve((_LEFT + _NODE, y1), (_RIGHT, y2), thick), y1, thick))
        for link, path, _, _ in sorted(drawn, key=lambda band: band[0].up):
            svg.path(path, "up" if link.up else tier_paint(link.needed, "f"))
        for link, _, y, thick in drawn:
            if thick >= _LINE:
                svg.text((_LEFT + _NODE + 10, y + thick / 2 + 4), link.label, "flab")


def _places(nodes: tuple[Node, ...], scale: float) -> dict[str, float]:
    places, y = {}, _TOP
    for node in nodes:
        places[node.tier] = y
        y += node.calls * scale + _GAP
    return places


def _side(
    svg: Svg, nodes: tuple[Node, ...], places: Mapping[str, float], scale: float, x: float
) -> None:
    free = 0.0
    edge, anchor = _edge(x)
    for node in nodes:
        high = max(node.calls * scale, _LEAST)
        y = places[node.tier]
        svg.rect(Box(x, y, _NODE, high), tier_paint(node.tier))
        middle = max(y + high / 2, free + 8)
        if high >= _TALL:
            svg.text((edge, middle - 3), fit(node.title, 14, _ROOM, bold=True), "val b", anchor)
            svg.text((edge, middle + 14), node.label, "lab", anchor)
            free = middle + 24
            continue
        title = fit(node.title, 14, _ROOM - width(node.label, 12.5), bold=True)
        svg.pair((edge, middle + 4), (title, "val b"), (node.label, "lab"), anchor)
        free = middle + 12


def _edge(x: float) -> tuple[float, Anchor]:
    return (x - 10, "end") if x == _LEFT else (x + _NODE + 10, "start")
