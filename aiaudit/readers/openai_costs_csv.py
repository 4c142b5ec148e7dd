"""OpenAI organisation costs as downloaded from the dashboard: the API's amounts as a table."""

from __future__ import annotations

from aiaudit.readers.openai_costs import COLUMNS
from aiaudit.readers.reader import Reader
from aiaudit.resources import statement

READER = Reader(
    id="openai-costs-csv",
    family="openai-costs",
    title="OpenAI costs, dashboard download",
    carries="dollars per day, line item and project",
    found_by="columns amount_value and amount_currency",
    grain="charge",
    holds="table",
    verified=True,
    version=2,
    signature=frozenset({"start_time", "amount_value", "amount_currency"}),
    columns=dict.fromkeys(("idle", *COLUMNS), "VARCHAR"),
    select=statement("openai_costs"),
)
