"""Requests of an OpenAI batch before it is run: planned work, which nobody has billed."""

from __future__ import annotations

from aiaudit.readers.reader import Reader

READER = Reader(
    id="openai-batch-input",
    family="openai-batch-input",
    title="OpenAI batch requests",
    carries="nothing that was billed: its lines are counted and ignored",
    found_by="custom_id, method, url and body",
    grain="call",
    holds="json",
    verified=True,
    signature=frozenset({"custom_id", "method", "url", "body"}),
    columns={"custom_id": "VARCHAR"},
    select="""
SELECT
    CAST(NULL AS VARCHAR) AS started_at,
    CASE WHEN custom_id IS NOT NULL THEN 'request of a batch, not yet answered' END AS ignored
FROM export
""",
)
