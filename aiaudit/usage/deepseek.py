"""DeepSeek: the prompt is cache hits plus misses, and a miss is ordinary input."""

from __future__ import annotations

from aiaudit.usage.convention import Convention, first, has
from aiaudit.usage.counters import plus

_HIT = first("prompt_cache_hit_tokens")
_MISS = first("prompt_cache_miss_tokens")

CONVENTION = Convention(
    id="deepseek",
    family="deepseek",
    title="DeepSeek chat completions",
    recognise=has("prompt_cache_hit_tokens", "prompt_cache_miss_tokens"),
    measures={
        "input": f"coalesce({first('prompt_tokens')}, {plus(_HIT, _MISS)})",
        "cache_read": _HIT,
        "output": first("completion_tokens"),
        "reasoning": first("completion_tokens_details.reasoning_tokens"),
    },
)
