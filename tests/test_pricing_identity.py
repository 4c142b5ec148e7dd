"""A name stands for one offering at a time, or for none: nothing is matched by likeness."""

from __future__ import annotations

import json
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from aiaudit import pricing
from aiaudit.engine import Engine
from aiaudit.pricing.identity import Names
from aiaudit.pricing.providers import billing_provider

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.pricing.identity import Reading

HERE = Path(__file__).parent / "pricing"
NAMES = json.loads((HERE / "names.json").read_text("utf-8"))
ARN = "arn:aws:bedrock:us-east-1:123456789012"


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with Engine() as engine:
        catalogue = pricing.load(overlays=[HERE / "overlay"], base=HERE / "catalogue")
        pricing.install(engine, catalogue)
        yield engine


@pytest.fixture(scope="module")
def names(engine: Engine) -> Names:
    return Names(engine.rows("FROM offerings"), engine.rows("FROM aliases"))


def only(readings: list[Reading]) -> tuple[str | None, str]:
    assert len(readings) == 1
    return readings[0].offering, readings[0].rule


@pytest.mark.parametrize("case", NAMES, ids=lambda c: f"{c['provider']}: {c['raw']}"[:60])
def test_a_name_is_read_exactly_or_not_at_all(names: Names, case: dict[str, str | None]) -> None:
    found = only(names.read(case["provider"], case["raw"]))
    assert found == (case["offering"], case["rule"])


def test_an_endless_name_is_no_name(names: Names) -> None:
    assert only(names.read("openai", "x" * 100_000)) == (None, "unknown model")


def test_a_fine_tune_is_read_without_its_owner_only_where_it_has_a_price(names: Names) -> None:
    assert only(names.read("openai", "ft:gpt-4o-mini:acme::a1")) == (
        "openai/ft:gpt-4o-mini",
        "fine-tune",
    )


def test_a_pointer_follows_its_dates_without_gaps(names: Names) -> None:
    readings = names.read("mistral", "mistral-small-latest")
    assert [(r.offering, r.start.year, r.until.year) for r in readings] == [
        (None, 1, 2024),
        ("mistral/mistral-small-2409", 2024, 2026),
        ("mistral/mistral-small-2603", 2026, 9999),
    ]
    assert all(a.until == b.start for a, b in pairwise(readings))


def test_a_suggestion_is_only_a_suggestion(names: Names) -> None:
    assert names.suggestion("openai", "gpt4o-mini") == "openai/gpt-4o-mini"
    assert only(names.read("openai", "gpt4o-mini")) == (None, "unknown model")
    assert names.suggestion("openai", "zzzzzz") is None


def test_a_table_is_identified_once_per_name(engine: Engine) -> None:
    engine.run(
        "CREATE OR REPLACE TABLE seen AS SELECT * FROM (VALUES"
        " ('openai', 'gpt-4o', TIMESTAMP '2025-01-01'), ('openai', 'gpt-4o', NULL),"
        " (NULL, NULL, NULL), ('mistral', 'mistral-small-latest', TIMESTAMP '2026-03-16'),"
        " ('openai', 'gpt-9', NULL)) AS given (provider, model_raw, started_at)"
    )
    pricing.identify(engine, "seen")
    rows = engine.rows("FROM identified")
    assert len(rows) == 6
    found = {
        (row["model_raw"], row["valid_from"].year): (row["offering"], row["billing_provider"])
        for row in rows
    }
    assert found["gpt-4o", 1] == ("openai/gpt-4o", "openai")
    assert found[None, 1] == (None, None)
    assert found["mistral-small-latest", 2026] == ("mistral/mistral-small-2603", "mistral")
    assert found["gpt-9", 1] == (None, "openai")
    pointer = engine.rows(
        "SELECT s.started_at, i.model FROM seen AS s JOIN identified AS i"
        " ON i.provider IS NOT DISTINCT FROM s.provider"
        " AND i.model_raw IS NOT DISTINCT FROM s.model_raw"
        " AND s.started_at >= i.valid_from AND s.started_at < i.valid_to"
        " WHERE s.provider = 'mistral'"
    )
    assert pointer == [{"started_at": datetime(2026, 3, 16), "model": "mistral-small-2603"}]  # noqa: DTZ001


@pytest.mark.parametrize(
    ("word", "biller"),
    [
        ("gemini", "google"),
        ("vertex_ai", "vertex"),
        ("vertex_ai-anthropic_models", "vertex"),
        ("together_ai", "together"),
        ("fireworks_ai", "fireworks"),
        ("Amazon Bedrock", "bedrock"),
        ("x_ai", "xai"),
        ("az.ai.openai", "azure"),
        ("acme", "acme"),
        ("", None),
        (None, None),
    ],
)
def test_words_for_a_provider_meet_in_one_place(word: str | None, biller: str | None) -> None:
    assert billing_provider(word) == biller


@pytest.mark.parametrize(
    ("provider", "raw"),
    [
        ("anthropic", "claude-sonnet-99"),
        ("anthropic", "claude-opus-4-50"),
        ("openai", "gpt-9"),
        ("openai", "gpt-4o-2099-01-01"),
        ("openai", "gpt-4o-mini-2099-01-01"),
        ("anthropic", "claude-3-5-sonnet-experimental-internal"),
        ("azure", "my-deployment"),
    ],
)
def test_the_shipped_catalogue_guesses_no_price(shipped: Names, provider: str, raw: str) -> None:
    assert only(shipped.read(provider, raw)) == (None, "unknown model")


@pytest.mark.parametrize(
    ("provider", "raw", "offering"),
    [
        (None, "gpt-4o", "openai/gpt-4o"),
        ("openai", "gpt-4o-mini-2024-07-18", "openai/gpt-4o-mini"),
        ("openai", "gpt-4o-2024-08-06", "openai/gpt-4o-2024-08-06"),
        ("anthropic", "claude-3-5-sonnet-20241022", "anthropic/claude-3-5-sonnet-20241022"),
        ("anthropic", "claude-sonnet-4-5-20250929", "anthropic/claude-sonnet-4-5"),
        ("gemini", "gemini-2.5-pro", "google/gemini-2.5-pro"),
        ("vertex_ai", "gemini-2.5-pro", "vertex/gemini-2.5-pro"),
        (
            "bedrock_converse",
            f"{ARN}:inference-profile/us.anthropic.claude-sonnet-4-5-20250929-v1:0",
            "bedrock/us.anthropic.claude-sonnet-4-5-20250929-v1:0",
        ),
        ("deepseek", "deepseek-chat", "deepseek/deepseek-chat"),
    ],
)
def test_the_shipped_catalogue_knows_what_exports_really_hold(
    shipped: Names, provider: str | None, raw: str, offering: str
) -> None:
    assert only(shipped.read(provider, raw))[0] == offering


@pytest.fixture(scope="module")
def shipped() -> Names:
    with Engine() as engine:
        pricing.install(engine, pricing.load())
        return Names(engine.rows("FROM offerings"), engine.rows("FROM aliases"))
