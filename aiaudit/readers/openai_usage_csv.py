"""OpenAI organisation usage as downloaded from the dashboard: the API's buckets as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiaudit.readers.openai_usage import COLUMNS
from aiaudit.readers.reader import Reader
from aiaudit.resources import statement

if TYPE_CHECKING:
    from aiaudit.readers.reader import Export

# Every endpoint downloads a file of its own; each of them has one of these.
_MEASURES: Final = frozenset({"num_model_requests", "num_requests", "num_sessions", "usage_bytes"})


def _claims(record: Export) -> bool:
    names = {name.lower() for name in record}
    timed = {"start_time", "end_time"} <= names
    return timed and bool(names & _MEASURES) and "amount_value" not in names


READER = Reader(
    id="openai-usage-csv",
    family="openai-usage",
    title="OpenAI usage, dashboard download",
    carries="tokens and requests per bucket; no money",
    found_by="columns start_time, end_time and num_model_requests (or another endpoint's measure)",
    grain="bucket",
    holds="table",
    verified=True,
    version=2,
    signature=frozenset({"start_time", "end_time", "num_model_requests"}),
    # A download does not say its endpoint, and a day without use has its times only.
    columns=dict.fromkeys(("endpoint", "idle", *COLUMNS), "VARCHAR"),
    select=statement("openai_usage"),
    claims=_claims,
)
