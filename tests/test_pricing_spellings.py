"""The names that exports really hold, read with the catalogue that ships: each by one rule."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from aiaudit import pricing
from aiaudit.pricing import rows
from aiaudit.pricing.identity import Names

CASES = json.loads((Path(__file__).parent / "pricing" / "spellings.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def names() -> Names:
    catalogue = pricing.load()
    return Names(rows.offerings(catalogue), rows.aliases(catalogue))


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['provider']}: {c['raw']}, {c['on']}")
def test_a_name_of_an_export_is_one_offering_on_a_day(
    names: Names, case: dict[str, str | None]
) -> None:
    on = datetime.fromisoformat(case["on"] or "")
    found = [r for r in names.read(case["provider"], case["raw"]) if r.start <= on < r.until]
    assert [reading.offering for reading in found] == [case["offering"]]


@pytest.mark.parametrize("provider", [None, "anthropic", "bedrock", "vertex_ai", "openrouter"])
@pytest.mark.parametrize(
    "raw",
    [
        "claude-sonnet-99",
        "claude-opus-4-50",
        "claude-sonnet-4-5-20990101",
        "us.anthropic.claude-sonnet-99-v1:0",
        "anthropic/claude-opus-4.50",
        "claude-sonnet-4-5-experimental",
    ],
)
def test_a_model_that_does_not_exist_has_no_price(
    names: Names, provider: str | None, raw: str
) -> None:
    assert {reading.offering for reading in names.read(provider, raw)} == {None}
