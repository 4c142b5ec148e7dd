"""Answers of Azure's cost query API: rows of cells under named columns, grouped as was asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from aiaudit.readers.bill_text import bill
from aiaudit.readers.pages import amount, text
from aiaudit.readers.reader import Reader
from aiaudit.resources import statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.readers.reader import Export, Flat

_COSTS: Final = ("pretaxcost", "cost", "costinbillingcurrency", "totalcost")
_TEXTS: Final = {
    "service": ("servicename",),
    "category_of_meter": ("metercategory",),
    "product_name": ("product", "productname", "metersubcategory"),
    "meter": ("meter", "metername"),
    "unit": ("unitofmeasure",),
    "place": ("resourcelocation",),
    "resource": ("resourceid",),
    "account": ("billingaccountid",),
    "subscription": ("subscriptionname", "subscriptionid"),
    "charge_type": ("chargetype",),
    "currency": ("currency", "billingcurrency"),
}
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")


def _claims(record: Export) -> bool:
    return bool(set(_columns(record)) & set(_COSTS)) and isinstance(
        _inside(record).get("rows"), list
    )


def _inside(record: Export) -> Export:
    found = record.get("properties")
    return found if isinstance(found, dict) else record


def _columns(record: Export) -> list[str]:
    columns = _inside(record).get("columns")
    found = columns if isinstance(columns, list) else []
    return [str(c.get("name")).lower() if isinstance(c, dict) else "" for c in found]


def _rows(record: Export) -> Iterator[Flat]:
    columns = _columns(record)
    rows = _inside(record).get("rows")
    for row in rows if isinstance(rows, list) else ():
        cells = dict(zip(columns, row, strict=False)) if isinstance(row, list) else {}
        yield _row(cells)


def _row(cells: Export) -> Flat:
    # In dollars there is a second cost; the one in the bill's currency stands beside the currency.
    stated = next((cells[name] for name in _COSTS if name in cells), None)
    named = {ours: _first(cells, names) for ours, names in _TEXTS.items()}
    day, month = text(cells.get("usagedate")), text(cells.get("billingmonth"))
    return named | {
        "day_text": _COMPACT.sub(r"\1-\2-\3", day or month or "") or None,
        "monthly": "true" if month and not day else None,
        "cost": amount(stated),
        "quantity": amount(_first(cells, ("usagequantity", "quantity"))),
    }


def _first(cells: Export, names: tuple[str, ...]) -> str | None:
    found: Any = next((cells[name] for name in names if cells.get(name) is not None), None)
    return text(found)


READER = Reader(
    id="azure-cost-query",
    family="azure-costs",
    title="Azure Cost Management query (JSON)",
    carries="billed cost per group; token meters with model and tokens",
    found_by="properties.columns[] with PreTaxCost or Cost, and properties.rows[]",
    grain="charge",
    holds="json",
    verified=False,
    signature=frozenset({"properties", "columns", "rows"}),
    columns=dict.fromkeys(
        (*_TEXTS, "day_text", "monthly", "cost", "quantity", "file_name"), "VARCHAR"
    ),
    select=bill(statement("azure_cost_query")),
    rows=_rows,
    claims=_claims,
)
