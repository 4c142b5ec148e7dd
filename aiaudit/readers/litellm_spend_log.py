"""LiteLLM spend logs: one row per call of the gateway, exported from its table or its API."""

from __future__ import annotations

from typing import Final

from aiaudit.readers.reader import Reader
from aiaudit.resources import statement

# The spend log and the logging payload say the same under few different names.
_TEXT: Final = (
    "request_id", "id", "call_type", "api_key", "spend", "response_cost", "prompt_tokens",
    "completion_tokens", "startTime", "endTime", "completionStartTime", "model", "model_group",
    "custom_llm_provider", "cache_hit", "user", "team_id", "end_user", "session_id", "trace_id",
    "status", "agent_id", "mcp_namespaced_tool_name",
)  # fmt: skip
_JSON: Final = (
    "metadata", "request_tags", "messages", "response", "proxy_server_request",
    "model_parameters", "error_information", "cost_breakdown",
)  # fmt: skip
COLUMNS: Final = dict.fromkeys(_TEXT, "VARCHAR") | dict.fromkeys(_JSON, "JSON")

READER = Reader(
    id="litellm-spend-log",
    family="litellm",
    title="LiteLLM spend logs (JSON lines, JSON list or CSV)",
    carries="calls with tokens, cache, cost, status, retries, key, team, tags and prompts",
    found_by="request_id, call_type, spend and startTime",
    grain="call",
    holds="both",
    verified=True,
    signature=frozenset({"request_id", "call_type", "spend", "starttime"}),
    columns=COLUMNS,
    select=statement("litellm"),
)
