"""Reconciliation: every dollar between calls and invoice has its step, worked out by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from committed import PRICES, Call, alone, audited

from aiaudit.settings import load

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from aiaudit.ledger import Audit

PROMPT: Final = PRICES.replace("provider: acme", "provider: openai")
JUNE_10: Final = 1_749_513_600
Line = tuple[str, str, int | None]


def charge(day: int, *lines: Line) -> dict[str, Any]:
    """Return a day of June 2025 of the costs export; quantities are in tokens."""
    start = JUNE_10 + (day - 10) * 86_400
    results = [
        {"object": "organization.costs.result", "line_item": item, "quantity": quantity,
         "amount": {"value": float(value), "currency": "usd"}}
        for item, value, quantity in lines
    ]  # fmt: skip
    return {"object": "bucket", "start_time": start, "end_time": start + 86_400, "results": results}


CHARGES: Final = (
    charge(9, ("large, input", "5", None)),
    charge(
        10, ("large, input", "21.9989", 2_199_890), ("large, output", "0.0012", 100),
        ("assistants api | file search", "0.5", 7), ("Promotional credit", "-3", None),
        ("Refund", "-1", None), ("VAT", "2", None),
    ),
    charge(11, ("large, input", "12.9995", None)),
)  # fmt: skip


def month(
    folder: Path, monkeypatch: pytest.MonkeyPatch, charges: tuple[dict[str, Any], ...] = CHARGES
) -> Audit:
    """Return the audit of two calls on 10 June and one on each of the next two days.

    A call is 999,950 tokens in and 50 out at $10 a million: $9.9995 and $0.0005.
    """
    alone(folder, monkeypatch)
    (folder / "exports").mkdir(exist_ok=True)
    if charges:
        (folder / "exports" / "costs.json").write_text(json.dumps(charges), "utf-8")
    calls = [Call(when=f"2025-06-{day}T10:00:00Z") for day in (10, 10, 11, 12)]
    return audited(folder, calls, "customer: x", PROMPT, provider="openai")


def figures(row: dict[str, Any]) -> dict[str, Any]:
    """Return what a row says, noughts and blanks left out."""
    return {name: value for name, value in row.items() if value}


def test_every_day_ends_in_what_was_charged_and_is_open_or_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = month(tmp_path, monkeypatch)
    early, first, second, last = map(figures, found.tables["reconciliation"].records())
    same = {"provider": "openai", "day_state": "closed", "state": "off"}
    assert early == same | {
        "day": "2025-06-09", "billed": 5, "difference": 5, "prior_period": 5, "charged": 5,
    }  # fmt: skip
    assert first == same | {
        "day": "2025-06-10", "logged": 20, "expected": 20, "billed": Decimal("22.5001"),
        "difference": Decimal("2.5001"), "quantity_difference": Decimal("1.9999"),
        "rate_difference": Decimal("0.0002"), "unexplained": Decimal("0.5"), "credits": -3,
        "refunds": -1, "tax": 2, "charged": Decimal("20.5001"),
    }  # fmt: skip
    assert second == same | {
        "day": "2025-06-11", "logged": 10, "expected": 10, "billed": Decimal("12.9995"),
        "difference": Decimal("2.9995"), "quantity_difference": Decimal("-0.0005"),
        "unexplained": 3, "charged": Decimal("12.9995"),
    }  # fmt: skip
    assert last == {
        "provider": "openai", "day": "2025-06-12", "logged": 10, "expected": 10, "state": "open",
        "accrued": -10, "day_state": "open",
    }  # fmt: skip


def test_every_line_says_what_we_count_and_what_was_metered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = month(tmp_path, monkeypatch).tables["reconciliation_lines"].records()
    (found,) = [
        figures(line)
        for line in lines
        if line["day"] == "2025-06-10" and line["token_class"] == "input_uncached"  # noqa: S105  # a counter
    ]
    assert found == {
        "provider": "openai", "offering": "openai/large", "day": "2025-06-10",
        "token_class": "input_uncached", "counted": 1_999_900, "metered": 2_199_890,
        "expected": Decimal("19.999"), "billed": Decimal("21.9989"),
        "difference": Decimal("1.9999"), "quantity_difference": Decimal("1.9999"),
    }  # fmt: skip


STEPS: Final = {
    "explained by logs": ("40", "0", "40"),
    "expected": (None, None, "40"),
    "rate difference": ("0.0002", "0", "0.0002"),
    "quantity difference": ("1.9999", "-0.0005", "1.9994"),
    "unexplained": ("3.5", "0", "3.5"),
    "cut-off: accrued, not billed yet": ("0", "-10", "-10"),
    "cut-off: prior period": ("5", "0", "5"),
    "billed usage": (None, None, "40.4996"),
    "credits": ("0", "-3", "-3"),
    "refunds": ("0", "-1", "-1"),
    "tax": ("2", "0", "2"),
    "all charges": (None, None, "38.4996"),
    "unexplained by charges": ("1.5004", "0", "1.5004"),
    "invoice": (None, None, "40"),
}


def test_the_steps_lead_to_the_invoice_and_net_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("committed.load", invoiced({"OpenAI": Decimal(40)}))
    found = month(tmp_path, monkeypatch)
    rows = [
        row for row in found.tables["reconciliation_bridge"].records()
        if row["amount"] or row["over"]
    ]  # fmt: skip
    assert {row["step"]: (row["over"], row["under"], row["amount"]) for row in rows} == {
        step: tuple(None if value is None else Decimal(value) for value in values)
        for step, values in STEPS.items()
    }
    # 2.5001 and 2.9995 of days, 5 of the prior period, 1.5004 beyond the charges: nothing netted.
    assert found.coverage["reconciliation"]["gross_difference"] == 12
    assert found.coverage["reconciliation"]["state"] == "not reconciled"


def invoiced(invoices: dict[str, Decimal]) -> Any:  # noqa: ANN401  # stands in for a function
    return lambda *args, **chosen: replace(load(*args, **chosen), invoices=invoices)


def test_an_invoice_alone_is_compared_with_what_the_calls_cost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("committed.load", invoiced({"openai": Decimal("40.30")}))
    found = month(tmp_path, monkeypatch, ())
    (row,) = found.tables["invoices"].records()
    assert (row["expected"], row["charged"], row["difference"]) == (40, None, Decimal("0.3"))
    # 0.30 of 40.30 are within one percent.
    assert found.coverage["reconciliation"]["state"] == "reconciled"
