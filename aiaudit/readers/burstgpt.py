"""BurstGPT, a public trace of calls: its times count from a first day that nobody names."""

from __future__ import annotations

from typing import Final

from aiaudit.readers.offsets import moment_of
from aiaudit.readers.reader import Reader

_COLUMNS: Final = (
    "Timestamp", "Session ID", "Elapsed time", "Model", "Request tokens", "Response tokens",
    "Log Type",
)  # fmt: skip

READER = Reader(
    id="burstgpt",
    family="burstgpt",
    title="BurstGPT trace (CSV), dated from 1 January 1970",
    carries="calls with tokens and sessions; its models are families, so it is never priced",
    found_by="columns Request tokens, Response tokens and Log Type",
    grain="call",
    holds="table",
    verified=False,
    signature=frozenset({"timestamp", "request tokens", "response tokens", "log type"}),
    columns=dict.fromkeys(_COLUMNS, "VARCHAR"),
    select=f"""
SELECT
    {moment_of('"Timestamp"', 1_000_000)} AS started_at,
    "Model" AS model_raw,
    CASE WHEN "Log Type" LIKE 'Conversation%' THEN 'chat' ELSE 'other' END AS operation,
    '1' AS requests,
    "Request tokens" AS input_uncached,
    "Response tokens" AS output,
    -- A call that brought nothing back failed.
    CASE WHEN TRY_CAST("Response tokens" AS BIGINT) = 0 THEN 'error' ELSE 'success' END AS status,
    TRY_CAST(TRY_CAST("Elapsed time" AS DECIMAL(18,6)) * 1000 AS BIGINT) AS latency_ms,
    "Session ID" AS session_id
FROM export""",
)
