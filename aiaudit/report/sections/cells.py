"""Cells of grids: amounts, differences, counts, names, tiers; each with what it sorts by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aiaudit.report.basis import TIERS
from aiaudit.report.blocks import Bar, Cell, Tone
from aiaudit.report.figures import NOT_MEASURED, as_decimal, count, percent, rate
from aiaudit.report.words import Name, name, phrase

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from aiaudit.report.basis import Basis
    from aiaudit.report.words import Piece


def text(value: str, tone: Tone = "") -> Cell:
    """Return a cell with our own words."""
    return Cell(words=(value,), tone=tone)


def named(value: object, otherwise: str = "none") -> Cell:
    """Return a cell with a word from an export."""
    return Cell(words=(name(value, otherwise),), tone="muted" if value is None else "")


def told(value: object, otherwise: str = "") -> Cell:
    """Return a cell with the audit's own prose."""
    return Cell(words=(phrase(value, otherwise),))


def number(value: int | None) -> Cell:
    """Return a cell with a count."""
    if value is None:
        return text(NOT_MEASURED, "muted")
    return Cell(words=(count(value),), sort=str(value))


def amount(basis: Basis, shown: Decimal | None, exact: Decimal | None = None) -> Cell:
    """Return a cell with a displayed amount; `exact` tells zero from nearly nothing."""
    if shown is None:
        return text("not priced", "muted")
    return Cell(words=(basis.usd(shown, exact),), sort=_sort(shown, exact))


def difference(basis: Basis, shown: Decimal | None, exact: Decimal | None = None) -> Cell:
    """Return a cell with a change of cost: favourable is a fall, and says so by a letter."""
    if shown is None:
        return text("off", "muted")
    size = shown or exact or 0
    tone: Tone = "" if not size else "good" if size < 0 else "bad"
    return Cell(
        words=(basis.change(shown, exact),),
        sort=_sort(shown, exact),
        tone=tone,
        letter="" if not size else "F" if size < 0 else "U",
    )


def relative(ratio: Decimal | None) -> Cell:
    """Return a cell with a relative change and its sign; `new` where there was nothing before."""
    if ratio is None:
        return text("new", "muted")
    sign = "+" if ratio > 0 else ""
    return Cell(words=(sign + percent(ratio),), sort=f"{ratio:.6f}")


def part(ratio: Decimal | None, places: int | None = None) -> Cell:
    """Return a cell with a share."""
    if ratio is None:
        return text("none", "muted")
    return Cell(words=(percent(ratio, places),), sort=f"{ratio:.6f}")


def per_call(value: Decimal | None, places: int, tone: Tone = "") -> Cell:
    """Return a cell with a cost per call."""
    if value is None:
        return text("none", "muted")
    return Cell(words=(rate(value, places),), sort=f"{value:.12f}", tone=tone)


def bar(value: Decimal, longest: Decimal) -> Cell:
    """Return a cell with a bar to scale; it lies to the good when the cost falls."""
    return Cell(bar=Bar(length=abs(value) / longest if longest else value * 0, good=value <= 0))


def tier(value: object, otherwise: str = "Unknown") -> Cell:
    """Return a cell with a tier and its square."""
    mark = str(value) if value in TIERS else "other"
    return Cell(words=(tier_name(value, otherwise),), mark=mark)


def tier_name(value: object, otherwise: str = "Unknown") -> Piece:
    """Return the name of a tier; an unknown one is a word of somebody else."""
    if value is None or value == "":
        return otherwise
    return TIERS.get(str(value)) or Name(str(value))


def money(row: Mapping[str, Any], column: str) -> Decimal | None:
    """Return a money cell of a record."""
    return as_decimal(row[column])


def _sort(shown: Decimal, exact: Decimal | None) -> str:
    return f"{shown if exact is None else exact:.12f}"
