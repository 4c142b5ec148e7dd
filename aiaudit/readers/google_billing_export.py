"""Google Cloud's billing export to BigQuery: lines per hour and SKU, credits beside them."""

from __future__ import annotations

import json
from decimal import Decimal, DecimalException
from typing import TYPE_CHECKING, Any, Final

from aiaudit.readers import bigquery
from aiaudit.readers.bill_text import bill
from aiaudit.readers.pages import amount, text
from aiaudit.readers.reader import Reader
from aiaudit.resources import statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.readers.reader import Export, Flat

COLUMNS: Final = dict.fromkeys(
    (
        "usage_start", "usage_end", "exported_at", "billing_account", "service", "sku", "sku_text",
        "sku_id", "cost_type", "credit", "credit_id", "list_cost", "contracted_cost",
        "billed_cost", "currency", "project", "place", "labels", "used", "used_unit", "whole",
        "file_name", "undated",
    ),
    "VARCHAR",
)  # fmt: skip
# Our name -> where it stands; a table of cells writes the dot as a dot or an underscore.
_PLACES: Final = {
    "usage_start": "usage_start_time", "usage_end": "usage_end_time",
    "exported_at": "export_time", "billing_account": "billing_account_id",
    "service": "service.description", "sku": "sku.description", "sku_text": "sku.description",
    "sku_id": "sku.id", "cost_type": "cost_type", "currency": "currency", "project": "project.id",
    "place": "location.location",
}  # fmt: skip
# Credits that are a price agreed on belong to the line; the others are money of their own.
_AGREED: Final = frozenset(
    {
        "DISCOUNT", "COMMITTED_USAGE_DISCOUNT", "COMMITTED_USAGE_DISCOUNT_DOLLAR_BASE",
        "SUSTAINED_USAGE_DISCOUNT", "SUBSCRIPTION_BENEFIT", "RESELLER_MARGIN",
    }
)  # fmt: skip


def _claims(record: Export) -> bool:
    names = bigquery.names(record)
    sku = {"sku", "sku.description", "sku_description"} & names
    return bool(sku) and {"usage_start_time", "cost"} <= names


def _rows(record: Export) -> Iterator[Flat]:
    for row in bigquery.rows(record):
        yield from _lines(row)


def _lines(row: Export) -> Iterator[Flat]:
    line: Flat = {name: text(_at(row, place)) for name, place in _PLACES.items()}
    line["labels"] = json.dumps([_at(row, "labels"), _at(row, "tags")], sort_keys=True)
    given = _credits(row)
    agreed = [c for c in given if text(c.get("type")) in _AGREED]
    cost = _plus(_at(row, "cost"), agreed)
    listed = _at(row, "cost_at_list")
    money = {"billed_cost": cost, "contracted_cost": cost, "list_cost": amount(listed)}
    yield line | money | _used(row)
    for credit in given:
        if credit not in agreed:
            said = text(credit.get("full_name")) or text(credit.get("name"))
            yield line | {
                "sku": said or text(credit.get("type")),
                "credit": "true",
                "credit_id": text(credit.get("id")) or said,
                "billed_cost": amount(credit.get("amount")),
            }


def _credits(row: Export) -> list[Export]:
    stated = _at(row, "credits")
    if isinstance(stated, str) and stated.lstrip()[:1] == "[":
        stated = _parsed(stated)
    if isinstance(stated, list):
        return [credit for credit in stated if isinstance(credit, dict)]
    # A table of cells holds their sum, or one credit in cells of its own.
    worth = stated if isinstance(stated, str) and stated.strip() else row.get("credits.amount")
    kind = row.get("credits.type") or row.get("credits_type")
    worth = worth or row.get("credits_amount")
    return [{"amount": worth, "type": kind, "name": row.get("credits.name")}] if worth else []


def _parsed(stated: str) -> Any:  # noqa: ANN401  # whatever JSON holds
    try:
        return json.loads(stated, parse_float=str, parse_int=str)
    except (ValueError, RecursionError):
        return None


def _plus(cost: Any, agreed: list[Export]) -> str | None:  # noqa: ANN401  # as above
    stated = amount(cost)
    try:
        parts = [Decimal(amount(credit.get("amount")) or 0) for credit in agreed]
        return str(sum(parts, Decimal(stated))) if stated and parts else stated
    except DecimalException:
        return "not an amount"


def _used(row: Export) -> Flat:
    """Return what was used: counted things as they are, others in the unit of their price."""
    unit = text(_at(row, "usage.unit"))
    if unit in {"count", "requests", None}:
        return {"used": amount(_at(row, "usage.amount")), "used_unit": unit}
    return {
        "used": amount(_at(row, "usage.amount_in_pricing_units")),
        "used_unit": text(_at(row, "usage.pricing_unit")),
    }


def _at(row: Export, place: str) -> Any:  # noqa: ANN401  # as above
    first, _, rest = place.partition(".")
    if rest and isinstance(row.get(first), dict):
        return row[first].get(rest)
    return row.get(place, row.get(place.replace(".", "_")))


READER = Reader(
    id="google-billing-export",
    family="google-billing",
    title="Google Cloud billing export from BigQuery (JSON, CSV or Parquet)",
    carries="list and billed cost per line, credits apart; Gemini lines with model and tokens",
    found_by="usage_start_time and cost beside sku.description",
    grain="charge",
    holds="both",
    verified=False,
    signature=frozenset({"usage_start_time", "sku", "cost"}),
    columns=COLUMNS,
    select=bill(statement("google_billing")),
    rows=_rows,
    unfolds=True,
    claims=_claims,
)
