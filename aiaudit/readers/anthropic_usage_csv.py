"""Anthropic tokens as downloaded from the Console: a row per day or hour, model, key and tier."""

from __future__ import annotations

from typing import Final

from aiaudit.readers.reader import Reader
from aiaudit.resources import statement

_COLUMNS: Final = (
    "usage_date_utc", "model_version", "api_key", "workspace", "usage_type", "context_window",
    "usage_input_tokens_no_cache", "usage_input_tokens_cache_write_5m",
    "usage_input_tokens_cache_write_1h", "usage_input_tokens_cache_read", "usage_output_tokens",
    "web_search_count", "inference_geo", "speed",
)  # fmt: skip

READER = Reader(
    id="anthropic-usage-csv",
    family="anthropic-usage-csv",
    title="Anthropic tokens, Console download",
    carries="tokens by cache class and searches per day or hour; no requests, no money",
    found_by="columns usage_date_utc and usage_input_tokens_no_cache",
    grain="bucket",
    holds="table",
    verified=True,
    signature=frozenset({"usage_date_utc", "usage_input_tokens_no_cache"}),
    columns=dict.fromkeys(_COLUMNS, "VARCHAR"),
    select=statement("anthropic_usage_csv"),
)
