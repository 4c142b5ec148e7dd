"""The lines of the statement: rounded so that they add up, grouped, the small ones together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from aiaudit.report.basis import TIERS
from aiaudit.report.figures import apportion
from aiaudit.report.sections.cells import money
from aiaudit.report.words import Name, counted, name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aiaudit.report.basis import Basis
    from aiaudit.report.rows import Record
    from aiaudit.report.words import Piece

_MOST: Final = 25
OTHER_KINDS: Final = {
    "unclassified": "No tier found",
    "metered": "Metered, no call evidence",
    "unpriced": "No price known",
    "overhead": "Overhead",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line: what it is, its calls, its exact costs, and both of them as displayed."""

    title: Piece
    group: str
    requests: int | None
    actual: Decimal
    right_sized: Decimal
    shown_actual: Decimal = Decimal(0)
    shown_right_sized: Decimal = Decimal(0)

    @property
    def change(self) -> Decimal:
        """Return the displayed change of cost."""
        return self.shown_right_sized - self.shown_actual


def read(basis: Basis) -> dict[str, list[Line]]:
    """Return the lines by group, dearest first; those after the first 25 of all stand together.

    Displayed amounts add up within each group, and the groups add up to the displayed totals.
    """
    groups = _grouped([_line(row) for row in basis.records("statement")])
    heads = [total("", key, group) for key, group in groups.items()]
    shown = basis.shown
    rounded = displayed(heads, shown.cost, shown.total, shown.places)
    return {
        key: displayed(group, head.shown_actual, -head.change, shown.places)
        for (key, group), head in zip(groups.items(), rounded, strict=True)
    }


def displayed(lines: Sequence[Line], cost: Decimal, saved: Decimal, places: int) -> list[Line]:
    """Round costs and savings, not both costs: a line that does not change shows no change."""
    costs = apportion([x.actual for x in lines], cost, places)
    savings = apportion([x.actual - x.right_sized for x in lines], saved, places)
    _settle(lines, costs, savings)
    return [
        replace(line, shown_actual=a, shown_right_sized=a - b)
        for line, a, b in zip(lines, costs, savings, strict=True)
    ]


def _settle(lines: Sequence[Line], costs: list[Decimal], savings: list[Decimal]) -> None:
    """Let no line show a saving above its cost by rounding alone: the largest line takes it."""
    largest = max(range(len(lines)), key=lambda i: costs[i] - savings[i], default=0)
    for place, line in enumerate(lines):
        above = savings[place] - costs[place]
        if above > 0 and line.right_sized >= 0:
            savings[place] -= above
            savings[largest] += above


def _grouped(lines: Sequence[Line]) -> dict[str, list[Line]]:
    known = (*TIERS, *OTHER_KINDS)
    order = [*known, *sorted({line.group for line in lines} - set(known))]
    dearest = sorted(range(len(lines)), key=lambda i: -lines[i].actual)
    kept = set(dearest[:_MOST])
    groups = {}
    for key in order:
        members = [i for i in dearest if lines[i].group == key]
        small = [lines[i] for i in members if i not in kept]
        if len(small) > 1:
            other = total(counted(len(small), "other use case"), key, small)
            groups[key] = [*(lines[i] for i in members if i in kept), other]
        elif members:
            groups[key] = [lines[i] for i in members]
    return groups


def total(title: Piece, group: str, lines: Sequence[Line]) -> Line:
    """Return the sum of lines, of what is exact and of what is displayed."""
    counts = [line.requests for line in lines if line.requests is not None]
    return Line(
        title=title,
        group=group,
        requests=sum(counts) if counts else None,
        actual=sum((x.actual for x in lines), Decimal(0)),
        right_sized=sum((x.right_sized for x in lines), Decimal(0)),
        shown_actual=sum((x.shown_actual for x in lines), Decimal(0)),
        shown_right_sized=sum((x.shown_right_sized for x in lines), Decimal(0)),
    )


def group_title(key: str) -> Piece:
    """Return the name of a group; one that is not among ours is a word of somebody else."""
    tier = TIERS.get(key)
    return f"{tier} work" if tier else OTHER_KINDS.get(key) or Name(key)


def _line(row: Record) -> Line:
    kind = str(row["kind"])
    return Line(
        title=name(row["use_case"], "unallocated"),
        group=str(row["needed_tier"] or "unclassified") if kind == "work" else kind,
        requests=row["requests"],
        actual=money(row, "cost_contracted") or Decimal(0),
        right_sized=money(row, "cost_right_sized") or Decimal(0),
    )
