"""OpenAI organisation usage as downloaded from the dashboard: the API's buckets as a table."""

from __future__ import annotations

from aiaudit.readers.openai_usage import COLUMNS
from aiaudit.readers.reader import Reader
from aiaudit.resources import statement

READER = Reader(
    id="openai-usage-csv",
    family="openai-usage",
    title="OpenAI usage, dashboard download",
    carries="tokens and requests per bucket; no money",
    found_by="columns start_time_iso and num_model_requests",
    grain="bucket",
    holds="table",
    verified=True,
    signature=frozenset({"start_time", "start_time_iso", "num_model_requests"}),
    # A download does not say its endpoint, and a day without use has its times only.
    columns=dict.fromkeys(("endpoint", "idle", *COLUMNS), "VARCHAR"),
    select=statement("openai_usage"),
)
