"""Commitments by hand: shortfalls, provisioned capacity, and volume tiers lost by routing."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from committed import Call, alone, audited, june

if TYPE_CHECKING:
    from pathlib import Path

    from aiaudit.ledger import Audit


@pytest.fixture(autouse=True)
def _small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone(tmp_path, monkeypatch)


COMMIT = """\
discounts: [{provider: acme, percent: 10}]
commitments:
  - {id: eds, provider: acme, kind: spend_commit, amount: AMOUNT, period: year, from: 2025-01-01}
"""


def money(found: Audit, **expected: str) -> None:
    """Compare money facts; `cost_effective` stands for `cost.effective`."""
    keys = {name: name.replace("_", ".", 1) for name in expected}
    actual = {name: found.money(key) for name, key in keys.items()}
    assert actual == {name: Decimal(value) for name, value in expected.items()}


def ties(found: Audit) -> None:
    """Assert that every view of the saving adds up, the consequence among them."""
    total, right = found.money("savings.total"), found.money("cost.right_sized")
    assert total is not None
    assert found.money("cost.contracted") == (right or Decimal(0)) + total
    assert found.tables["levers"].total("in_order") == total
    assert found.tables["statement"].total("savings") == total
    for table in ("statement", "tiers", "daily"):
        assert found.tables[table].total("cost_right_sized") == right, table
    classes = (found.money(f"savings.{k}") for k in ("calculated", "tested", "likely", "untested"))
    assert sum((part for part in classes if part), Decimal(0)) == total


def test_what_a_commitment_still_asks_for_is_effective_cost_and_eats_the_saving(
    tmp_path: Path,
) -> None:
    # June is 30 of 365 days: 300 of 3,650 are due. 30 calls at $10, 10% off, are 270, so 30 are
    # missing; routing 10 of them to $0.90 saves 81, and 81 more are owed all the same.
    found = audited(tmp_path, june(20, 10), COMMIT.replace("AMOUNT", "3650"))
    money(
        found,
        cost_list="300", cost_contracted="270", cost_effective="300",
        commitments_shortfall="30", commitments_shortfall_right_sized="111",
        savings_route="81", savings_commitments="-81", savings_total="0", cost_right_sized="270",
    )  # fmt: skip
    assert (found.money("savings.headline") or 0) <= 0
    ties(found)


def test_a_commitment_that_is_exceeded_takes_only_what_falls_below_it(tmp_path: Path) -> None:
    # 2,920 a year are 240 in June. 270 exceed them; 189 after routing leave 51 owed.
    found = audited(tmp_path, june(20, 10), COMMIT.replace("AMOUNT", "2920"))
    money(
        found,
        cost_effective="270", commitments_shortfall="0", commitments_shortfall_right_sized="51",
        savings_commitments="-51", savings_total="30",
    )  # fmt: skip
    ties(found)
    (row,) = found.tables["commitments"].records()
    assert row["covered_share"] == Decimal("0.082192")
    assert (row["cost_due"], row["cost_lost"]) == (Decimal(240), Decimal(51))
    assert any("in proportion to time" in note for note in found.coverage["notes"])
    report = (tmp_path / "out" / "report.md").read_text("utf-8")
    assert "Commitments and volume tiers" in report
    for words in ("At list prices", "At contract prices", "With commitments spread"):
        assert words in report


def test_without_commitments_nothing_is_effective_and_nothing_is_lost(tmp_path: Path) -> None:
    found = audited(tmp_path, june(2, 1), "customer: none")
    money(found, savings_commitments="0")
    assert found.facts["cost.effective"].value is None
    assert found.facts["cost.effective"].reason
    assert [row["lever"] for row in found.tables["levers"].records()] == ["avoid", "route"]


HOURLY = """\
commitments:
  - {id: ptu, provider: acme, kind: provisioned, units: 50, price_per_unit_hour: 1.0, TERMS,
     from: 2025-06-01, until: 2025-07-01}
