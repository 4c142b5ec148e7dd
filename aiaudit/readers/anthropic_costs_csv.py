"""Anthropic costs as downloaded from the Console: dollars per day, model, key and token class."""

from __future__ import annotations

from typing import Final

from aiaudit.readers.reader import Reader
from aiaudit.resources import statement

# The header has grown since 2024 and depends on the account; only four columns are in all of them.
_COLUMNS: Final = (
    "usage_date_utc", "model", "workspace", "api_key", "api_key_id", "usage_type",
    "context_window", "token_type", "cost_usd", "cost_type", "inference_geo", "speed",
)  # fmt: skip

READER = Reader(
    id="anthropic-costs-csv",
    family="anthropic-costs-csv",
    title="Anthropic costs, Console download",
    carries="dollars per day, model, key and token class, each row rounded to cents by its source",
    found_by="columns usage_date_utc, model, token_type and cost_usd",
    grain="charge",
    holds="table",
    verified=True,
    signature=frozenset({"usage_date_utc", "model", "token_type", "cost_usd"}),
    columns=dict.fromkeys(_COLUMNS, "VARCHAR"),
    select=statement("anthropic_costs_csv"),
)
