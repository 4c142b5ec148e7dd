"""Azure's public traces of LLM inference: when, how much went in and how much came out."""

from __future__ import annotations

from typing import Final

from aiaudit.readers.reader import Reader

_COLUMNS: Final = ("TIMESTAMP", "ContextTokens", "GeneratedTokens", "NumImages")

READER = Reader(
    id="azure-llm-trace",
    family="azure-llm-trace",
    title="Azure LLM inference trace (CSV)",
    carries="calls with tokens; no model, so they are counted and never priced",
    found_by="columns TIMESTAMP, ContextTokens and GeneratedTokens",
    grain="call",
    holds="table",
    verified=True,
    signature=frozenset({"timestamp", "contexttokens", "generatedtokens"}),
    columns=dict.fromkeys(
        ("TIMESTAMP", "ContextTokens", "GeneratedTokens", "NumImages"), "VARCHAR"
    ),
    select="""
SELECT
    "TIMESTAMP" AS started_at,
    'other' AS operation,
    '1' AS requests,
    ContextTokens AS input_uncached,
    GeneratedTokens AS output,
    'unknown' AS status,
    CASE WHEN TRY_CAST(NumImages AS BIGINT) > 0 THEN TRUE END AS has_images
FROM export""",
)
