"""Anthropic costs of an Enterprise plan, Analytics API: cents per bucket or user, before credit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiaudit.readers.enterprise import DIMENSIONS, entries
from aiaudit.readers.pages import amount, flat, results
from aiaudit.readers.reader import Reader
from aiaudit.resources import statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.readers.reader import Export, Flat

_PAGE: Final = ("starting_at", "ending_at", "organization_id", "data_refreshed_at", "who", "idle")
_MONEY: Final = ("amount", "list_amount", "currency", "requests")


def _claims(record: Export) -> bool:
    return any(
        "starting_at" in bucket and (_priced(result) or _priced(result.get("cost")))
        for bucket, result in results(record)
        if result
    )


def _priced(result: object) -> bool:
    return isinstance(result, dict) and {"amount", "list_amount"} <= result.keys()


def _rows(record: Export) -> Iterator[Flat]:
    for known, entry in entries(record):
        if entry is None:
            yield known | {"idle": "true"}
            continue
        # Both amounts are in cents, with fractions.
        money = {name: amount(entry.get(name), cents=True) for name in ("amount", "list_amount")}
        yield known | flat(entry, "currency", "requests") | money


READER = Reader(
    id="anthropic-enterprise-costs",
    family="anthropic-enterprise-costs",
    title="Anthropic cost report, Analytics API (Enterprise)",
    carries="dollars (stated in cents) at list and after discount, before credits",
    found_by="data[].starting_at with amount and list_amount",
    grain="charge",
    holds="json",
    verified=False,
    signature=frozenset({"starting_at", "list_amount"}),
    columns=dict.fromkeys((*_PAGE, *_MONEY, *DIMENSIONS), "VARCHAR"),
    select=statement("anthropic_enterprise_costs"),
    rows=_rows,
    claims=_claims,
)
