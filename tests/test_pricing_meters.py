"""Meters beyond the tokens of a text: every figure is a sum done by hand."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from priced import call, costed, dollars

from aiaudit import pricing
from aiaudit.engine import Engine
from aiaudit.pricing.values import Discount, Override

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent / "pricing/meters"
SPOKEN = {"input_uncached": 1000, "audio_input": 400, "output": 200, "audio_output": 150}
# 600 x 2.5 + 400 x 40 + 50 x 10 + 150 x 80, for a million tokens.
SPOKEN_COST = Decimal("0.03")


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with Engine() as engine:
        pricing.install(engine, pricing.load(base=HERE))
        yield engine


def one(engine: Engine, model: str, **changes: Any) -> tuple[Decimal | None, str | None]:  # noqa: ANN401  # columns of several types
    row = costed(engine, call(offering=f"acme/{model}", **changes))[0]
    return dollars(row), row["reason"]


@pytest.mark.parametrize(
    ("model", "counters", "cost"),
    [
        ("speaker", SPOKEN, SPOKEN_COST),
        ("speaker", SPOKEN | {"region": "eu"}, SPOKEN_COST * Decimal("1.1")),
        ("speaker", {"input_uncached": 1000, "output": 200, "rate_class": "batch"}, "0.00225"),
        # Nobody bills reasoning apart here, so it costs what output costs.
        ("speaker", {"output": 100, "reasoning": 80}, "0.001"),
        # 20 x 5 + 40 x 10 in, 100 x 40 out; an image is paid by its tokens.
        ("drawer", {"input_uncached": 60, "image_input": 40, "output": 100, "images": 2}, "0.0045"),
        ("drawer", {"output": 100, "image_output": 100}, "0.004"),
        # 14 x 2.5 + 1290 x 30
        ("listener", {"output": 1304, "image_output": 1290, "images": 1}, "0.038735"),
        ("painter", {"images": 3}, "0.12"),
        # What a model of sound takes in is sound.
        ("scribe", {"input_uncached": 100, "audio_input": 90, "output": 10}, "0.0007"),
        # 10 x 0.15 + 20 x 0.6 + 80 x 3.5
        ("thinker", {"input_uncached": 10, "output": 100, "reasoning": 80}, "0.0002935"),
        ("asker", {"input_uncached": 10, "output": 10, "requests": 3}, "0.01502"),
        ("asker", {"input_uncached": 10, "web_searches": 2}, "0.02501"),
        ("embedder", {"input_uncached": 1000}, "0.0001"),
        ("embedder", {"input_uncached": 1000, "output": 0, "audio_input": 0}, "0.0001"),
    ],
)
def test_each_meter_is_billed_at_its_own_rate(
    engine: Engine, model: str, counters: dict[str, Any], cost: str | Decimal
) -> None:
    assert one(engine, model, **counters) == (Decimal(cost), None)


@pytest.mark.parametrize(
    ("model", "counters", "reason"),
    [
        ("speaker", SPOKEN | {"rate_class": "batch"}, "no published rate for audio_input"),
        ("thinker", {"output": 9, "audio_output": 1}, "no published rate for audio_output"),
        ("thinker", {"output": 9, "image_output": 9}, "no published rate for image_output"),
        ("thinker", {"output": 9, "images": 1}, "no published rate for images"),
        ("embedder", {"input_uncached": 9, "output": 1}, "no published rate for output"),
        (
            "asker",
            {"input_uncached": 9, "requests": None},
            "billed by request, and their number is not given",
        ),
    ],
)
def test_what_has_no_rate_is_never_priced_as_text(
    engine: Engine, model: str, counters: dict[str, Any], reason: str
) -> None:
    assert one(engine, model, **counters) == (None, reason)


def test_published_rates_are_listed_and_not_their_differences(engine: Engine) -> None:
    listed = engine.rows(
        "SELECT meter, pico FROM prices WHERE offering = 'acme/speaker'"
        " AND rate_class = 'standard' AND region = 'eu' ORDER BY meter"
    )
    assert {row["meter"]: int(row["pico"]) for row in listed} == {
        "audio_cache_read": 44_000_000,
        "audio_input": 44_000_000,
        "audio_output": 88_000_000,
        "cache_read": 2_750_000,
        "cache_write_1h": 2_750_000,
        "cache_write_5m": 2_750_000,
        "input_uncached": 2_750_000,
        "output": 11_000_000,
    }


def test_terms_hold_for_audio_as_for_text() -> None:
    base = pricing.load(base=HERE)
    tenth = Discount(provider="acme", models="speaker", percent=Decimal(10))
    own = Override(offering="acme/speaker", rates={"input": Decimal(2)})
    with Engine() as engine:
        pricing.install(engine, replace(base, overlay=True, discounts=(tenth,)))
        row = costed(engine, call(offering="acme/speaker", **SPOKEN))[0]
        assert (dollars(row), dollars(row, "contracted")) == (SPOKEN_COST, Decimal("0.027"))
        pricing.install(engine, replace(base, overlay=True, overrides=(own,)))
        row = costed(engine, call(offering="acme/speaker", **SPOKEN))[0]
        assert (dollars(row), dollars(row, "contracted")) == (SPOKEN_COST, Decimal("0.0297"))


def test_a_request_shows_its_audio_and_what_it_costs(engine: Engine) -> None:
    usage = {
        "promptTokenCount": 3284,
        "cachedContentTokenCount": 2917,
        "candidatesTokenCount": 84,
        "thoughtsTokenCount": 38,
        "totalTokenCount": 3406,
        "promptTokensDetails": [{"modality": "AUDIO", "tokenCount": 321}],
        "cacheTokensDetails": [{"modality": "AUDIO", "tokenCount": 285}],
    }
    line = {"provider": "acme", "model": "listener", "timestamp": "2025-09-01", "usage": usage}
    lines = pricing.batches(None, io.BytesIO(json.dumps(line).encode()))
    (answer,) = (json.loads(answer) for answer in pricing.quotes(engine, lines))
    # 331 x 0.3 + 36 x 1 + 2632 x 0.03 + 285 x 0.1 + 122 x 2.5
    assert answer["list_cost"] == "0.000547760000"
    assert answer["counters"] == {
        "input_uncached": 367,
        "cache_read": 2917,
        "cache_write_5m": None,
        "cache_write_1h": None,
        "output": 122,
        "reasoning": 38,
        "web_searches": None,
        "audio_input": 36,
        "audio_cache_read": 285,
    }
