"""The days: what each cost, which stood out and why."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from aiaudit.ledger import rounded
from aiaudit.report import titles
from aiaudit.report.blocks import Cell, Column, Drawing, Folded, Grid, Note, Row, Section
from aiaudit.report.charts import Daily, Day
from aiaudit.report.escape import spoken
from aiaudit.report.figures import apportion, as_day
from aiaudit.report.sections.cells import amount, money, named, number, text
from aiaudit.report.words import name

if TYPE_CHECKING:
    from datetime import date

    from aiaudit.report.basis import Basis
    from aiaudit.report.rows import Record
    from aiaudit.report.words import Words

_SATURDAY: Final = 5
_MOST: Final = 400  # bars that can still be told apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """A day: its row, its displayed cost and what of it is above expectation."""

    row: Record
    day: date | None
    shown: Decimal
    excess: Decimal

    @property
    def label(self) -> str:
        """Return the day as `4 Oct`, or what the audit has in its place."""
        return f"{self.day.day} {self.day:%b}" if self.day else spoken((name(self.row["day"]),), 12)


def section(basis: Basis) -> Section:
    """Return the days with those that stood out."""
    days = _days(basis)
    if not days:
        absent = basis.absent("daily", "No day has a call.")
        return Section(name="daily", title=("Cost by day",), blocks=(Note(absent),))
    marked = [day for day in days if day.excess > 0]
    total = sum((day.excess for day in marked), Decimal(0))
    expected = any(day.row["expected"] is not None for day in days)
    title = titles.daily(len(days), len(marked), basis.usd(total), expected=expected)
    caption: Words = (
        "Lighter bars are weekends. The line is what the day would cost right-sized (simulated).",
    )
    blocks = (
        Drawing(label="Cost by day", chart=_chart(basis, days), caption=caption),
        Folded(summary="Daily figures", blocks=(_grid(basis, days),)),
    )
    return Section(
        name="daily",
        title=(title,),
        say=_say(basis, marked, expected=expected),
        blocks=blocks if basis.shown.cost > 0 and len(days) > 1 else blocks[1:],
    )


def _days(basis: Basis) -> list[Spent]:
    rows = basis.records("daily")
    exact = [money(row, "cost_contracted") or Decimal(0) for row in rows]
    shown = apportion(exact, basis.shown.cost, basis.shown.places)
    return [
        Spent(row=row, day=as_day(row["day"]), shown=displayed, excess=_excess(basis, row))
        for row, displayed in zip(rows, shown, strict=True)
    ]


def _excess(basis: Basis, row: Record) -> Decimal:
    excess = money(row, "excess") or Decimal(0)
    return rounded(max(excess, Decimal(0)), basis.shown.places)


def _say(basis: Basis, marked: list[Spent], *, expected: bool) -> Words:
    if not expected:
        return ("The period is too short to say what a day should cost.",)
    if not marked:
        return ("Each day is compared with the usual cost of its weekday.",)
    worst = max(marked, key=lambda day: day.excess)
    opening = (
        "Each day is compared with the usual cost of its weekday. The largest excess is"
        f" {basis.usd(worst.excess)} on {worst.label}"
    )
    cause = worst.row["cause"]
    return (f"{opening}, most of it in ", name(cause), ".") if cause else (f"{opening}.",)


def _chart(basis: Basis, days: list[Spent]) -> Daily:
    drawn = days[:_MOST]
    right_sized = [money(day.row, "cost_right_sized") or Decimal(0) for day in drawn]
    mean = rounded(sum(right_sized, Decimal(0)) / len(drawn), basis.shown.places)
    highest = max(drawn, key=lambda day: day.shown)
    return Daily(
        days=tuple(_day(basis, day, level) for day, level in zip(drawn, right_sized, strict=True)),
        line_label=("Right-sized,", f"mean {basis.usd(mean)}"),
        axis_places=basis.shown.places,
        desc=(
            f"{len(drawn)} days. The dearest is {highest.label} with {basis.usd(highest.shown)};"
            f" {sum(1 for day in drawn if day.excess > 0)} stood out."
        ),
    )


def _day(basis: Basis, day: Spent, right_sized: Decimal) -> Day:
    cost = money(day.row, "cost_contracted") or Decimal(0)
    excess = min(max(money(day.row, "excess") or Decimal(0), Decimal(0)), cost)
    return Day(
        label=day.label,
        cost=cost,
        excess=excess if day.excess else Decimal(0),
        right_sized=right_sized,
        weekend=_weekend(day),
        cause=spoken((name(day.row["cause"], "No cause found"),), 80),
        excess_label=f"+{basis.usd(day.excess)} over expected",
    )


def _weekend(day: Spent) -> bool:
    weekday = day.row["weekday"]
    return isinstance(weekday, int) and weekday >= _SATURDAY


def _grid(basis: Basis, days: list[Spent]) -> Grid:
    rows = tuple(
        Row(
            cells=(
                Cell(words=(day.label,)),
                number(day.row["requests"]),
                amount(basis, day.shown, money(day.row, "cost_contracted")),
                _expected(basis, day),
                amount(basis, day.excess) if day.excess else text("none", "muted"),
                named(day.row["cause"]),
            )
        )
        for day in days
    )
    return Grid(
        name="daily",
        label="Daily figures",
        columns=(
            Column(title="Day"),
            Column(title="Calls", numeric=True),
            Column(title="Cost", numeric=True),
            Column(title="Expected", numeric=True),
            Column(title="Excess", numeric=True),
            Column(title="Most of it in"),
        ),
        rows=rows,
        total=Row(
            cells=(text("Total"), Cell(), amount(basis, sum((d.shown for d in days), Decimal(0))),
                   Cell(), Cell(), Cell())
        ),
    )  # fmt: skip


def _expected(basis: Basis, day: Spent) -> Cell:
    expected = money(day.row, "expected")
    if expected is None:
        return text("none", "muted")
    return amount(basis, rounded(expected, basis.shown.places), expected)
