"""Google Gemini: cache inside the prompt, tool results beside it, thoughts beside the answer."""

from __future__ import annotations

from aiaudit.usage.convention import Convention, first, has, total
from aiaudit.usage.counters import number, plus


def _count(*texts: str) -> str:
    return "(" + " + ".join(f"coalesce({number(text)}, 0)" for text in texts) + ")"


_PROMPT = first("promptTokenCount", "prompt_token_count")
_TOOLS = first("toolUsePromptTokenCount", "tool_use_prompt_token_count")
_ANSWER = first("candidatesTokenCount", "candidates_token_count")
_TOTAL = first("totalTokenCount", "total_token_count")
# Logs have lost the thoughts and kept the total: what it holds beside the rest was thought.
_REST = f"{number(_TOTAL)} - {_count(_PROMPT, _TOOLS, _ANSWER)}"
_THOUGHTS = (
    f"coalesce({first('thoughtsTokenCount', 'thoughts_token_count')},"
    f" CASE WHEN {_REST} > 0 THEN CAST({_REST} AS VARCHAR) END)"
)

# Some gateways add the thoughts to the answer already; then prompt and answer make the total.
_OUTSIDE = (
    f"CASE WHEN {number(_TOTAL)} = {number(_PROMPT)} + {number(_ANSWER)}"
    f" + coalesce({number(_TOOLS)}, 0) THEN 'false' ELSE 'true' END"
)


def _prompted(modality: str) -> str:
    """Return the tokens of a modality of the prompt; embeddings spell the list in the singular."""
    plural = total("promptTokensDetails", "tokenCount", "modality", modality)
    singular = total("promptTokenDetails", "tokenCount", "modality", modality)
    return f"coalesce({plural}, {singular})"


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
        "audio_input": _prompted("AUDIO"),
        "audio_cache_read": total("cacheTokensDetails", "tokenCount", "modality", "AUDIO"),
        "audio_output": total("candidatesTokensDetails", "tokenCount", "modality", "AUDIO"),
        "image_input": _prompted("IMAGE"),
        "image_output": total("candidatesTokensDetails", "tokenCount", "modality", "IMAGE"),
    },
)
