"""Helicone: one row per request that it passed on, from its API or its export tool."""

from __future__ import annotations

from typing import Final

from aiaudit.readers.bodies import coded, labelled, measured, requested
from aiaudit.readers.reader import Reader
from aiaudit.resources import statement

_TEXT: Final = (
    "request_id", "response_id", "request_created_at", "response_created_at", "request_path",
    "target_url", "response_status", "request_model", "response_model", "model_override", "model",
    "provider", "request_user_id", "helicone_user", "delay_ms", "latency", "time_to_first_token",
    "total_tokens", "prompt_tokens", "completion_tokens", "prompt_cache_read_tokens",
    "prompt_cache_write_tokens", "prompt_audio_tokens", "completion_audio_tokens", "costUSD",
    "cost", "cost_usd", "prompt_id", "cache_reference_id",
)  # fmt: skip
_JSON: Final = ("request_body", "response_body", "request_properties", "properties")
_TOLD: Final = (
    "SELECT * EXCLUDE (beside), CASE WHEN beside THEN 'anthropic' END AS told"
    f" FROM ({statement('helicone')})"
)

READER = Reader(
    id="helicone",
    family="helicone",
    title="Helicone requests (JSON lines, JSON list or CSV)",
    carries="calls with tokens, cache, cost, status, times, user, properties and prompts",
    found_by="request_created_at and response_status",
    grain="call",
    holds="both",
    verified=False,
    signature=frozenset({"request_created_at", "response_status"}),
    columns=dict.fromkeys(_TEXT, "VARCHAR") | dict.fromkeys(_JSON, "JSON"),
    select=requested(labelled(coded(measured(_TOLD)))),
)
