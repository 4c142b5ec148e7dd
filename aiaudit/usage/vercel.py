"""The AI SDK and its gateway: camel case names whose convention only the total gives away."""

from __future__ import annotations

from aiaudit.usage.convention import Convention, first, has

CONVENTION = Convention(
    id="vercel",
    family="vercel",
    title="Vercel AI SDK and AI Gateway",
    # Input and output alone are also what Bedrock calls them.
    recognise=has(
        "promptTokens",
        "completionTokens",
        "cachedInputTokens",
        "cachedTokens",
        "cacheCreationTokens",
        "reasoningTokens",
    ),
    measures={
        "input": first("inputTokens", "promptTokens"),
        "cache_read": first("cachedInputTokens", "cachedTokens"),
        "cache_write": first("cacheCreationTokens"),
        "output": first("outputTokens", "completionTokens"),
        "reasoning": first("reasoningTokens"),
        "total": first("totalTokens"),
    },
)
