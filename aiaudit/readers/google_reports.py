"""Google Cloud's billing reports and cost tables as downloaded: rows per SKU, in Pacific days."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal, DecimalException
from typing import TYPE_CHECKING, Final

from aiaudit.readers.bill_text import bill
from aiaudit.readers.google_billing_export import COLUMNS
from aiaudit.readers.money import currency_code, plain_number
from aiaudit.readers.reader import Reader
from aiaudit.resources import statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.readers.reader import Export, Flat

_ZONE: Final = "00:00:00 America/Los_Angeles"
_MONEY: Final = re.compile(r"(.+?) \((.{1,4})\)")
# The same amount in several columns, the most exact first.
_BILLED: Final = ("unrounded subtotal", "unrounded cost", "subtotal", "cost")


def _claims(record: Export) -> bool:
    names = {name.lower() for name in record}
    found = {match[1] for name in names if (match := _MONEY.fullmatch(name))}
    return "sku description" in names and bool(found & set(_BILLED))


def _rows(record: Export) -> Iterator[Flat]:
    cells = {name.lower(): value for name, value in record.items()}
    money = {m[1]: (plain_number(v), m[2]) for n, v in cells.items() if (m := _MONEY.fullmatch(n))}
    billed, symbol = next((money[name] for name in _BILLED if name in money), (None, ""))
    service, sku = _cell(cells, "service description"), _cell(cells, "sku description")
    yield {
        **_period(cells),
        "service": service,
        "sku": sku,
        "sku_text": sku,
        "sku_id": _cell(cells, "sku id"),
        "project": _cell(cells, "project id") or _cell(cells, "project name"),
        "cost_type": _cell(cells, "cost type"),
        "billing_account": _cell(cells, "billing account id"),
        "credit": "true" if _cell(cells, "credit type") else None,
        "credit_id": _cell(cells, "credit type"),
        "billed_cost": billed,
        "list_cost": money.get("list cost", (None, ""))[0],
        "contracted_cost": _contracted(money),
        "currency": currency_code(symbol),
        "used": plain_number(cells.get("usage amount")),
        "used_unit": _cell(cells, "usage unit"),
        "whole": "true" if not service and not sku else None,
    }


def _cell(cells: Export, name: str) -> str | None:
    return str(cells.get(name) or "").strip() or None


def _period(cells: Export) -> Flat:
    """Return the days of a row; without any, it is of the day that the file's name states."""
    first = _cell(cells, "date") or _cell(cells, "usage start date")
    if not first:
        return {"undated": "true"}
    after = _day_after(_cell(cells, "usage end date") or first)
    return {"usage_start": f"{first} {_ZONE}", "usage_end": after and f"{after} {_ZONE}"}


def _day_after(day: str) -> str | None:
    """Return the day after an ISO day; None when it is none."""
    try:
        return (date.fromisoformat(day) + timedelta(1)).isoformat()
    except (ValueError, OverflowError):
        return None


def _contracted(money: dict[str, tuple[str | None, str]]) -> str | None:
    """Return the list cost less what was negotiated, where both are stated."""
    stated = (money.get(name, (None, ""))[0] for name in ("list cost", "negotiated savings"))
    listed, saved = stated
    try:
        return str(Decimal(listed) + Decimal(saved)) if listed and saved else None
    except DecimalException:
        return None


READER = Reader(
    id="google-billing-reports",
    family="google-billing",
    title="Google Cloud billing report or cost table, console download (CSV)",
    carries="list and billed cost per SKU, tokens and model of Gemini lines; days are US Pacific",
    found_by="columns SKU description and Subtotal or Cost with a currency",
    grain="charge",
    holds="table",
    verified=True,
    signature=frozenset({"sku description"}),
    columns=COLUMNS,
    select=bill(statement("google_billing")),
    rows=_rows,
    unfolds=True,
    claims=_claims,
)
