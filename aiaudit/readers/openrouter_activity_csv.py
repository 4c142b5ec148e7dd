"""OpenRouter's activity as downloaded from its page: a day's requests, tokens and credits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiaudit.readers.openrouter_activity import COLUMNS
from aiaudit.readers.reader import Reader
from aiaudit.resources import statement

if TYPE_CHECKING:
    from aiaudit.readers.reader import Export


def _claims(record: Export) -> bool:
    """Return whether the header is that of the page, under one of the views' names."""
    names = {name.lower() for name in record}
    return "byok usage" in names and bool({"slug", "model"} & names and {"usage", "spend"} & names)


READER = Reader(
    id="openrouter-activity-csv",
    family="openrouter-activity",
    title="OpenRouter activity by day, page download",
    carries="requests, tokens and credits per day and model",
    found_by="columns Date, Slug (or Model), Usage (or Spend) and BYOK Usage",
    grain="bucket",
    holds="table",
    verified=False,
    signature=frozenset({"date", "byok usage"}),
    columns=dict.fromkeys(COLUMNS, "VARCHAR"),
    select=statement("openrouter_activity"),
    claims=_claims,
)
