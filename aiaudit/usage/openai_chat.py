"""OpenAI Chat Completions and everyone who speaks it: cache inside the prompt, reasoning inside."""

from __future__ import annotations

from aiaudit.usage.convention import Convention, first, has
from aiaudit.usage.counters import number

_PROMPT = first("prompt_tokens")
_COMPLETION = first("completion_tokens")
_REASONING = first("completion_tokens_details.reasoning_tokens", "reasoning_tokens")

# xAI has answered with reasoning beside the completion; only the total gives it away.
_OUTSIDE = (
    f"CASE WHEN {number(_REASONING)} > 0 AND {number(first('total_tokens'))}"
    f" = {number(_PROMPT)} + {number(_COMPLETION)} + {number(_REASONING)} THEN 'true' END"
)

CONVENTION = Convention(
    id="openai-chat",
    family="openai",
    title="OpenAI Chat Completions, and hosts, gateways and proxies with the same names",
    recognise=has("prompt_tokens", "completion_tokens"),
    measures={
        "input": _PROMPT,
        "cache_read": first(
            "prompt_tokens_details.cached_tokens",
            "cached_tokens",
            "num_cached_tokens",
            "cache_read_input_tokens",
        ),
        "cache_write": first(
            "prompt_tokens_details.cache_write_tokens",
            "prompt_tokens_details.cache_creation_tokens",
            "cache_creation_input_tokens",
        ),
        "output": _COMPLETION,
        "reasoning": _REASONING,
        "reasoning_outside": _OUTSIDE,
        "audio_input": first("prompt_tokens_details.audio_tokens"),
        "audio_output": first("completion_tokens_details.audio_tokens"),
        "web_searches": first("server_tool_use.web_search_requests"),
    },
)
