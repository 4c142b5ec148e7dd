"""OpenAI organisation costs from the API: dollars per day, line item and project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiaudit.readers.pages import amount, flat, results, text
from aiaudit.readers.reader import Reader
from aiaudit.resources import statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.readers.reader import Export, Flat

_KIND: Final = "organization.costs.result"
COLUMNS: Final = (
    "start_time", "end_time", "line_item", "project_id", "api_key_id", "organization_id",
    "user_id", "quantity", "quantity_unit", "amount_value", "amount_currency",
)  # fmt: skip


def _claims(record: Export) -> bool:
    return any(result.get("object") == _KIND for _, result in results(record) if result)


def _rows(record: Export) -> Iterator[Flat]:
    for bucket, result in results(record):
        times = flat(bucket, "start_time", "end_time")
        if result is None:
            yield times | {"idle": "true"}
            continue
        stated = result.get("amount")
        money = stated if isinstance(stated, dict) else {"value": stated}
        yield (
            flat(result, *COLUMNS[2:8])
            | times
            | {
                "amount_value": amount(money.get("value")),
                "amount_currency": text(money.get("currency")),
                "quantity": amount(result.get("quantity")),
                "quantity_unit": text(result.get("quantity_unit")),
            }
        )


READER = Reader(
    id="openai-costs",
    family="openai-costs",
    title="OpenAI costs API",
    carries="dollars per day, line item and project",
    found_by="results[].object is organization.costs.result",
    grain="charge",
    holds="json",
    verified=True,
    version=2,
    signature=frozenset({"object", _KIND}),
    columns=dict.fromkeys(("idle", *COLUMNS), "VARCHAR"),
    select=statement("openai_costs"),
    rows=_rows,
    claims=_claims,
)
