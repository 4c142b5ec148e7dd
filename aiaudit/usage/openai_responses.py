"""OpenAI Responses: the same arithmetic as chat, under the names input and output."""

from __future__ import annotations

from aiaudit.usage.convention import Convention, first, has

# The Realtime API and LangChain write "token" without its s. The last names are Anthropic's: read
# here only where a user says that they lie inside.

CONVENTION = Convention(
    id="openai-responses",
    family="openai",
    title="OpenAI Responses, Realtime, transcriptions and images; LangChain",
    recognise=has("input_tokens", "output_tokens"),
    measures={
        "input": first("input_tokens"),
        "cache_read": first(
            "input_tokens_details.cached_tokens",
            "cached_input_tokens",
            "input_token_details.cached_tokens",
            "input_token_details.cache_read",
            "cache_read_input_tokens",
        ),
        "cache_write": first(
            "input_tokens_details.cache_write_tokens",
            "input_token_details.cache_creation",
            "cache_creation_input_tokens",
        ),
        "output": first("output_tokens"),
        "reasoning": first(
            "output_tokens_details.reasoning_tokens",
            "reasoning_output_tokens",
            "output_token_details.reasoning",
        ),
        "total": first("total_tokens"),
        "audio_input": first(
            "input_tokens_details.audio_tokens",
            "input_token_details.audio_tokens",
            "input_token_details.audio",
        ),
        "audio_cache_read": first("input_token_details.cached_tokens_details.audio_tokens"),
        "audio_output": first(
            "output_tokens_details.audio_tokens",
            "output_token_details.audio_tokens",
            "output_token_details.audio",
        ),
        "image_input": first(
            "input_tokens_details.image_tokens", "input_token_details.image_tokens"
        ),
        "image_output": first("output_tokens_details.image_tokens"),
    },
)
