"""A customer's own terms change what is contracted, on their days, and never the list cost."""

from __future__ import annotations

import io
import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from priced import call, costed, dollars

from aiaudit import pricing
from aiaudit.engine import Engine

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent / "pricing"


@pytest.fixture
def terms() -> Iterator[Engine]:
    with Engine() as engine:
        overlay = pricing.load(overlays=[HERE / "overlay"], base=HERE / "catalogue")
        pricing.install(engine, overlay)
        yield engine


def test_a_contract_changes_contracted_cost_on_its_days_and_list_cost_never(terms: Engine) -> None:
    # The overlay takes 12 % off tokens from June to December 2025, half off every search,
    # and sets 2.00 and 8.00 from 2026 on.
    used = {"input_uncached": 1_000_000, "output": 1_000_000, "web_searches": 100}
    days = {"1": datetime(2025, 5, 31), "2": datetime(2025, 6, 1), "3": datetime(2026, 1, 1)}  # noqa: DTZ001
    rows = costed(terms, *(call(call_id=n, started_at=day, **used) for n, day in days.items()))
    assert [dollars(row) for row in rows] == [Decimal("13.5")] * 3
    assert [dollars(row, "contracted") for row in rows] == [
        Decimal("13.0"),
        Decimal("11.5"),
        Decimal("10.5"),
    ]
    assert len({row["sku_price_id"] for row in rows}) == 1


def test_own_rates_replace_what_they_name_and_carry_what_rests_on_them(terms: Engine) -> None:
    now = datetime(2026, 3, 1)  # noqa: DTZ001
    million = {"started_at": now, "region": "eu"}
    rows = costed(
        terms,
        call(call_id="1", cache_read=1_000_000, **million),
        call(call_id="2", cache_write_5m=1_000_000, **million),
        call(call_id="3", input_uncached=1_000_000, **million),
        call(call_id="4", input_uncached=1_000_000, rate_class="batch", **million),
    )
    assert [dollars(row, "contracted") for row in rows] == [
        Decimal("1.375"),  # published, with the region's premium
        Decimal("2.2"),  # no published rate: derived from the own input rate
        Decimal(2),  # as agreed, whatever the region
        Decimal("1.375"),  # batch is not part of the agreement
    ]


def test_a_single_request_is_told_its_cost_at_own_terms(terms: Engine) -> None:
    line = (
        b'{"provider": "openai", "model": "gpt-4o", "timestamp": "2025-07-01T00:00:00Z",'
        b' "usage": {"input_uncached": 1000, "output": 0}}'
    )
    answer = json.loads(next(pricing.quotes(terms, pricing.batches(None, io.BytesIO(line)))))
    assert answer["list_cost"] == "0.002500000000"
    assert answer["notes"] == ["at your own terms: 0.002200000000"]


def test_an_overlay_adds_a_provider_with_its_tier(terms: Engine) -> None:
    some = {"input_uncached": 1_000_000, "output": 1_000_000}
    row = costed(terms, call(offering="acme-gpu/gpt-shared", **some))[0]
    assert dollars(row) == Decimal("0.4")
    roles = terms.rows("FROM roles ORDER BY offering")
    assert {role["offering"]: role["tier"] for role in roles} == {
        "acme-gpu/gpt-shared": "efficient",
        "azure/gpt-4o": "capable",
        "openai/ft:gpt-4o-mini": "efficient",
        "openai/gpt-4o": "capable",
        "openai/gpt-4o-2024-05-13": "capable",
        "openai/gpt-4o-mini": "efficient",
    }


def test_what_was_assumed_or_rounded_is_counted() -> None:
    with Engine() as engine:
        result = pricing.install(engine, pricing.load(base=HERE / "catalogue"))
        assert result.roundings == 0
        assert set(result.defaults) == {"batch", "cache_read", "cache_write_5m", "cache_write_1h"}
        overlay = pricing.load(overlays=[HERE / "thirds"], base=HERE / "catalogue")
        assert pricing.install(engine, overlay).roundings == 1
        row = costed(engine, call(offering="openai/gpt-third", input_uncached=1))[0]
        # 3.333333 USD per million less a third part in a million: 3333331.888889 pico-dollars
        assert (row["list_pico"], row["contracted_pico"]) == (3_333_333, 3_333_332)
