"""What is counted once: for each rule, how much it took away, before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiaudit.ledger import rounded
from aiaudit.report.blocks import Cell, Column, Grid, Row
from aiaudit.report.figures import as_decimal, count, usd
from aiaudit.report.rows import Record
from aiaudit.report.sections.cells import text
from aiaudit.report.words import phrase

if TYPE_CHECKING:
    from aiaudit.ledger import Audit
    from aiaudit.report.basis import Basis
    from aiaudit.report.blocks import Block

_CENTS: Final = 2
_TITLES: Final = {
    "same id": "The same call under the same id",
    "same file": "A copy of a whole file",
    "same row again": "A bucket that stands twice in one file",
    "replayed": "A call that its tool replayed",
    "same answer": "A gateway and a tracer of one answer",
    "wrapper over calls elsewhere": "A span over calls in another file",
    "newer export": "A bucket that a newer export states again",
    "larger of two exports": "A bucket that two exports state differently",
    "same bucket": "A bucket that two exports state alike",
    "other bucket width": "Hours, days and months of one time",
    "other grouping": "One time in exports of another grouping or format",
    "logs beside an export": "Traffic that logs and a usage export show",
}


def blocks(basis: Basis) -> tuple[Block, ...]:
    """Return what every rule removed, in rows, tokens and dollars; nothing when none did."""
    rows = rules(basis.audit)
    if not rows:
        return ()
    grid = Grid(
        name="counted-once",
        label="What is counted once",
        caption=("Removed because it stands elsewhere: rows, tokens, cost at list prices",),
        columns=(
            Column(title="Rule"),
            Column(title="Rows removed", numeric=True),
            Column(title="Rows left", numeric=True),
            Column(title="Tokens removed", numeric=True),
            Column(title="Tokens left", numeric=True),
            Column(title="Cost removed", numeric=True),
            Column(title="Cost left", numeric=True),
            Column(title="Charges removed", numeric=True),
        ),
        rows=tuple(_row(row) for row in rows),
    )
    return (grid,)


def rules(audit: Audit) -> list[Record]:
    """Return what each rule removed; nothing when an audit does not say it."""
    found = audit.coverage.get("counted_once")
    rows = found if isinstance(found, list | tuple) else ()
    return [Record(row) for row in rows if isinstance(row, dict)]


def _row(row: Record) -> Row:
    rule = str(row["rule"])
    title = Cell(words=(_TITLES[rule],)) if rule in _TITLES else Cell(words=(phrase(rule),))
    counts = (_count(row, name) for name in ("rows", "rows_after", "tokens", "tokens_after"))
    return Row(
        cells=(title, *counts, *(_usd(row, name) for name in ("cost", "cost_after", "billed")))
    )


def _count(row: Record, name: str) -> Cell:
    value = row[name]
    return text(count(value)) if isinstance(value, int) else text("none", "muted")


def _usd(row: Record, name: str) -> Cell:
    value = as_decimal(row[name])
    if not value:
        return text("none", "muted")
    return Cell(words=(usd(rounded(value, _CENTS), _CENTS, value),), sort=f"{value:.12f}")
