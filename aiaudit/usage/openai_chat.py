"""OpenAI Chat Completions and everyone who speaks it: cache inside the prompt, reasoning inside."""

from __future__ import annotations

from aiaudit.usage.convention import Convention, first, has

CONVENTION = Convention(
    id="openai-chat",
    family="openai",
    title="OpenAI Chat Completions, and hosts, gateways and proxies with the same names",
    recognise=has("prompt_tokens", "completion_tokens"),
    measures={
        "input": first("prompt_tokens"),
        "cache_read": first(
            "prompt_tokens_details.cached_tokens",
            "cached_tokens",
            "num_cached_tokens",
            "cache_read_input_tokens",
            "prompt_cache_read_tokens",
        ),
        "cache_write": first(
            "prompt_tokens_details.cache_write_tokens",
            "prompt_tokens_details.cache_creation_tokens",
            "cache_creation_input_tokens",
            "prompt_cache_write_tokens",
        ),
        "output": first("completion_tokens"),
        "reasoning": first("completion_tokens_details.reasoning_tokens", "reasoning_tokens"),
        "total": first("total_tokens"),
        "audio_input": first("prompt_tokens_details.audio_tokens"),
        "audio_cache_read": first("prompt_tokens_details.cached_tokens_details.audio_tokens"),
        "audio_output": first("completion_tokens_details.audio_tokens"),
        "image_input": first("prompt_tokens_details.image_tokens"),
        "image_output": first("completion_tokens_details.image_tokens"),
        "web_searches": first("server_tool_use.web_search_requests", "num_sources_used"),
    },
)
