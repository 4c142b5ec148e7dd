"""Anthropic Messages: what the cache read and wrote stands beside the input, thinking inside."""

from __future__ import annotations

from aiaudit.usage.convention import USAGE, Convention, first, has

# With `iterations` the top level covers only some of the passes, so it is ignored. A pass that
# names its own model (an adviser) is not this model's: it is listed apart.
_PASSES = f"json_extract({USAGE}, '$.iterations[*]')"
_PARTED = f"coalesce(json_array_length({USAGE}, '$.iterations'), 0) > 0"
_OWN = f"list_filter({_PASSES}, lambda part_: json_extract_string(part_, '$.model') IS NULL)"
_OTHERS = f"list_filter({_PASSES}, lambda part_: json_extract_string(part_, '$.model') IS NOT NULL)"


def _measure(path: str, *others: str) -> str:
    """Return the top-level field, or its sum over the passes; a bad part makes the sum bad."""
    texts = f"list_transform({_OWN}, lambda part_: json_extract_string(part_, '$.{path}'))"
    given = f"list_filter({texts}, lambda text_: text_ IS NOT NULL)"
    bad = f"list_filter({given}, lambda text_: regexp_matches(text_, '^[0-9]{{1,15}}$') IS FALSE)"
    added = f"list_sum(list_transform({given}, lambda text_: TRY_CAST(text_ AS BIGINT)))"
    return (
        f"CASE WHEN {_PARTED} THEN CASE WHEN len({bad}) > 0 THEN 'iterations'"
        f" ELSE CAST({added} AS VARCHAR) END ELSE {first(path, *others)} END"
    )


CONVENTION = Convention(
    id="anthropic",
    family="anthropic",
    title="Anthropic Messages, also on Bedrock (InvokeModel) and Vertex AI",
    recognise=has(
        "cache_read_input_tokens",
        "cache_creation_input_tokens",
        "cache_creation",
        "server_tool_use",
        "iterations",
        "inference_geo",
    ),
    measures={
        # The names of chat are read here only where a user says that the cache stands beside them.
        "input_uncached": _measure("input_tokens", "prompt_tokens"),
        "cache_read": _measure("cache_read_input_tokens"),
        "cache_write": _measure("cache_creation_input_tokens"),
        "cache_write_5m": _measure("cache_creation.ephemeral_5m_input_tokens"),
        "cache_write_1h": _measure("cache_creation.ephemeral_1h_input_tokens"),
        "output": _measure("output_tokens", "completion_tokens"),
        "reasoning": first("output_tokens_details.thinking_tokens"),
        "web_searches": first("server_tool_use.web_search_requests"),
    },
    elsewhere=f"CASE WHEN {_PARTED} THEN {_OTHERS} END",
)
