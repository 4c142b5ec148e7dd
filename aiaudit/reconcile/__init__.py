"""Calls against charges: what was billed, by provider and day, beside what the calls cost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Any, Final, Literal

from aiaudit.pricing import cost
from aiaudit.pricing.providers import billing_provider
from aiaudit.reconcile import bridge, days, lines, once
from aiaudit.reconcile.difference import ZERO
from aiaudit.resources import statement

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aiaudit.engine import Engine

__all__ = ["INVOICES", "Reconciliation", "bridge", "days", "lines", "reconcile"]

State = Literal["not checked", "reconciled", "not reconciled"]

INVOICES: Final = ("provider", "invoice", "charged", "expected", "difference")
_DIGITS: Final = 60  # an export may state amounts of thirty digits, and sums have more


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """Every provider and day with its difference, billed minus expected, in USD.

    `gross` adds the absolute differences of the days that were checked, and what invoices hold
    beyond the charges, so that one error cannot hide another; `state` compares it with materiality
    times what was billed on those days.
    """

    rows: tuple[Mapping[str, Any], ...]
    billed: Decimal
    gross: Decimal
    state: State
    lines: tuple[lines.Line, ...] = ()
    bridge: tuple[Mapping[str, Any], ...] = ()
    invoices: tuple[Mapping[str, Any], ...] = ()
    once: tuple[Mapping[str, Any], ...] = ()


def reconcile(
    engine: Engine, materiality: Decimal, invoices: Mapping[str, Decimal] | None = None
) -> Reconciliation:
    """Compare `workload` with `billed`, and charges with invoices; leaves the table `reconciled`.

    Days are those of the provider's own billing zone. `invoices` is what each provider asked for
    the whole period, in USD.
    """
    engine.create("unmetered", statement("unmetered"), key=("call_id",))
    cost(engine, "unmetered", into="costed_unmetered", temporary=False)
    engine.create("reconciled", statement("reconciled"), key=("provider", "day"))
    found = engine.rows("SELECT * FROM reconciled ORDER BY provider, day")
    asked = {billing_provider(name) or name: usd for name, usd in (invoices or {}).items()}
    with localcontext() as context:
        context.prec = _DIGITS
        billed = any(row["billed"] is not None for row in found)
        detail = lines.lines(engine) if billed else ()
        rows = days.rows(found, detail, materiality)
        made = _closed(rows, bridge.bridge(rows, asked), asked, materiality)
        return replace(made, lines=detail, once=once.counted_once(engine))


def _closed(
    rows: Sequence[Mapping[str, Any]],
    steps: tuple[Mapping[str, Any], ...],
    asked: Mapping[str, Decimal],
    materiality: Decimal,
) -> Reconciliation:
    checked = [row for row in rows if row["difference"] is not None]
    billed = sum((row["billed"] for row in checked), ZERO)
    gross = sum((abs(row["difference"]) for row in checked), ZERO)
    invoiced = tuple(_invoice(provider, amount, steps) for provider, amount in asked.items())
    gross += sum((abs(row["difference"]) for row in invoiced), ZERO)
    billed += sum((row["invoice"] for row in invoiced if row["charged"] is None), ZERO)
    return Reconciliation(
        rows=tuple(rows),
        billed=billed,
        gross=gross,
        state=_stamp(bool(checked or invoiced), billed, gross, materiality),
        bridge=steps,
        invoices=invoiced,
    )


def _invoice(
    provider: str, amount: Decimal, steps: tuple[Mapping[str, Any], ...]
) -> dict[str, Any]:
    """Return an invoice beside all charges of its provider, or beside what calls cost."""
    sums = {step["step"]: step["amount"] for step in steps if step["provider"] == provider}
    charged = sums.get("all charges")
    against = sums["expected"] if charged is None else charged
    return {"provider": provider, "invoice": amount, "charged": charged,
            "expected": sums["expected"], "difference": amount - against}  # fmt: skip


def _stamp(checked: bool, billed: Decimal, gross: Decimal, materiality: Decimal) -> State:  # noqa: FBT001
    if not checked:
        return "not checked"
    return "reconciled" if gross <= materiality * abs(billed) else "not reconciled"
