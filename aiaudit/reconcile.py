"""Calls against charges: what was billed, by provider and day, beside what the calls cost."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Literal

from aiaudit.ledger import dollars
from aiaudit.pricing import cost
from aiaudit.resources import statement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiaudit.engine import Engine

State = Literal["not checked", "reconciled", "not reconciled"]

_CENT: Final = Decimal("0.01")
_ZERO: Final = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """Every provider and day with its difference, billed minus expected, in USD.

    `gross` adds the absolute differences of the days that were checked, so that one error cannot
    hide another; `state` compares it with materiality times what was billed on those days.
    """

    rows: tuple[Mapping[str, Any], ...]
    billed: Decimal
    gross: Decimal
    state: State


def reconcile(engine: Engine, materiality: Decimal) -> Reconciliation:
    """Compare `workload` with `billed`; leaves the table `reconciled`.

    Days are those of the provider's own billing zone, UTC for every export that is read so far.
    """
    engine.create("unmetered", statement("unmetered"), key=("call_id",))
    cost(engine, "unmetered", into="costed_unmetered", temporary=False)
    engine.create("reconciled", statement("reconciled"), key=("provider", "day"))
    found = engine.rows("SELECT * FROM reconciled ORDER BY provider, day")
    billing = {row["provider"] for row in found if row["billed"] is not None}
    rows = tuple(_row(row, materiality, row["provider"] in billing) for row in found)
    checked = [row for row in rows if row["difference"] is not None]
    billed = sum((row["billed"] for row in checked), _ZERO)
    gross = sum((abs(row["difference"]) for row in checked), _ZERO)
    return Reconciliation(
        rows=rows, billed=billed, gross=gross, state=_stamp(checked, billed, gross, materiality)
    )


def _row(row: Mapping[str, Any], materiality: Decimal, checked: bool) -> dict[str, Any]:  # noqa: FBT001
    known = None if row["unpriced"] else _ZERO
    logged = dollars(row["logged_pico"]) or known
    export_only = dollars(row["export_only_pico"]) or known
    unmetered = dollars(row["logged_not_metered_pico"]) or _ZERO
    expected = None
    if logged is not None and export_only is not None:
        expected = logged + export_only - unmetered
    billed = row["billed"]
    difference = None if billed is None or expected is None else billed - expected
    return {
        "provider": row["provider"],
        "day": row["day"],
        "logged": logged,
        "export_only": export_only,
        "logged_not_metered": unmetered,
        "expected": expected,
        "billed": billed,
        "difference": difference,
        "state": _state(billed, difference, materiality, checked=checked),
    }


def _state(
    billed: Decimal | None, difference: Decimal | None, materiality: Decimal, *, checked: bool
) -> str:
    if billed is None:
        return "open" if checked else "no charges"
    if difference is None:
        return "unpriced"
    if abs(difference) < _CENT:
        return "matched"
    return "within" if abs(difference) <= materiality * abs(billed) else "off"


def _stamp(
    checked: list[dict[str, Any]], billed: Decimal, gross: Decimal, materiality: Decimal
) -> State:
    if not checked:
        return "not checked"
    return "reconciled" if gross <= materiality * abs(billed) else "not reconciled"
