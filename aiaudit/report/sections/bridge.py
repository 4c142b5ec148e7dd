"""The bridge and its table: every lever in order, done alone, and after all the others."""

from __future__ import annotations

from decimal import Decimal
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from aiaudit.ledger import rounded
from aiaudit.report import titles
from aiaudit.report.blocks import Cell, Column, Drawing, Grid, Note, Row, Section
from aiaudit.report.charts import Bridge, Segment, Step
from aiaudit.report.escape import spoken
from aiaudit.report.rows import Record
from aiaudit.report.sections.cells import amount, difference, money, text, told
from aiaudit.report.words import Words, listed, phrase

if TYPE_CHECKING:
    from aiaudit.report.basis import Basis
    from aiaudit.report.blocks import Block
    from aiaudit.report.words import Piece

_SHORT: Final = {
    "avoid": "Avoided calls", "trim": "Trimming", "refresh": "Newer models",
    "route": "Routing by tier", "router": "Running the router", "cache": "Prompt caching",
    "batch": "Batch", "rate": "Rate class",
}  # fmt: skip
_CHOICE: Final = ("refresh", "route")  # drawn as one bar: which model does the work
_KEY: Final = (
    ("ac", "Usage"),
    ("good", "Lowers cost"),
    ("bad", "Raises cost"),
    ("rs", "Right-sized (simulated)"),
    ("open", "Left if only the supported part succeeds"),
)
_ORDER: Final = (
    "Order moves credit between levers, not the total. Judge a project by its last-in figure: what"
    " it still adds after all the others."
)
_COLUMNS: Final = (
    Column(title="Lever"),
    Column(title="Why"),
    Column(title="Class"),
    Column(title="If done alone", numeric=True),
    Column(title="In this order", numeric=True),
    Column(title="Last in", numeric=True),
    Column(title="Cost after", numeric=True),
)

Lever = tuple[Record, Decimal | None]  # a row of the table, its displayed saving


def section(basis: Basis) -> Section:
    """Return the bridge from the actual to the right-sized cost."""
    levers: list[Lever] = list(zip(basis.records("levers"), basis.shown.levers, strict=True))
    if not levers:
        absent = basis.absent("levers", "No lever was applied.")
        return Section(name="bridge", title=("Bridge",), nav="Bridge", blocks=(Note(absent),))
    on = [(lever_name(row), saving) for row, saving in levers if saving is not None]
    added = basis.usd(abs(basis.shown.total))
    blocks: tuple[Block, ...] = (_grid(basis, levers), Note((_ORDER, *_overlap(levers))))
    if basis.shown.cost:
        blocks = (_drawing(basis, levers), *blocks)
    return Section(
        name="bridge",
        title=titles.bridge(on, basis.shown.total, added),
        say=(
            (
                "Levers are applied in this order, each to what the one before leaves, so the steps"
                " add up exactly."
            ),
        ),
        blocks=blocks,
        nav="Bridge",
    )


def lever_name(row: Record) -> Piece:
    """Return the short name of a lever."""
    return _SHORT.get(str(row["lever"])) or phrase(row["title"], "A lever")


def _grid(basis: Basis, levers: list[Lever]) -> Grid:
    shown = basis.shown
    left = list(accumulate((saving or Decimal(0) for _, saving in levers), initial=Decimal(0)))
    rows = [
        _row(basis, row, saving, shown.cost - after)
        for (row, saving), after in zip(levers, left[1:], strict=True)
    ]
    alone = text("not additive", "muted")
    total = Row(
        cells=(
            text("All levers"), Cell(), Cell(), alone, difference(basis, -shown.total), alone,
            amount(basis, shown.right_sized),
        )
    )  # fmt: skip
    return Grid(
        name="levers",
        label="Savings by lever",
        caption=("Change of cost by lever, USD. F favourable, U unfavourable",),
        columns=_COLUMNS,
        rows=tuple(rows),
        total=total,
    )


def _row(basis: Basis, row: Record, saving: Decimal | None, after: Decimal) -> Row:
    exact = money(row, "in_order")
    in_order = difference(basis, _minus(saving), _minus(exact))
    # The same amount reads the same: the one in the order is rounded so that the column adds up.
    first, last = (
        in_order if money(row, place) == exact else _delta(basis, money(row, place))
        for place in ("first_in", "last_in")
    )
    return Row(
        cells=(
            Cell(words=(phrase(row["title"], "A lever"),)),
            told(row["why"]),
            _class(row["class"]),
            first,
            in_order,
            last,
            amount(basis, after),
        )
    )


def _class(value: object) -> Cell:
    known = {"calculated", "tested", "likely", "untested"}
    if value in known:
        return text(str(value).capitalize())
    return text("By evidence") if value == "by evidence" else told(value, "Mixed")


def _delta(basis: Basis, saving: Decimal | None) -> Cell:
    exact = _minus(saving)
    return difference(basis, None if exact is None else rounded(exact, basis.shown.places), exact)


def _minus(saving: Decimal | None) -> Decimal | None:
    return None if saving is None else -saving


def _overlap(levers: list[Lever]) -> Words:
    """Name the levers whose figure depends much on their place in the order."""
    far: list[Piece] = []
    for row, _ in levers:
        first, last = money(row, "first_in"), money(row, "last_in")
        if first is not None and last is not None and abs(first - last) * 2 > abs(first):
            far.append(lever_name(row))
    if not far:
        return ()
    return (" The place in the order matters much for ", *listed(far), ".")


def _drawing(basis: Basis, levers: list[Lever]) -> Drawing:
    shown = basis.shown
    steps = _steps(basis, levers)
    told_steps = "; ".join(f"{step.title} {step.label}" for step in steps)
    ends = basis.usd(shown.cost), basis.usd(shown.right_sized)
    supported = basis.usd(shown.after_headline) if shown.headline > 0 else ""
    chart = Bridge(
        start=shown.cost,
        end=shown.right_sized,
        supported=shown.after_headline,
        labels=(*ends, supported),
        names=(basis.actual, "Right-sized"),
        steps=steps,
        desc=f"{basis.actual} of {ends[0]} becomes {ends[1]}: {told_steps or 'no step'}.",
    )
    return Drawing(label="Savings bridge", chart=chart, key=_KEY if supported else _KEY[:-1])


def _steps(basis: Basis, levers: list[Lever]) -> tuple[Step, ...]:
    on = [(row, -saving) for row, saving in levers if saving is not None]
    choice = [(row, delta) for row, delta in on if row["lever"] in _CHOICE and delta]
    steps: list[Step] = []
    for row, delta in on:
        if len(choice) > 1 and row["lever"] in _CHOICE:
            if row is choice[0][0]:
                steps.append(_choice(basis, choice))
            continue
        title = spoken((lever_name(row),), 60)
        steps.append(
            Step(title=title, label=basis.change(delta), segments=(Segment(change=delta),))
        )
    return tuple(steps)


def _choice(basis: Basis, parts: list[tuple[Record, Decimal]]) -> Step:
    total = sum((delta for _, delta in parts), Decimal(0))
    segments = tuple(
        Segment(
            change=delta,
            label=f"{'newer' if row['lever'] == 'refresh' else 'by tier'} {basis.change(delta)}",
        )
        for row, delta in parts
    )
    return Step(title="Model choice", label=basis.change(total), segments=segments)
