"""Amazon Bedrock Converse: cache beside the input; every cache field comes in two spellings."""

from __future__ import annotations

from aiaudit.usage.convention import Convention, first, has, total

CONVENTION = Convention(
    id="bedrock",
    family="bedrock",
    title="Amazon Bedrock Converse and invocation metrics",
    recognise=has("inputTokens", "outputTokens", "inputTokenCount", "outputTokenCount"),
    measures={
        "input_uncached": first("inputTokens", "inputTokenCount"),
        # The second spelling repeats the first: taken when the first is missing, never added.
        "cache_read": first("cacheReadInputTokens", "cacheReadInputTokenCount"),
        "cache_write": first("cacheWriteInputTokens", "cacheWriteInputTokenCount"),
        "cache_write_5m": total("cacheDetails", "inputTokens", "ttl", "5m"),
        "cache_write_1h": total("cacheDetails", "inputTokens", "ttl", "1h"),
        "output": first("outputTokens", "outputTokenCount"),
    },
)
