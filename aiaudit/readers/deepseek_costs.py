"""DeepSeek costs as downloaded from its platform: money per day, model and balance."""

from __future__ import annotations

from typing import Final

from aiaudit.readers.reader import Reader
from aiaudit.resources import statement

_COLUMNS: Final = (
    "user_id", "utc_date", "start_time_iso", "end_time_iso", "model", "wallet_type", "cost",
    "currency",
)  # fmt: skip

READER = Reader(
    id="deepseek-costs",
    family="deepseek-costs",
    title="DeepSeek costs, platform download (cost-*.csv)",
    carries="yuan or dollars per day and model, paid or from a granted balance",
    found_by="columns model, wallet_type, cost and currency",
    grain="charge",
    holds="table",
    verified=False,
    signature=frozenset({"model", "wallet_type", "cost", "currency"}),
    columns=dict.fromkeys(_COLUMNS, "VARCHAR"),
    select=statement("deepseek_costs"),
)
