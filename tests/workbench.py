"""Calls from a small CSV, priced with made-up prices: the bench on which levers are tried."""

from __future__ import annotations

import csv
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from aiaudit import pricing
from aiaudit.audit.prices import price
from aiaudit.engine import Engine
from aiaudit.replay import Replayed, replay
from aiaudit.schema import CALLS, METERS, table_sql

if TYPE_CHECKING:
    from aiaudit.settings import Settings

LEVERS: Final = Path(__file__).parent / "levers"
_FAMILY: Final = {"classification": "structured", "summarisation": "summarise", "code": "code",
                  "planning": "reasoning"}  # fmt: skip
_NUMBERS: Final = {"requests", "tools", *METERS}
_FLAGS: Final = {"has_images", "billable"}


def cases(name: str = "calls.csv") -> list[dict[str, str]]:
    """Return the rows of a CSV of calls, with what each is expected to cost."""
    with (LEVERS / name).open(newline="") as file:
        return list(csv.DictReader(file))


def bench(rows: list[dict[str, str]], settings: Settings) -> tuple[Engine, pricing.Catalogue]:
    """Return an engine that holds the calls, labelled and priced."""
    engine = Engine()
    catalogue = _catalogue()
    pricing.install(engine, catalogue)
    engine.run(table_sql("calls", CALLS))
    engine.run("ALTER TABLE calls ADD COLUMN offering VARCHAR")
    engine.run("ALTER TABLE calls ADD COLUMN model VARCHAR")
    engine.run("ALTER TABLE calls ADD COLUMN origin VARCHAR")
    engine.append("calls", [_call(row) | {"call_id": at} for at, row in enumerate(rows)])
    engine.run(
        "CREATE TABLE labelled (call_id BIGINT, use_case VARCHAR, task VARCHAR, family VARCHAR,"
        " needed_tier VARCHAR, confidence DOUBLE, evidence VARCHAR, template_id VARCHAR,"
        " protected BOOLEAN, told BOOLEAN)"
    )
    engine.append("labelled", [_label(row) | {"call_id": at} for at, row in enumerate(rows)])
    engine.run(
        "CREATE TABLE metering (provider VARCHAR, offering VARCHAR, day DATE, exported BOOLEAN,"
        " logged_not_metered_input_uncached BIGINT, logged_not_metered_output BIGINT)"
    )
    engine.run("CREATE TABLE billing_zones (provider VARCHAR, zone VARCHAR)")
    price(engine, settings, catalogue.tiers)
    return engine, catalogue


def replayed(rows: list[dict[str, str]], settings: Settings) -> tuple[Engine, Replayed]:
    """Return the engine and the replay of the calls."""
    engine, catalogue = bench(rows, settings)
    return engine, replay(engine, settings, catalogue.tiers)


def pico(amount: str) -> int:
    """Return an amount in USD as pico-dollars."""
    return int(Decimal(amount).scaleb(12))


@cache
def _catalogue() -> pricing.Catalogue:
    return pricing.load((LEVERS / "catalogue",))


def _call(row: dict[str, str]) -> dict[str, Any]:
    call: dict[str, Any] = {"started_at": row["started_at"]}
    call |= {"provider": "acme", "offering": f"acme/{row['model']}", "model": row["model"]}
    call |= {"cache_write_1h": 0, "web_searches": 0}
    for name in ("status", "origin", "rate_class", "session_id"):
        call[name] = row[name] or None
    for name in _NUMBERS & row.keys():
        call[name] = int(row[name]) if row[name] else None
    for name in _FLAGS & row.keys():
        call[name] = row[name] == "true" if row[name] else None
    return call


def _label(row: dict[str, str]) -> dict[str, Any]:
    label: dict[str, Any] = {
        name: row[name] or None for name in ("use_case", "needed_tier", "task")
    }
    return label | {
        "family": _FAMILY.get(row["task"]),
        "evidence": row["evidence"],
        "protected": row["protected"] == "true",
        "told": row.get("told") == "true",
    }
