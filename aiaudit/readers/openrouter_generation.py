"""OpenRouter's single requests as its generation API tells them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiaudit.readers.openrouter_generations import COLUMNS
from aiaudit.readers.pages import amount, flat
from aiaudit.readers.reader import Reader
from aiaudit.resources import statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.readers.reader import Export, Flat

_MONEY: Final = ("total_cost", "totalCost", "upstream_inference_cost", "upstreamInferenceCost")


# Vercel's lookup is modelled on this one and has more.
_VERCEL: Final = frozenset({"native_tokens_cache_creation", "billable_web_search_calls"})


def _items(record: Export) -> Iterator[Export]:
    inside = record.get("data")
    found = inside if isinstance(inside, list) else [inside if isinstance(inside, dict) else record]
    yield from (item if isinstance(item, dict) else {} for item in found)


def _claims(record: Export) -> bool:
    return any(
        not _VERCEL & item.keys()
        and (
            {"native_tokens_prompt", "total_cost"} <= item.keys()
            or {"nativeTokensPrompt", "totalCost"} <= item.keys()
        )
        for item in _items(record)
    )


def _rows(record: Export) -> Iterator[Flat]:
    for item in _items(record):
        money = {name: amount(item[name]) for name in _MONEY if item.get(name) is not None}
        yield flat(item, *COLUMNS) | money


READER = Reader(
    id="openrouter-generation",
    family="openrouter-generations",
    title="OpenRouter generation API",
    carries="calls with tokens, cache, reasoning, credits, times, app and session",
    found_by="native_tokens_prompt and total_cost, bare or under data",
    grain="call",
    holds="json",
    verified=False,
    signature=frozenset({"native_tokens_prompt", "total_cost"}),
    columns=dict.fromkeys(COLUMNS, "VARCHAR"),
    select=statement("openrouter_generations"),
    rows=_rows,
    claims=_claims,
)
