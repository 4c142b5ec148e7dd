"""The use cases: what a call costs, what was agreed, and whether it is met."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from aiaudit.ledger import rounded
from aiaudit.report import titles
from aiaudit.report.blocks import Cell, Column, Grid, Note, Row, Section, Tone
from aiaudit.report.figures import rate_places
from aiaudit.report.sections.cells import amount, money, named, per_call, text, tier
from aiaudit.report.words import counted, phrase

if TYPE_CHECKING:
    from aiaudit.report.basis import Basis
    from aiaudit.report.rows import Record

_MOST: Final = 25


def section(basis: Basis) -> Section:
    """Return the use cases, dearest first; columns of targets only where there are any."""
    rows = sorted(
        basis.records("use_cases"), key=lambda row: -(money(row, "cost_contracted") or Decimal(0))
    )
    if not rows:
        absent = basis.absent("use_cases", "No call names a use case.")
        return Section(name="use-cases", title=("Use cases",), nav="Use cases",
                       blocks=(Note(absent),))  # fmt: skip
    targets = [row for row in rows if _has_target(row)]
    met = [row for row in targets if not _over(row)]
    blocks: list[Grid | Note] = [_grid(basis, rows[:_MOST], targets=bool(targets))]
    if len(rows) > _MOST:
        blocks.append(Note((_left_out(basis, rows[_MOST:]),)))
    return Section(
        name="use-cases",
        title=(titles.use_cases(len(met), len(targets), len(rows)),),
        say=(
            (
                "A target cost and a highest tier can be set for each use case in aiaudit.yaml."
                " Tiers are the main ones; supported savings are the low case."
            ),
        ),
        blocks=tuple(blocks),
        nav="Use cases",
    )


def is_over(row: Record) -> bool:
    """Return whether a use case has a target and misses it."""
    return _has_target(row) and _over(row)


def _has_target(row: Record) -> bool:
    return row["target_cost"] is not None or row["max_tier"] is not None


def _over(row: Record) -> bool:
    return str(row["result"] or "").casefold().startswith("over")


def _left_out(basis: Basis, rows: list[Record]) -> str:
    cost = sum((money(row, "cost_contracted") or Decimal(0) for row in rows), Decimal(0))
    shown = basis.usd(rounded(cost, basis.shown.places), cost)
    return f"{counted(len(rows), 'more use case')} with {shown} together stand in audit.json."


def _grid(basis: Basis, rows: list[Record], *, targets: bool) -> Grid:
    places = rate_places([money(row, "cost_per_request") for row in rows])
    columns = [
        Column(title="Use case"),
        Column(title="Owner"),
        Column(title="Cost", numeric=True),
        Column(title="Cost per call", numeric=True),
        Column(title="Right-sized", numeric=True),
        Column(title="Tier served"),
        Column(title="Tier needed"),
        Column(title="Supported", numeric=True),
    ]
    if targets:
        columns[3:3] = [Column(title="Target cost", numeric=True)]
        columns += [Column(title="Highest tier"), Column(title="Result")]
    return Grid(
        name="use-cases",
        label="Use cases and their targets",
        columns=tuple(columns),
        rows=tuple(_row(basis, row, places, targets=targets) for row in rows),
        sortable=True,
    )


def _row(basis: Basis, row: Record, places: int, *, targets: bool) -> Row:
    cost, now = money(row, "cost_contracted") or Decimal(0), money(row, "cost_per_request")
    target = money(row, "target_cost")
    dear: Tone = "bad" if target is not None and now is not None and now > target else ""
    low = money(row, "likely_low") or Decimal(0)
    cells = [
        named(row["use_case"], "unallocated"),
        named(row["owner"], "not named"),
        amount(basis, rounded(cost, basis.shown.places), cost),
        per_call(now, places, dear),
        per_call(money(row, "right_sized_per_request"), places),
        tier(row["main_served_tier"]),
        tier(row["main_needed_tier"], "No tier"),
        amount(basis, rounded(low, basis.shown.places), low) if low > 0 else text("none", "muted"),
    ]
    if targets:
        cells[3:3] = [per_call(target, places)]
        cells += [_highest(row), _result(row)]
    return Row(cells=tuple(cells))


def _highest(row: Record) -> Cell:
    return tier(row["max_tier"]) if row["max_tier"] is not None else text("none", "muted")


def _result(row: Record) -> Cell:
    if not _has_target(row):
        return text("no target", "muted")
    result = str(row["result"] or "not measured")
    tag: Tone = "warn" if "cost" not in result.casefold() else "bad"
    words = phrase(result[:1].upper() + result[1:])
    return Cell(words=(words,), tag=tag if _over(row) else "good")
