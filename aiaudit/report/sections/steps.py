"""From what calls cost to the invoice: the steps of each provider, over and under apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiaudit.ledger import rounded
from aiaudit.report.blocks import Cell, Column, Grid, Row
from aiaudit.report.figures import as_decimal, change, usd
from aiaudit.report.sections.cells import named, text
from aiaudit.report.words import phrase

if TYPE_CHECKING:
    from decimal import Decimal

    from aiaudit.report.basis import Basis
    from aiaudit.report.blocks import Block
    from aiaudit.report.rows import Record

_CENTS: Final = 2
_TOTALS: Final = frozenset({"expected", "billed usage", "all charges", "invoice"})


def blocks(basis: Basis) -> tuple[Block, ...]:
    """Return the steps that hold something, and every subtotal; nothing without charges."""
    rows = [row for row in basis.records("reconciliation_bridge") if _is_shown(row)]
    if not rows:
        return ()
    grid = Grid(
        name="reconciliation-steps",
        label="From the calls to the invoice",
        caption=("What is over and what is under the calls' cost, USD, never netted",),
        columns=(
            Column(title="Provider"),
            Column(title="Step"),
            Column(title="Over", numeric=True),
            Column(title="Under", numeric=True),
            Column(title="Amount", numeric=True),
        ),
        rows=tuple(_row(row) for row in rows),
    )
    return (grid,)


def _is_shown(row: Record) -> bool:
    return str(row["step"]) in _TOTALS or bool(row["over"] or row["under"])


def _row(row: Record) -> Row:
    over, under = as_decimal(row["over"]), as_decimal(row["under"])
    return Row(
        cells=(
            named(row["provider"]),
            Cell(words=(phrase(row["step"]),)),
            _change(over),
            _change(under),
            _amount(as_decimal(row["amount"])),
        )
    )


def _change(value: Decimal | None) -> Cell:
    if not value:
        return text("", "muted")
    return Cell(words=(change(rounded(value, _CENTS), _CENTS, value),), sort=f"{value:.12f}")


def _amount(value: Decimal | None) -> Cell:
    if value is None:
        return text("none", "muted")
    return Cell(words=(usd(rounded(value, _CENTS), _CENTS, value),), sort=f"{value:.12f}")
