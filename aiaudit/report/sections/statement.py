"""The statement: the cost of the work, by the tier that it needs and by use case."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal

from aiaudit.ledger import rounded
from aiaudit.report import titles
from aiaudit.report.basis import TIERS
from aiaudit.report.blocks import Cell, Column, Grid, Note, Row, Section
from aiaudit.report.figures import rate_places, share
from aiaudit.report.sections import lines
from aiaudit.report.sections.cells import (
    amount,
    bar,
    difference,
    number,
    per_call,
    relative,
    text,
)

if TYPE_CHECKING:
    from aiaudit.report.basis import Basis
    from aiaudit.report.sections.lines import Line

Kind = Literal["", "group", "part"]
Groups = dict[str, list[lines.Line]]

_TITLE: Final = "Statement by tier and use case"
_SAY: Final = (
    "Each line is work, grouped by the tier that it seems to need, so both columns compare the same"
    " calls."
)
_PICO: Final = 12
_COLUMNS: Final = (
    Column(title="Tier needed and use case"),
    Column(title="Calls", numeric=True),
    Column(title="AC", numeric=True),
    Column(title="RS", numeric=True),
    Column(title="Δ", numeric=True),
    Column(title="Δ %", numeric=True),
    Column(title="Δ, to scale", wide=True),
    Column(title="AC per call", numeric=True),
    Column(title="RS per call", numeric=True),
)


def section(basis: Basis) -> Section:
    """Return the statement; use cases after the first 25 stand together in their group."""
    groups = lines.read(basis)
    if not groups:
        absent = basis.absent("statement", "No call was loaded, so there is nothing to state.")
        return Section(name="statement", title=(_TITLE,), nav="Statement", blocks=(Note(absent),))
    costs = {key: sum((x.shown_actual for x in group), Decimal(0)) for key, group in groups.items()}
    return Section(
        name="statement",
        title=(titles.statement(costs, basis.shown.cost),),
        say=(_SAY,),
        blocks=(_grid(basis, groups),),
        nav="Statement",
        new_page=True,
    )


def _grid(basis: Basis, groups: Groups) -> Grid:
    heads = {key: lines.total(lines.group_title(key), key, group) for key, group in groups.items()}
    every = [line for group in groups.values() for line in group]
    draw = _Rows(basis, every, max(abs(head.change) for head in heads.values()))
    rows = []
    for key, group in groups.items():
        rows.append(draw.row(heads[key], "group"))
        if key not in lines.OTHER_KINDS or len(group) > 1:
            rows += [draw.row(line, "part") for line in group]
    caption = (
        f"Statement, {basis.period}, USD. AC usage {basis.prices}, RS right-sized (simulated),"
        " Δ RS minus AC, F favourable, U unfavourable"
    )
    return Grid(
        name="statement",
        label=_TITLE,
        caption=(caption,),
        columns=_COLUMNS,
        rows=tuple(rows),
        total=draw.row(lines.total("Total", "", every), ""),
    )


class _Rows:
    """Draws lines with one scale for all bars and one number of decimals for all rates."""

    def __init__(self, basis: Basis, every: list[Line], longest: Decimal) -> None:
        self._basis = basis
        self._longest = longest
        self._places = rate_places([_each(x.actual, x.requests) for x in every])

    def row(self, line: Line, kind: Kind) -> Row:
        head = Cell(words=(line.title,), mark=_mark(line.group) if kind == "group" else "")
        cells = self._blank() if line.group == "unpriced" else self._figures(line, kind)
        return Row(cells=(head, number(line.requests), *cells), kind=kind)

    def _figures(self, line: Line, kind: Kind) -> tuple[Cell, ...]:
        exact = rounded(line.right_sized - line.actual, _PICO)
        return (
            amount(self._basis, line.shown_actual, line.actual),
            amount(self._basis, line.shown_right_sized, line.right_sized),
            difference(self._basis, line.change, exact),
            relative(share(exact, line.actual)) if line.change else text("0%"),
            bar(line.change, self._longest) if kind else Cell(),
            per_call(_each(line.actual, line.requests), self._places),
            per_call(_each(line.right_sized, line.requests), self._places),
        )

    def _blank(self) -> tuple[Cell, ...]:
        none = text("none", "muted")
        return text("not priced", "muted"), none, none, none, Cell(), none, none


def _mark(group: str) -> str:
    return group if group in TIERS else "other"


def _each(cost: Decimal, requests: int | None) -> Decimal | None:
    return cost / requests if requests else None
