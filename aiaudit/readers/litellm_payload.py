"""LiteLLM logging payloads: one document per call, as the gateway writes it to a bucket."""

from __future__ import annotations

from aiaudit.readers.litellm_spend_log import COLUMNS
from aiaudit.readers.reader import Reader
from aiaudit.resources import statement

READER = Reader(
    id="litellm-payload",
    family="litellm",
    title="LiteLLM standard logging payload (JSON document, JSON lines or JSON list)",
    carries="calls with tokens, cache, cost, status, retries, key, team, tags and prompts",
    found_by="id, call_type, response_cost and model_group",
    grain="call",
    holds="json",
    verified=True,
    signature=frozenset({"id", "call_type", "response_cost", "model_group"}),
    columns=COLUMNS,
    select=statement("litellm"),
)
