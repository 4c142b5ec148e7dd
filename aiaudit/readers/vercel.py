"""Vercel AI Gateway: single generations as its lookup tells them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiaudit.readers.pages import amount, flat
from aiaudit.readers.reader import Reader
from aiaudit.resources import statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.readers.reader import Export, Flat

# As the SDK spells them, and as the answer to the lookup itself does.
_COLUMNS: Final = (
    "id", "createdAt", "created_at", "providerName", "provider_name", "model", "isByok", "is_byok",
    "promptTokens", "prompt_tokens", "tokens_prompt", "cachedTokens", "cached_tokens",
    "native_tokens_cached", "cacheCreationTokens", "cache_creation_tokens",
    "native_tokens_cache_creation", "completionTokens", "completion_tokens", "tokens_completion",
    "reasoningTokens", "reasoning_tokens", "native_tokens_reasoning", "billableWebSearchCalls",
    "billable_web_search_calls", "generationTime", "generation_time", "latency", "finishReason",
    "finish_reason", "totalCost", "total_cost", "upstreamInferenceCost", "upstream_inference_cost",
)  # fmt: skip
_MONEY: Final = ("totalCost", "total_cost", "upstreamInferenceCost", "upstream_inference_cost")
_MARKS: Final = (
    {"generationTime", "isByok", "cacheCreationTokens"},
    {"generation_time", "is_byok", "cache_creation_tokens"},
    {"generation_time", "is_byok", "native_tokens_cache_creation"},
    {"generation_time", "is_byok", "billable_web_search_calls"},
)


def _items(record: Export) -> Iterator[Export]:
    inside = record.get("data")
    found = inside if isinstance(inside, list) else [inside if isinstance(inside, dict) else record]
    yield from (item if isinstance(item, dict) else {} for item in found)


def _claims(record: Export) -> bool:
    return any(marks <= item.keys() for item in _items(record) for marks in _MARKS)


def _rows(record: Export) -> Iterator[Flat]:
    for item in _items(record):
        money = {name: amount(item[name]) for name in _MONEY if item.get(name) is not None}
        yield flat(item, *_COLUMNS) | money


READER = Reader(
    id="vercel-gateway",
    family="vercel-gateway",
    title="Vercel AI Gateway generations",
    carries="calls with tokens, cache, reasoning, searches, cost and times; no prompts",
    found_by="generationTime, isByok and cacheCreationTokens, also in snake case or under data",
    grain="call",
    holds="json",
    verified=False,
    signature=frozenset({"generationtime", "isbyok", "cachecreationtokens"}),
    columns=dict.fromkeys(_COLUMNS, "VARCHAR"),
    select=statement("vercel"),
    rows=_rows,
    claims=_claims,
)
