"""AWS Cost and Usage Reports: one line per hour or day, product and usage type, legacy and 2.0."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiaudit.readers.bill_text import bill
from aiaudit.readers.reader import Reader
from aiaudit.resources import statement

if TYPE_CHECKING:
    from aiaudit.readers.reader import Export

# Our name -> how 2.0 (and Athena) spells the column, and how the legacy report does.
_SPELLED: Final = {
    "payer_account_id": ("bill_payer_account_id", "bill/PayerAccountId"),
    "usage_account_id": ("line_item_usage_account_id", "lineItem/UsageAccountId"),
    "line_item_type": ("line_item_line_item_type", "lineItem/LineItemType"),
    "usage_start_date": ("line_item_usage_start_date", "lineItem/UsageStartDate"),
    "usage_end_date": ("line_item_usage_end_date", "lineItem/UsageEndDate"),
    "product_code": ("line_item_product_code", "lineItem/ProductCode"),
    "usage_type": ("line_item_usage_type", "lineItem/UsageType"),
    "operation": ("line_item_operation", "lineItem/Operation"),
    "resource_id": ("line_item_resource_id", "lineItem/ResourceId"),
    "iam_principal": ("line_item_iam_principal", "lineItem/IamPrincipal"),
    "usage_amount": ("line_item_usage_amount", "lineItem/UsageAmount"),
    "currency_code": ("line_item_currency_code", "lineItem/CurrencyCode"),
    "unblended_cost": ("line_item_unblended_cost", "lineItem/UnblendedCost"),
    "net_unblended_cost": ("line_item_net_unblended_cost", "lineItem/NetUnblendedCost"),
    "line_item_description": ("line_item_line_item_description", "lineItem/LineItemDescription"),
    "unit": ("pricing_unit", "pricing/unit"),
    "public_on_demand_cost": ("pricing_public_on_demand_cost", "pricing/publicOnDemandCost"),
    "reservation_effective_cost": ("reservation_effective_cost", "reservation/EffectiveCost"),
    "savings_plan_effective_cost": (
        "savings_plan_savings_plan_effective_cost", "savingsPlan/SavingsPlanEffectiveCost",
    ),
    "product_service": ("product_servicename", "product/servicename"),
    "product_name": ("product_product_name", "product/ProductName"),
}  # fmt: skip
_JSON: Final = ("product", "resource_tags")
_RENAMED: Final = ", ".join(
    f'nullif(coalesce("{new}", "{old}"), \'\') AS {name}' for name, (new, old) in _SPELLED.items()
)
_MARKS: Final = (
    frozenset({"line_item_usage_type", "line_item_unblended_cost"}),
    frozenset({"lineitem/usagetype", "lineitem/unblendedcost"}),
)


def _claims(record: Export) -> bool:
    names = {name.lower() for name in record}
    return any(marks <= names for marks in _MARKS)


READER = Reader(
    id="aws-cur",
    family="aws-cur",
    title="AWS Cost and Usage Report, legacy or 2.0 (CSV or Parquet)",
    carries="list, contracted and billed cost per line; Bedrock lines with model and tokens",
    found_by="columns line_item_usage_type and line_item_unblended_cost, or lineItem/UsageType",
    grain="charge",
    holds="table",
    verified=False,
    signature=_MARKS[0],
    columns=dict.fromkeys((name for pair in _SPELLED.values() for name in pair), "VARCHAR")
    | dict.fromkeys(_JSON, "JSON"),
    select=bill(
        statement("aws_cur").replace(
            "FROM export", f"FROM (SELECT {_RENAMED}, {', '.join(_JSON)} FROM export) AS renamed"
        )
    ),
    claims=_claims,
)
