"""The arithmetic of a call, held against the same sum done by hand in Decimal."""

from __future__ import annotations

import itertools
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from priced import call, costed, dollars

from aiaudit import pricing
from aiaudit.engine import Engine
from aiaudit.schema import TOKENS

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent / "pricing"
BILLED = (*TOKENS, "web_searches")
# USD per million tokens and per search, read off the fixture sheets: input, cache read, write of
# five minutes, write of an hour, output, search.
GPT_4O = ("2.5", "1.25", "2.5", "2.5", "10", "0.01")
GPT_4O_BATCH = ("1.25", "1.25", "1.25", "1.25", "5", "0.01")
SONNET = ("3", "0.3", "3.75", "6", "15", None)
SONNET_LONG = ("6", "0.6", "7.5", "12", "22.5", None)
SONNET_BATCH = ("1.5", "0.15", "1.875", "3", "7.5", None)


@pytest.fixture
def engine() -> Iterator[Engine]:
    with Engine() as engine:
        pricing.install(engine, pricing.load(base=HERE / "catalogue"))
        yield engine


def by_hand(rates: tuple[str | None, ...], counters: tuple[int, ...], factor: str) -> Decimal:
    cost = Decimal(0)
    for meter, rate, counter in zip(BILLED, rates, counters, strict=True):
        if meter == "web_searches":
            cost += counter * Decimal(rate or 0)
        else:
            cost += counter * Decimal(rate or 0) * Decimal(factor) / 1_000_000
    return cost


def test_every_counter_is_billed_once_at_its_own_rate(engine: Engine) -> None:
    ways: list[tuple[str, str, str | None, str, tuple[str | None, ...]]] = [
        ("openai/gpt-4o", "standard", None, "1", GPT_4O),
        ("openai/gpt-4o", "standard", "eu", "1.1", GPT_4O),
        ("openai/gpt-4o", "batch", "elsewhere", "1", GPT_4O_BATCH),
        ("anthropic/claude-sonnet-4-5", "standard", None, "1", SONNET),
        ("anthropic/claude-sonnet-4-5", "standard", "us", "1.1", SONNET_LONG),
        ("anthropic/claude-sonnet-4-5", "batch", None, "1", SONNET_BATCH),
    ]
    when = datetime(2025, 12, 1)  # noqa: DTZ001
    calls: list[dict[str, Any]] = []
    expected: list[Decimal] = []
    tokens = itertools.product((0, 1, 199_999), (0, 7), (0, 11), (0, 13), (0, 999))
    for way, counted in itertools.product(ways, tokens):
        offering, rate_class, region, factor, rates = way
        total = sum(counted[:4])
        threshold = offering.startswith("anthropic") and total > 200_000
        if threshold != (rates is SONNET_LONG):
            continue
        counters = (*counted, 3 if rates[5] else 0)
        calls.append(
            call(
                call_id=f"{len(calls):04}",
                offering=offering,
                started_at=when,
                rate_class=rate_class,
                region=region,
                **dict(zip(BILLED, counters, strict=True)),
            )
        )
        expected.append(by_hand(rates, counters, factor))
    rows = costed(engine, *calls)
    assert len(rows) > 150
    assert [dollars(row) for row in rows] == expected
    assert [row["contracted_pico"] for row in rows] == [row["list_pico"] for row in rows]
    assert {row["status"] for row in rows} == {"priced"}


def test_the_threshold_is_one_request_and_exclusive(engine: Engine) -> None:
    long = {"offering": "google/gemini-2.5-pro", "output": 0}
    rows = costed(
        engine,
        call(call_id="1 at", cache_read=100_000, input_uncached=100_000, **long),
        call(call_id="2 above", cache_read=100_000, input_uncached=100_001, **long),
        call(call_id="3 several", requests=2, input_uncached=900_000, **long),
        call(call_id="4 unknown", requests=None, input_uncached=900_000, **long),
    )
    assert [row["sku_price_id"].rpartition("/")[2] for row in rows] == [
        "standard",
        "long",
        "standard",
        "standard",
    ]
    assert dollars(rows[0]) == Decimal("0.1375")
    assert dollars(rows[1]) == Decimal("0.2750025")


