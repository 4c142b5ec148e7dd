"""Commitments in an overlay: what they must say, and a single call on provisioned capacity."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Final

import pytest

from aiaudit import pricing
from aiaudit.engine import Engine
from aiaudit.errors import CatalogueError

BASE: Final = Path(__file__).parent / "pricing" / "catalogue"
SPEND: Final = "id: x, provider: openai, kind: spend_commit, amount: 1"
VOLUME: Final = "id: x, provider: openai, kind: volume_tiers, period: year"
HOURLY: Final = "id: x, provider: openai, kind: provisioned, units: 1, price_per_unit_hour: 1"


@pytest.mark.parametrize(
    ("terms", "mistake"),
    [
        ("id: x, kind: prepaid", "0.yaml:2: 'prepaid' is none of spend_commit, provisioned"),
        ("kind: spend_commit, amount: 1", "0.yaml:2: 'id' is missing"),
        (SPEND, "'period' is missing"),
        (f"{SPEND}, period: week", "'week' is none of month, quarter, year"),
        (f"{SPEND}, period: year, units: 3", "unknown key 'units'"),
        (f"{SPEND}, period: year, models: [none-*]", "0.yaml:2: 'openai' has no model that 'x'"),
        (f"{SPEND}, period: year, currency: EUR", "'x' is in EUR, and 'fx' has no rate for all"),
        (f"{HOURLY}, from: 2025-01-01T00:30:00Z", "a commitment begins and ends on a whole hour"),
        (f"{VOLUME}, tiers: [{{above: 1, percent: 101}}]", "may not exceed 100 percent"),
        (
            f"{VOLUME}, measure: tokens, applies_to: above, tiers: []",
            "tiers of tokens apply to all",
        ),
        (
            f"{SPEND}, period: year}}\n  - {{{SPEND}, period: year",
            "0.yaml:3: the commitment 'x' is",
        ),
    ],
)
def test_terms_that_say_something_else_are_refused(
    tmp_path: Path, terms: str, mistake: str
) -> None:
    (tmp_path / "0.yaml").write_text(f"commitments:\n  - {{{terms}}}\n", "utf-8")
    with pytest.raises(CatalogueError) as refused:
        pricing.load([tmp_path], BASE)
    assert mistake in str(refused.value)


def test_a_single_request_on_capacity_costs_what_the_list_says_while_the_capacity_is_paid(
    tmp_path: Path,
) -> None:
    terms = f"{HOURLY}, models: gpt-4o-mini, from: 2025-06-01, until: 2025-07-01"
    (tmp_path / "0.yaml").write_text(f"commitments: [{{{terms}}}]", "utf-8")
    usage = {"input_uncached": 1_000_000}
    lines = b"\n".join(
        json.dumps(
            {"id": at, "provider": "openai", "model": "gpt-4o-mini", "timestamp": f"{at}T00:00:00Z",
             "service_tier": "provisioned", "usage": usage}
        ).encode()
        for at in ("2025-05-31", "2025-06-01", "2025-07-01")
    )  # fmt: skip
    with Engine() as engine:
        pricing.install(engine, pricing.load([tmp_path], BASE))
        found = list(pricing.quotes(engine, pricing.batches(None, io.BytesIO(lines))))
    costs = [json.loads(answer)["list_cost"] for answer in found]
    assert costs == [None, "0.150000000000", None]
