"""AWS Cost Explorer's API: costs per period, grouped by service, usage type, account or tag."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from aiaudit.readers.bill_text import bill
from aiaudit.readers.pages import amount, text
from aiaudit.readers.reader import Reader
from aiaudit.resources import statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.readers.reader import Export, Flat

_KEYS: Final = {
    "SERVICE": "service", "SERVICE_CODE": "service", "USAGE_TYPE": "usage_type",
    "LINKED_ACCOUNT": "account", "PAYER_ACCOUNT": "account", "RECORD_TYPE": "record_type",
    "REGION": "region", "OPERATION": "operation",
}  # fmt: skip
_METRICS: Final = {
    "UnblendedCost": "unblended", "NetUnblendedCost": "net_unblended", "BlendedCost": "blended",
    "AmortizedCost": "amortized", "NetAmortizedCost": "net_amortized",
}  # fmt: skip
COLUMNS: Final = dict.fromkeys(
    (
        "period_start", "period_end", "service", "usage_type", "account", "record_type", "region",
        "operation", "tag", "currency", "quantity", "unit", "whole", "idle", *_METRICS.values(),
    ),
    "VARCHAR",
)  # fmt: skip


def _claims(record: Export) -> bool:
    return isinstance(record.get("ResultsByTime"), list)


def _rows(record: Export) -> Iterator[Flat]:
    stated = record.get("GroupDefinitions")
    kinds = [_kind(one) for one in stated] if isinstance(stated, list) else []
    for result in record["ResultsByTime"]:
        period = _object(_object(result).get("TimePeriod"))
        times = {"period_start": text(period.get("Start")), "period_end": text(period.get("End"))}
        groups = _object(result).get("Groups")
        for group in groups if isinstance(groups, list) else ():
            yield times | _named(_object(group), kinds) | _measured(_object(group).get("Metrics"))
        if not groups:
            # A period without groups is a total over all services, or nothing at all.
            total = _measured(_object(result).get("Total"))
            yield times | ({**total, "whole": "true"} if total else {"idle": "true"})


def _object(value: Any) -> Export:  # noqa: ANN401  # whatever JSON holds
    return value if isinstance(value, dict) else {}


def _kind(definition: Any) -> str:  # noqa: ANN401  # as above
    found = _object(definition)
    return _KEYS.get(str(found.get("Key")), "tag") if found.get("Type") != "TAG" else "tag"


def _named(group: Export, kinds: list[str]) -> Flat:
    keys = group.get("Keys")
    values = [text(key) for key in keys] if isinstance(keys, list) else []
    if not kinds:  # saved without its definitions: a usage type has a dash and no space
        kinds = ["usage_type" if v and "-" in v and " " not in v else "service" for v in values]
    return dict(zip(kinds, values, strict=False))


def _measured(metrics: Any) -> Flat:  # noqa: ANN401  # as above
    found: Flat = {}
    for name, column in _METRICS.items():
        metric = _object(_object(metrics).get(name))
        if metric:
            found |= {column: amount(metric.get("Amount")), "currency": text(metric.get("Unit"))}
    used = _object(_object(metrics).get("UsageQuantity"))
    if used and found:
        found |= {"quantity": amount(used.get("Amount")), "unit": text(used.get("Unit"))}
    return found


READER = Reader(
    id="aws-cost-explorer",
    family="aws-cost-explorer",
    title="AWS Cost Explorer, GetCostAndUsage (JSON)",
    carries="cost per period and group; tokens where grouped by usage type",
    found_by="ResultsByTime[]",
    grain="charge",
    holds="json",
    verified=False,
    signature=frozenset({"resultsbytime", "timeperiod"}),
    columns=COLUMNS,
    select=bill(statement("aws_cost_explorer")),
    rows=_rows,
    claims=_claims,
)