def test_no_row_is_dropped_and_none_is_free_by_accident(engine: Engine) -> None:
    some = {"input_uncached": 10, "output": 10}
    rows = costed(
        engine,
        call(call_id="1 unknown", offering=None, **some),
        call(call_id="2 not billable", offering=None, billable=False, **some),
        call(call_id="3 invalid", invalid="cached above input", billable=False, **some),
        call(call_id="4 no rate", rate_class="flex", **some),
        call(call_id="5 no time", started_at=None, **some),
        call(call_id="6 before", started_at=datetime(2023, 1, 1), **some),  # noqa: DTZ001
        call(call_id="7 nothing"),
        call(call_id="8 zero", input_uncached=0),
        call(call_id="9 strange", offering="nobody/nothing", **some),
    )
    assert [(row["status"], dollars(row), row["reason"]) for row in rows] == [
        ("unpriced", None, "unknown model"),
        ("priced", Decimal(0), "not billable"),
        ("invalid", None, "cached above input"),
        ("unpriced", None, "no published flex rate"),
        ("unpriced", None, "no time"),
        ("unpriced", None, "no price in force at that time"),
        ("unpriced", None, "no counters"),
        ("priced", Decimal(0), None),
        ("unpriced", None, "no price in force at that time"),
    ]


def test_enormous_counters_neither_overflow_nor_round(engine: Engine) -> None:
    most = 10**15 - 1
    row = costed(engine, call(**dict.fromkeys(BILLED, most)))[0]
    assert dollars(row) == by_hand(GPT_4O, (most,) * 6, "1")


def test_prices_are_the_rates_one_meter_at_a_time(engine: Engine) -> None:
    prices = engine.rows(
        "SELECT * FROM prices WHERE offering = 'openai/gpt-4o' AND region = ''"
        " AND valid_from = TIMESTAMP '2024-10-02' AND rate_class = 'batch' ORDER BY meter"
    )
    assert [(p["meter"], p["pico"], p["by_default"]) for p in prices] == [
        ("cache_read", 1_250_000, True),
        ("cache_write_1h", 1_250_000, True),
        ("cache_write_5m", 1_250_000, True),
        ("input_uncached", 1_250_000, False),
        ("output", 5_000_000, False),
        ("web_searches", 10_000_000_000, False),
    ]
    wide = engine.value("SELECT count(*) FROM rates WHERE refused IS NULL")
    assert engine.value("SELECT count(DISTINCT sku_price_id) FROM prices") == wide


def test_assumptions_of_the_tiers_are_tables(engine: Engine) -> None:
    assert engine.rows("FROM uplift") == [
        {
            "from_tokenizer": "o200k",
            "to_tokenizer": "claude",
            "low": Decimal("1.0000"),
            "high": Decimal("1.2500"),
        }
    ]
    assert engine.rows("FROM harm")[0]["high"] == Decimal("0.1500")
    assert {r["evidence"]: r["q"] for r in engine.rows("FROM trust")}["rule"] == Decimal(1)


def test_a_table_without_calls_is_priced_into_one_of_the_same_columns(engine: Engine) -> None:
    costed(engine, call())
    full = engine.rows("DESCRIBE costed")
    engine.create("nobody", "SELECT * FROM scenario WHERE FALSE")
    pricing.cost(engine, "nobody", into="costed_nobody")
    kinds = [
        (row["column_name"], row["column_type"]) for row in engine.rows("DESCRIBE costed_nobody")
    ]
    assert kinds == [(row["column_name"], row["column_type"]) for row in full]
    assert engine.value("SELECT count(*) FROM costed_nobody") == 0
