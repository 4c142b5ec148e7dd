"""Calls written by hand, and what they cost: for the tests of the arithmetic."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from aiaudit.pricing import cost
from aiaudit.schema import METERS

if TYPE_CHECKING:
    from aiaudit.engine import Engine

PICO = Decimal("1e-12")
COLUMNS = {
    "call_id": "VARCHAR",
    "offering": "VARCHAR",
    "started_at": "TIMESTAMP",
    "rate_class": "VARCHAR",
    "region": "VARCHAR",
    "requests": "BIGINT",
    **dict.fromkeys(METERS, "BIGINT"),
    "billable": "BOOLEAN",
    "invalid": "VARCHAR",
}


def call(**changes: Any) -> dict[str, Any]:  # noqa: ANN401  # columns of several types
    usual = {"offering": "openai/gpt-4o", "started_at": datetime(2025, 9, 1), "requests": 1}  # noqa: DTZ001
    return dict.fromkeys(COLUMNS) | {"call_id": "x"} | usual | changes


def costed(engine: Engine, *calls: dict[str, Any]) -> list[dict[str, Any]]:
    columns = ", ".join(f"{name} {type_}" for name, type_ in COLUMNS.items())
    engine.run(f"CREATE OR REPLACE TABLE priced_calls ({columns})")
    engine.append("priced_calls", calls)
    cost(engine, "priced_calls", into="costed", temporary=False)
    return engine.rows("FROM costed ORDER BY call_id")


def dollars(row: dict[str, Any], basis: str = "list") -> Decimal | None:
    pico = row[f"{basis}_pico"]
    return None if pico is None else pico * PICO
