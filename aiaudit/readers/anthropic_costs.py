"""Anthropic cost report from the Admin API: cents per day, model, token class and workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiaudit.readers.pages import amount, flat, results
from aiaudit.readers.reader import Reader
from aiaudit.resources import statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.readers.reader import Export, Flat

_COLUMNS: Final = (
    "currency", "cost_type", "description", "model", "service_tier", "token_type",
    "context_window", "inference_geo", "workspace_id", "speed",
)  # fmt: skip


def _claims(record: Export) -> bool:
    # The Enterprise report has the same envelope and a list amount; its groups may overlap.
    return any(
        "starting_at" in bucket and "amount" in result and "list_amount" not in result
        for bucket, result in results(record)
        if result
    )


def _rows(record: Export) -> Iterator[Flat]:
    for bucket, result in results(record):
        times = flat(bucket, "starting_at", "ending_at")
        if result is None:
            yield times | {"idle": "true"}
        else:
            # "123.45" is in cents: 1.2345 dollars.
            money = {"amount": amount(result.get("amount"), cents=True)}
            yield flat(result, *_COLUMNS) | times | money


READER = Reader(
    id="anthropic-costs",
    family="anthropic-costs",
    title="Anthropic cost report, Admin API",
    carries="dollars (stated in cents) per day, model, token class and workspace",
    found_by="data[].starting_at with results[].amount",
    grain="charge",
    holds="json",
    verified=False,
    signature=frozenset({"starting_at", "amount"}),
    columns=dict.fromkeys(("starting_at", "ending_at", "idle", "amount", *_COLUMNS), "VARCHAR"),
    select=statement("anthropic_costs"),
    rows=_rows,
    claims=_claims,
)
