"""Google Gemini: cache inside the prompt, tool results beside it, thoughts beside the answer."""

from __future__ import annotations

from aiaudit.usage.convention import Convention, first, has, total
from aiaudit.usage.counters import number, plus

_PROMPT = first("promptTokenCount", "prompt_token_count")
_TOOLS = first("toolUsePromptTokenCount", "tool_use_prompt_token_count")
_ANSWER = first("candidatesTokenCount", "candidates_token_count")
_THOUGHTS = first("thoughtsTokenCount", "thoughts_token_count")
_TOTAL = first("totalTokenCount", "total_token_count")

# Some gateways add the thoughts to the answer already; then prompt and answer make the total.
_OUTSIDE = (
    f"CASE WHEN {number(_TOTAL)} = {number(_PROMPT)} + {number(_ANSWER)}"
    f" + coalesce({number(_TOOLS)}, 0) THEN 'false' ELSE 'true' END"
)

CONVENTION = Convention(
    id="gemini",
    family="gemini",
    title="Google Gemini API and Vertex AI, in camel or snake case",
    recognise=has(
        "promptTokenCount", "candidatesTokenCount", "prompt_token_count", "candidates_token_count"
    ),
    measures={
        "input": plus(_PROMPT, _TOOLS),
        "cache_read": first("cachedContentTokenCount", "cached_content_token_count"),
        "output": _ANSWER,
        "reasoning": _THOUGHTS,
        "reasoning_outside": _OUTSIDE,
        "audio_input": total("promptTokensDetails", "tokenCount", "modality", "AUDIO"),
        "audio_output": total("candidatesTokensDetails", "tokenCount", "modality", "AUDIO"),
    },
)
