"""How sure a saving is: the formulas of the low and the high case, and the harm budget."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from aiaudit import pricing
from aiaudit.replay.certainty import Unit, classes

PLENTY = 1_000_000


@pytest.fixture(scope="module")
def tiers() -> pricing.Tiers:
    made_up = {"structured": (Decimal("0.01"), Decimal("0.15"))}
    trust = {"rule": Decimal(1), "hand_rule": Decimal("0.5")}
    return replace(pricing.load().tiers, harm=made_up, trust=trust, harm_budget=Decimal("0.05"))


def unit(**changes: object) -> Unit:
    """Return 1,000 requests that cost 1,000, or 200 one tier down, or 50 where they go."""
    base = Unit(
        group=1, use_case="triage", task="classification", family="structured", evidence="rule",
        requests=1_000, spend=1_000, after=50, one=200, uplift_high=Decimal(1), obliged=False,
        experiment=False,
    )  # fmt: skip
    return replace(base, **changes)  # type: ignore[arg-type]


def test_one_step_of_asserted_work_is_likely(tiers: pricing.Tiers) -> None:
    (found,) = classes([unit()], tiers, PLENTY)
    # low = 1000 x (1 - 0.15) - 200, high = 1000 x (1 - 0.01) - 200
    assert (found.likely, found.likely_low, found.likely_high) == (800, 650, 790)
    assert found.untested == 150


def test_a_bare_hand_rule_is_trusted_by_half(tiers: pricing.Tiers) -> None:
    (found,) = classes([unit(evidence="hand_rule")], tiers, PLENTY)
    # low = 1000 x (0.5 - 0.15) - 200
    assert (found.likely, found.likely_low) == (800, 150)


def test_more_tokens_on_the_target_lower_the_low_case(tiers: pricing.Tiers) -> None:
    (found,) = classes([unit(uplift_high=Decimal("1.5"))], tiers, PLENTY)
    assert (found.likely_low, found.likely_high) == (550, 790)


@pytest.mark.parametrize(
    "changes",
    [
        {"uplift_high": None},
        {"one": None},
        {"experiment": True},
        {"evidence": "family"},
        {"evidence": "insufficient"},
        {"task": None, "family": None},
        {"requests": 0},
        {"one": 900},
    ],
    ids=str,
)
def test_what_evidence_does_not_cover_is_untested(
    changes: dict[str, object], tiers: pricing.Tiers
) -> None:
    (found,) = classes([unit(**changes)], tiers, PLENTY)
    assert (found.likely, found.likely_low, found.likely_high) == (0, 0, 0)
    assert found.untested == 950


def test_a_move_up_counts_in_full_against_the_headline(tiers: pricing.Tiers) -> None:
    (found,) = classes([unit(after=3_000, obliged=True)], tiers, PLENTY)
    assert (found.likely, found.likely_low, found.likely_high) == (-2_000, -2_000, -2_000)


def test_the_router_is_taken_off_every_case(tiers: pricing.Tiers) -> None:
    (found,) = classes([unit(router=40)], tiers, PLENTY)
    assert (found.likely, found.likely_low, found.likely_high) == (760, 610, 750)
    assert found.likely + found.untested == 1_000 - 50 - 40


def test_the_harm_budget_goes_to_the_best_saving_per_harm(tiers: pricing.Tiers) -> None:
    better, worse = unit(group=1), unit(group=2, spend=500, one=100, after=50)
    # 2,000 requests x 5% = 100 worse answers at most; each unit may cause 150
    first, second = classes([worse, better], tiers, 2_000)
    assert second.likely_low == 650 * 666 // 1000
    assert first.likely_low == 0
    assert first.likely + first.untested == 450
    assert second.likely + second.untested == 950
    assert first.harm + second.harm <= 100
