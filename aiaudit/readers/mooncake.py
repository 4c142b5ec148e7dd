"""Mooncake, a public serving trace: its times count from its own start."""

from __future__ import annotations

from aiaudit.readers.offsets import moment_of
from aiaudit.readers.reader import Reader

READER = Reader(
    id="mooncake",
    family="mooncake",
    title="Mooncake serving trace (JSON lines), dated from 1 January 1970",
    carries="calls with tokens; no model, so they are counted and never priced",
    found_by="timestamp, input_length, output_length and hash_ids",
    grain="call",
    holds="json",
    verified=True,
    signature=frozenset({"timestamp", "input_length", "output_length", "hash_ids"}),
    columns=dict.fromkeys(("timestamp", "input_length", "output_length"), "VARCHAR"),
    select=f"""
SELECT
    {moment_of('"timestamp"', 1_000)} AS started_at,
    'other' AS operation,
    '1' AS requests,
    input_length AS input_uncached,
    output_length AS output,
    'unknown' AS status
FROM export""",
)
