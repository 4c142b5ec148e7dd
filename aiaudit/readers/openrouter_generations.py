"""OpenRouter's single requests as downloaded from its activity page."""

from __future__ import annotations

from typing import Final

from aiaudit.readers.reader import Reader
from aiaudit.resources import statement

# The download, the generation API, and the same in a script's letters.
COLUMNS: Final = (
    "generation_id", "id", "created_at", "createdAt", "provider_name", "providerName",
    "model_permaslug", "model", "api_type", "apiType", "native_tokens_prompt",
    "nativeTokensPrompt", "tokens_prompt", "tokensPrompt", "native_tokens_cached",
    "nativeTokensCached", "tokens_cached", "native_tokens_completion", "nativeTokensCompletion",
    "tokens_completion", "tokensCompletion", "native_tokens_reasoning", "nativeTokensReasoning",
    "tokens_reasoning", "native_tokens_completion_images", "nativeTokensCompletionImages",
    "service_tier", "serviceTier", "data_region", "dataRegion", "generation_time_ms",
    "generation_time", "generationTime", "time_to_first_token_ms", "cancelled",
    "finish_reason_normalized", "finish_reason_raw", "finish_reason", "finishReason",
    "response_cache_source_id", "responseCacheSourceId", "cost_total", "total_cost", "totalCost",
    "byok_usage_inference", "upstream_inference_cost", "upstreamInferenceCost", "is_byok", "isByok",
    "user", "external_user", "externalUser", "api_key_name", "app_name", "origin", "session_id",
    "sessionId",
)  # fmt: skip

READER = Reader(
    id="openrouter-generations",
    family="openrouter-generations",
    title="OpenRouter requests, page download",
    carries="calls with tokens, cache, reasoning, credits, times, key and app",
    found_by="columns generation_id, cost_total and model_permaslug",
    grain="call",
    holds="table",
    verified=False,
    signature=frozenset({"generation_id", "cost_total", "model_permaslug"}),
    columns=dict.fromkeys(COLUMNS, "VARCHAR"),
    select=statement("openrouter_generations"),
)
