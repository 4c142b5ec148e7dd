"""Bills in FOCUS, the open standard of the FinOps Foundation: clouds, hosts and software alike."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from aiaudit.readers import bigquery
from aiaudit.readers.bill_text import bill
from aiaudit.readers.pages import amount, text
from aiaudit.readers.reader import Reader
from aiaudit.resources import statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.readers.reader import Export, Flat

_TEXT: Final = (
    "BillingAccountId", "BillingCurrency", "ChargeCategory", "ChargeClass", "ChargeDescription",
    "ChargePeriodEnd", "ChargePeriodStart", "CommitmentDiscountId", "ConsumedUnit", "CredentialId",
    "HostProviderName", "InvoiceIssuerName", "PricingCategory", "PricingUnit", "PrincipalId",
    "ProviderName", "RegionId", "ResourceId", "ServiceCategory", "ServiceName",
    "ServiceProviderName", "ServiceSubcategory", "SkuId", "SkuMeter", "SkuPriceId", "SubAccountId",
    "SubAccountName", "Tags", "x_ExportTime", "x_Operation", "x_SkuMeterName",
    "x_SkuMeterSubcategory", "x_UsageType",
)  # fmt: skip
_AMOUNTS: Final = (
    "BilledCost", "ContractedCost", "EffectiveCost", "ListCost", "ConsumedQuantity",
    "PricingQuantity", "ContractedUnitPrice", "ListUnitPrice",
)  # fmt: skip
_MARKS: Final = frozenset({"billedcost", "chargeperiodstart", "chargecategory"})
_EMPTY: Final = ("", "NULL")
# Literal NULL is how some exports write an empty cell.
_KNOWN: Final = ", ".join(
    f"nullif(nullif(trim(\"{name}\"), ''), 'NULL') AS \"{name}\"" for name in (*_TEXT, *_AMOUNTS)
)


def _claims(record: Export) -> bool:
    return bigquery.names(record) >= _MARKS


def _rows(record: Export) -> Iterator[Flat]:
    for row in bigquery.rows(record):
        folded = {name.lower(): value for name, value in row.items()}
        flat = {name: _plain(folded.get(name.lower())) for name in (*_TEXT, "SkuPriceDetails")}
        yield flat | {name: _number(folded.get(name.lower())) for name in _AMOUNTS}


def _number(value: Any) -> str | None:  # noqa: ANN401  # whatever JSON holds
    return None if (text(value) or "").strip() in _EMPTY else amount(value)


def _plain(value: Any) -> str | None:  # noqa: ANN401  # whatever JSON holds
    return json.dumps(value) if isinstance(value, dict | list) else text(value)


READER = Reader(
    id="focus",
    family="focus",
    title="FOCUS bill, 1.0 to 1.4 (CSV, Parquet, JSON or BigQuery rows)",
    carries="list, contracted, effective and billed cost per line; AI lines with model and tokens",
    found_by="columns BilledCost, ChargePeriodStart and ChargeCategory",
    grain="charge",
    holds="both",
    verified=True,
    signature=_MARKS,
    columns=dict.fromkeys((*_TEXT, *_AMOUNTS), "VARCHAR") | {"SkuPriceDetails": "JSON"},
    select=bill(
        statement("focus").replace(
            "FROM export", f"FROM (SELECT {_KNOWN}, SkuPriceDetails FROM export) AS known"
        )
    ),
    rows=_rows,
    claims=_claims,
)
