"""The top ten lines of cost: a use case on one tier, owned by one team."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from aiaudit.ledger import rounded
from aiaudit.report import titles
from aiaudit.report.blocks import Cell, Column, Grid, Note, Row, Section
from aiaudit.report.figures import as_decimal
from aiaudit.report.sections.cells import amount, money, named, number, part, tier, told

if TYPE_CHECKING:
    from aiaudit.report.basis import Basis
    from aiaudit.report.rows import Record

_MOST: Final = 10


def section(basis: Basis) -> Section:
    """Return the ten dearest lines with their running share."""
    rows = basis.records("drivers")[:_MOST]
    if not rows:
        absent = basis.absent("drivers", "No line has a cost.")
        return Section(name="drivers", title=("Cost drivers",), blocks=(Note(absent),))
    running = as_decimal(rows[-1]["running_share"])
    grid = Grid(
        name="drivers",
        label="Top cost drivers",
        columns=(
            Column(title="#", numeric=True),
            Column(title="Use case"),
            Column(title="Tier served"),
            Column(title="Owner"),
            Column(title="Calls", numeric=True),
            Column(title="Cost", numeric=True),
            Column(title="Share", numeric=True),
            Column(title="Running share", numeric=True),
            Column(title="Main cause"),
        ),
        rows=tuple(_row(basis, row) for row in rows),
        sortable=True,
    )
    return Section(
        name="drivers",
        title=(titles.drivers(len(rows), running),),
        say=("One line is a use case on one served tier, owned by one team.",),
        blocks=(grid,),
    )


def _opened(cause: object) -> str | None:
    return str(cause)[:1].upper() + str(cause)[1:] if cause else None


def _row(basis: Basis, row: Record) -> Row:
    cost = money(row, "cost_contracted") or Decimal(0)
    return Row(
        cells=(
            Cell(words=(str(row["rank"]),), sort=str(row["rank"]), tone="muted"),
            named(row["use_case"], "unallocated"),
            tier(row["served_tier"]),
            named(row["owner"], "not named"),
            number(row["requests"]),
            amount(basis, rounded(cost, basis.shown.places), cost),
            part(as_decimal(row["share"]), 1),
            part(as_decimal(row["running_share"]), 1),
            told(_opened(row["cause"]), "none"),
        )
    )
