"""OpenRouter's activity from its API: a day's requests, tokens and credits per model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiaudit.readers.pages import amount, flat
from aiaudit.readers.reader import Reader
from aiaudit.resources import statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.readers.reader import Export, Flat

COLUMNS: Final = (
    "date", "day", "model", "model_permaslug", "slug", "endpoint_id", "provider_name", "provider",
    "workspace_id", "api_key_name", "API Key", "app_name", "requests", "request_count",
    "prompt_tokens", "Prompt Tokens", "completion_tokens", "Completion Tokens",
    "reasoning_tokens", "Reasoning Tokens", "usage", "spend", "byok_usage_inference", "BYOK Usage",
)  # fmt: skip
_MONEY: Final = ("usage", "byok_usage_inference")


def _items(record: Export) -> Iterator[Export]:
    if isinstance(record.get("data"), list):
        yield from (item if isinstance(item, dict) else {} for item in record["data"])
    else:
        yield record


def _claims(record: Export) -> bool:
    return any(
        {"model_permaslug", "byok_usage_inference"} <= item.keys() for item in _items(record)
    )


def _rows(record: Export) -> Iterator[Flat]:
    for item in _items(record):
        yield flat(item, *COLUMNS) | {name: amount(item.get(name)) for name in _MONEY}


READER = Reader(
    id="openrouter-activity",
    family="openrouter-activity",
    title="OpenRouter activity API",
    carries="requests, tokens and credits per day, model and endpoint",
    found_by="data[] with model_permaslug and byok_usage_inference",
    grain="bucket",
    holds="json",
    verified=False,
    signature=frozenset({"model_permaslug", "byok_usage_inference"}),
    columns=dict.fromkeys(COLUMNS, "VARCHAR"),
    select=statement("openrouter_activity"),
    rows=_rows,
    claims=_claims,
)
