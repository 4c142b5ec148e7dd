"""OpenAI costs before 2025: dollars per day and product, or cents per day and line item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiaudit.readers.pages import amount, flat, text
from aiaudit.readers.reader import Reader
from aiaudit.resources import statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.readers.reader import Export, Flat

_COLUMNS: Final = (
    "timestamp", "date", "currency", "name", "organization_id", "project_id", "project_name",
)  # fmt: skip
_NAMES: Final = frozenset({"timestamp", "name", "cost_in_major"})


def _claims(record: Export) -> bool:
    lines = record.get("data")
    if isinstance(lines, list):
        return any(isinstance(line, dict) and line.keys() >= _NAMES for line in lines)
    return isinstance(record.get("daily_costs"), list) or record.keys() >= _NAMES


def _rows(record: Export) -> Iterator[Flat]:
    days, lines = record.get("daily_costs"), record.get("data")
    if isinstance(days, list):
        for day in days:
            yield from _day(day if isinstance(day, dict) else {})
        return
    for line in lines if isinstance(lines, list) else [record]:
        stated = line if isinstance(line, dict) else {}
        # `cost` is in cents, and `cost_in_major` the same in dollars.
        cost = {"cost": amount(stated.get("cost_in_major"))}
        yield flat(stated, *_COLUMNS) | cost


def _day(day: Export) -> Iterator[Flat]:
    when, items = text(day.get("timestamp")), day.get("line_items")
    if not items or not isinstance(items, list):
        yield {"timestamp": when, "idle": "true"}
        return
    for item in items:
        stated = item if isinstance(item, dict) else {}
        cost = {"cost": amount(stated.get("cost"), cents=True)}
        yield flat(stated, "name") | {"timestamp": when} | cost


READER = Reader(
    id="openai-costs-legacy",
    family="openai-costs-legacy",
    title="OpenAI costs before 2025 (billing export, daily costs)",
    carries="dollars per day and product",
    found_by="timestamp, name and cost_in_major, or daily_costs",
    grain="charge",
    holds="both",
    verified=False,
    signature=_NAMES,
    columns=dict.fromkeys(("idle", "cost", *_COLUMNS), "VARCHAR"),
    select=statement("openai_costs_legacy"),
    rows=_rows,
    claims=_claims,
    unfolds=True,
)