"""


def hourly(served: str) -> list[Call]:
    """Return two calls in each of the first twelve hours of a day, one of them easy."""
    return [
        Call(when=f"2025-06-10T{hour:02}:{minute}:00Z", served=served, work=work)
        for hour in range(12)
        for minute, work in (("05", "hard"), ("40", "easy"))
    ]


@pytest.mark.parametrize(
    ("served", "terms"),
    [("provisioned", "models: large"), ("standard", "covers: ['acme/lar*']")],
)
def test_capacity_is_paid_by_the_hour_and_calls_on_it_cost_nothing_more(
    tmp_path: Path, served: str, terms: str
) -> None:
    # One audited day: 50 units for 24 hours at $1. 24 calls at $10 by the list; 12 idle hours.
    found = audited(tmp_path, hourly(served), HOURLY.replace("TERMS", terms))
    money(
        found,
        cost_list="240", cost_contracted="0", cost_effective="1200", commitments_capacity="1200",
        savings_total="0", savings_commitments="0", cost_right_sized="0",
    )  # fmt: skip
    assert found.count("commitments.capacity_hours") == 1200
    assert found.count("commitments.unused_hours") == 600
    assert found.count("requests.unpriced") == 0
    ties(found)


def test_outside_its_time_capacity_prices_nothing(tmp_path: Path) -> None:
    calls = [*hourly("provisioned"), Call(when="2025-07-01T00:00:00Z", served="provisioned")]
    found = audited(tmp_path, calls, HOURLY.replace("TERMS", "models: [large]"))
    assert found.count("requests.unpriced") == 1
    (model,) = found.coverage["unpriced"]
    assert model["reason"] == "provisioned capacity is billed by time, not by token"


TIERS = """\
commitments:
  - {id: volume, provider: acme, kind: volume_tiers, period: month, APPLIES,
     tiers: [{above: 200, percent: 10}, {above: 280, percent: 20}]}
"""


def test_a_volume_tier_that_routing_loses_is_taken_off_the_saving(tmp_path: Path) -> None:
    # 300 are above 280: 20% of all, 60, are given back. Routing 15 of 30 calls leaves 165.
    found = audited(tmp_path, june(15, 15), TIERS.replace("APPLIES", "applies_to: all"))
    money(
        found,
        cost_contracted="300", cost_effective="240", commitments_given_back="60",
        commitments_given_back_right_sized="0", savings_route="135", savings_commitments="-60",
        savings_total="75", cost_right_sized="225",
    )  # fmt: skip
    ties(found)


def test_a_graduated_tier_gives_back_a_part_of_what_lies_above_it(tmp_path: Path) -> None:
    # 10% of the 80 between 200 and 280, and 20% of the 20 above: 12. After routing 5 calls, 255
    # remain: 10% of 55 is 5.50, so 6.50 are lost.
    found = audited(tmp_path, june(25, 5), TIERS.replace("APPLIES", "applies_to: above"))
    money(
        found,
        commitments_given_back="12", commitments_given_back_right_sized="5.5",
        savings_route="45", savings_commitments="-6.5", savings_total="38.5",
    )  # fmt: skip
    ties(found)


SORTED = """\
schema: 1
provider: acme
models:
""" + "".join(
    f"  - {{id: {name}, capability: {{tier: {tier}, basis: invented}}, tokenizer: o200k,"
    f" reasoning: none, features: [], prices: [{{rates: {{input: {price}, output: {price}}}}}]}}\n"
    for name, tier, price in (
        ("large", "frontier", 10), ("bound", "efficient", 10), ("free", "efficient", 10),
        ("small", "micro", 1),
    )
)  # fmt: skip


def test_only_moves_that_outweigh_what_they_lose_are_supported(tmp_path: Path) -> None:
    # Ten sorting calls at $10 would cost $1. Five of them stand under a commitment of $100 that
    # $50 of use leave short already: moving them saves 45 and leaves 50 more to pay. The low case
    # of the other five is 50 x (1 - 0.15) - 5.
    calls = june(30, 0) + [
        Call(when=f"2025-06-{day:02}T12:00:00Z", work="sorting", model=model)
        for day in range(1, 6)
        for model in ("bound", "free")
    ]
    terms = """commitments:
  - {id: x, provider: acme, models: bound, kind: spend_commit, amount: 100, period: month}"""
    found = audited(tmp_path, calls, terms, SORTED)
    money(
        found,
        commitments_shortfall="50", commitments_shortfall_right_sized="100",
        savings_route="90", savings_commitments="-50", savings_total="40",
        savings_calculated="0", savings_likely="45", savings_likely_low="37.5",
        savings_headline="37.5", savings_untested="-5",
    )  # fmt: skip
    ties(found)
