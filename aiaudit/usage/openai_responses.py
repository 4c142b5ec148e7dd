"""OpenAI Responses: the same arithmetic as chat, under the names input and output."""

from __future__ import annotations

from aiaudit.usage.convention import Convention, first, has

CONVENTION = Convention(
    id="openai-responses",
    family="openai",
    title="OpenAI Responses, transcriptions and images",
    recognise=has("input_tokens", "output_tokens"),
    measures={
        "input": first("input_tokens"),
        # The last name is Anthropic's: read here only where a user says that it lies inside.
        "cache_read": first(
            "input_tokens_details.cached_tokens", "cached_input_tokens", "cache_read_input_tokens"
        ),
        "cache_write": first(
            "input_tokens_details.cache_write_tokens", "cache_creation_input_tokens"
        ),
        "output": first("output_tokens"),
        "reasoning": first("output_tokens_details.reasoning_tokens", "reasoning_output_tokens"),
        "audio_input": first("input_tokens_details.audio_tokens"),
        "audio_output": first("output_tokens_details.audio_tokens"),
    },
)
