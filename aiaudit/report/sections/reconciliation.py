"""Reconciliation: priced calls against charges, by provider, and by day where one wants to look."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from aiaudit.ledger import rounded
from aiaudit.report import titles
from aiaudit.report.blocks import Cell, Column, Folded, Grid, Note, Row, Section, Stamp, Tone
from aiaudit.report.figures import change, percent, usd
from aiaudit.report.sections import coverage, steps
from aiaudit.report.sections.cells import money, named, number, text
from aiaudit.report.sections.summary import tied
from aiaudit.report.words import Words, counted, listed, name, phrase, sentences

if TYPE_CHECKING:
    from aiaudit.report.basis import Basis
    from aiaudit.report.blocks import Block
    from aiaudit.report.rows import Record

_AMOUNTS: Final = (
    "logged", "export_only", "logged_not_metered", "expected", "billed", "difference",
)  # fmt: skip
_MOST_DAYS: Final = 200
_STATES: Final[dict[str, tuple[str, Tone]]] = {
    "matched": ("Matched", "good"),
    "within": ("Within tolerance", "good"),
    "off": ("Off", "bad"),
    "open": ("Open", "warn"),
    "no charges": ("No charges", "warn"),
    "unpriced": ("No price", "warn"),
}
_WORST: Final = ("off", "unpriced", "open", "no charges", "within", "matched")
_CENTS: Final = 2


def section(basis: Basis) -> Section:
    """Return the reconciliation and the coverage of the files behind it."""
    rows = basis.records("reconciliation")
    title = (titles.reconciliation(basis.tie),)
    blocks: tuple[Block, ...]
    if rows:
        days = Folded(summary=f"By day, {counted(len(rows), 'row')}", blocks=_days(rows))
        blocks = (_stamp(basis), _grid(rows), *steps.blocks(basis), days)
    else:
        absent = basis.absent("reconciliation", "There are no charges to compare with.")
        blocks = (_stamp(basis), Note(absent), *steps.blocks(basis))
    return Section(
        name="reconciliation",
        title=title,
        say=_say(basis),
        blocks=(*blocks, *coverage.blocks(basis)),
        nav="Reconciliation",
    )


def _say(basis: Basis) -> Words:
    share = percent(basis.tie.materiality)
    opening = f"Differences are added up gross, over and under alike; {share} of what was billed"
    if basis.tie.state == "unchecked":
        return ("Add the provider's cost export to the files, and each day is compared with it.",)
    return (f"{opening} is material.",)


def _stamp(basis: Basis) -> Stamp:
    tag, tone, words = tied(basis)
    tie = basis.tie
    parts: list[Words] = [(f"{words}.",)]
    if tie.state != "unchecked":
        if tie.without:
            parts.append(("No charges for ", *listed(name(p) for p in tie.without), "."))
        if tie.open_days:
            parts.append((f"{counted(tie.open_days, 'day')} with calls and without charges.",))
        if tie.uncovered:
            uncovered = usd(rounded(tie.uncovered, _CENTS), _CENTS, tie.uncovered)
            parts.append((f"{uncovered} of usage has no charge to be compared with.",))
    return Stamp(tag=tag, tone=tone, words=sentences(parts))


def _grid(rows: list[Record]) -> Grid:
    providers: dict[str, list[Record]] = {}
    for row in rows:
        providers.setdefault(str(row["provider"]), []).append(row)
    lines = [_provider(provider, members) for provider, members in sorted(providers.items())]
    checked = _checked(rows)
    title = "All" if len(checked) in {0, len(rows)} else "All days with charges"
    return Grid(
        name="reconciliation",
        label="Reconciliation by provider",
        caption=("Priced calls against charges, USD, in each provider's own days",),
        columns=_columns("Provider", "Days"),
        rows=tuple(lines),
        total=Row(cells=(text(title), Cell(), *_sums(checked or rows), Cell())),
    )


def _checked(rows: list[Record]) -> list[Record]:
    return [row for row in rows if row["billed"] is not None]


def _columns(first: str, second: str) -> tuple[Column, ...]:
    return (
        Column(title=first),
        Column(title=second, numeric=True),
        Column(title="Logged", numeric=True),
        Column(title="Export only", numeric=True),
        Column(title="Logged, not metered", numeric=True),
        Column(title="Expected", numeric=True),
        Column(title="Billed", numeric=True),
        Column(title="Difference", numeric=True),
        Column(title="State"),
    )


def _provider(provider: str, rows: list[Record]) -> Row:
    """Sum a provider's days: those with charges where it has any, so that the row adds up."""
    checked = _checked(rows)
    days, with_charges = len(rows), len(checked)
    counted_days = number(days)
    if checked and with_charges < days:
        counted_days = text(f"{with_charges} of {days}")
    return Row(cells=(named(provider), counted_days, *_sums(checked or rows), _worst(rows)))


def _worst(rows: list[Record]) -> Cell:
    """Return the worst state of a provider's days, and how many days are in it."""
    states = [str(row["state"]) for row in rows]
    worst = next((state for state in _WORST if state in states), states[0])
    if worst in {"off", "open"}:
        days = counted(states.count(worst), "day")
        return Cell(words=(f"{days} {worst}",), tag=_STATES[worst][1])
    return _state(worst)


def _sums(rows: list[Record]) -> tuple[Cell, ...]:
    return tuple(_sum(rows, column) for column in _AMOUNTS)


def _sum(rows: list[Record], column: str) -> Cell:
    known = [value for row in rows if (value := money(row, column)) is not None]
    if not known:
        return text("none", "muted")
    return _amount(sum(known, Decimal(0)), column)


def _amount(exact: Decimal, column: str) -> Cell:
    write = change if column == "difference" else usd
    return Cell(words=(write(rounded(exact, _CENTS), _CENTS, exact),), sort=f"{exact:.12f}")


def _state(state: object) -> Cell:
    known = _STATES.get(str(state))
    if known is None:
        return Cell(words=(phrase(state, "Unknown"),), tag="warn")
    return Cell(words=(known[0],), tag=known[1])


def _days(rows: list[Record]) -> tuple[Block, ...]:
    first = sorted(rows, key=lambda row: (str(row["provider"]), str(row["day"])))
    lines = tuple(
        Row(
            cells=(
                named(row["provider"]),
                Cell(words=(phrase(row["day"], "none"),)),
                *(_sum([row], column) for column in _AMOUNTS),
                _state(row["state"]),
            )
        )
        for row in first[:_MOST_DAYS]
    )
    grid = Grid(
        name="reconciliation-days",
        label="Reconciliation by day",
        columns=_columns("Provider", "Day"),
        rows=lines,
        rows_left_out=max(0, len(rows) - _MOST_DAYS),
    )
    return (grid,)
