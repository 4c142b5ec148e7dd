"""Provider usage → disjoint counters: one definition for the readers and for `price`."""

from __future__ import annotations

from typing import Final

from aiaudit.usage import (
    anthropic,
    bedrock,
    bedrock_native,
    cohere,
    deepseek,
    gemini,
    ollama,
    openai_chat,
    openai_responses,
    own,
    vercel,
)
from aiaudit.usage.convention import USAGE, Convention
from aiaudit.usage.counters import COUNTERS, RAW_MEASURES, counters_sql, is_whole, number
from aiaudit.usage.rate_class import rate_class_sql

__all__ = [
    "CONVENTIONS",
    "COUNTERS",
    "RAW_MEASURES",
    "USAGE",
    "Convention",
    "convention_sql",
    "counters_sql",
    "is_whole",
    "measures_sql",
    "number",
    "rate_class_sql",
]

# In the order in which they are asked: DeepSeek also uses the names of chat, Anthropic those of
# Responses, Llama one of Gemini's, so the narrower one comes first.
CONVENTIONS: Final[tuple[Convention, ...]] = (
    own.CONVENTION,
    bedrock_native.CONVENTION,
    gemini.CONVENTION,
    deepseek.CONVENTION,
    openai_chat.CONVENTION,
    anthropic.CONVENTION,
    openai_responses.CONVENTION,
    vercel.CONVENTION,
    bedrock.CONVENTION,
    cohere.CONVENTION,
    ollama.CONVENTION,
)


def convention_sql(usage: str, stated: str = "NULL") -> str:
    """Return the SQL that names the convention of a JSON expression; NULL when none fits.

    `stated` is a text expression: a family named by the user settles a doubt.
    """
    ours = [f"WHEN {own.CONVENTION.recognised(usage)} THEN '{own.CONVENTION.id}'"]
    named = [
        f"WHEN {stated} IN ('{c.family}', '{c.id}') AND {c.recognised(usage)} THEN '{c.id}'"
        for c in CONVENTIONS
    ]
    # A stated convention holds even where the object also looks like another one.
    named += [f"WHEN {stated} IN ('{c.family}', '{c.id}') THEN '{c.id}'" for c in CONVENTIONS]
    found = [f"WHEN {stated} IS NULL AND {c.recognised(usage)} THEN '{c.id}'" for c in CONVENTIONS]
    return f"CASE {' '.join(ours + found + named)} END"


def measures_sql(usage: str, convention: str) -> dict[str, str]:
    """Return RAW measure -> SQL over a JSON expression, by the convention that a column names."""
    branches: dict[str, list[str]] = {name: [] for name in RAW_MEASURES}
    for known in CONVENTIONS:
        for name, sql in known.over(usage).items():
            branches[name].append(f"WHEN '{known.id}' THEN {sql}")
    return {
        name: f"CASE {convention} {' '.join(found)} END" if found else "CAST(NULL AS VARCHAR)"
        for name, found in branches.items()
    }
