"""Azure's cost details as Cost Management exports them: a line per day, resource and meter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiaudit.readers.bill_text import bill
from aiaudit.readers.reader import Reader
from aiaudit.resources import statement

if TYPE_CHECKING:
    from aiaudit.readers.reader import Export

# Our name -> how the column is called by agreement (enterprise, customer, pay-as-you-go) and age.
_SPELLED: Final = {
    "used_on": ("Date", "UsageDateTime", "UsageDate"),
    "billing_account": ("BillingAccountId", "EnrollmentNumber"),
    "subscription": ("SubscriptionId", "SubscriptionGuid"),
    "subscription_name": ("SubscriptionName",),
    "resource": ("ResourceId", "InstanceId", "InstanceName"),
    "resource_group": ("ResourceGroup", "ResourceGroupName"),
    "product_name": ("Product", "ProductName"),
    "meter": ("MeterId",),
    "meter_category": ("MeterCategory",),
    "meter_subcategory": ("MeterSubCategory",),
    "meter_name": ("MeterName",),
    "quantity": ("Quantity", "UsageQuantity", "ConsumedQuantity"),
    "unit": ("UnitOfMeasure",),
    "effective_price": ("EffectivePrice", "ResourceRate"),
    "cost": ("CostInBillingCurrency", "Cost", "PreTaxCost", "ExtendedCost"),
    "payg_cost": ("PaygCostInBillingCurrency",),
    "payg_price": ("PayGPrice",),
    "currency": ("BillingCurrency", "BillingCurrencyCode", "Currency"),
    "charge_type": ("ChargeType",),
    "pricing_model": ("PricingModel",),
    "reservation": ("ReservationId", "ProductOrderId"),
    "benefit": ("BenefitId",),
    "place": ("ResourceLocation", "MeterRegion"),
    "consumed_service": ("ConsumedService",),
    "publisher": ("PublisherName",),
    "invoice_section": ("InvoiceSectionId", "InvoiceSectionName", "InvoiceSection"),
    "tags": ("Tags",),
}
_RENAMED: Final = ", ".join(
    "coalesce({}, NULL) AS {}".format(
        ", ".join(f"nullif(trim(\"{name}\"), '')" for name in names), ours
    )
    for ours, names in _SPELLED.items()
)
_MARKS: Final = frozenset({"metercategory", "metername", "meterid"})


def _claims(record: Export) -> bool:
    names = {name.lower() for name in record}
    return names >= _MARKS and any(name.lower() in names for name in _SPELLED["cost"])


READER = Reader(
    id="azure-costs",
    family="azure-costs",
    title="Azure Cost Management details, actual or amortized (CSV or Parquet)",
    carries="list, effective and billed cost per line; token meters with model and tokens",
    found_by="columns MeterCategory, MeterName and a cost",
    grain="charge",
    holds="table",
    verified=True,
    signature=_MARKS,
    columns=dict.fromkeys((name for names in _SPELLED.values() for name in names), "VARCHAR"),
    select=bill(
        statement("azure_costs").replace(
            "FROM export", f"FROM (SELECT {_RENAMED} FROM export) AS renamed"
        )
    ),
    claims=_claims,
)
