"""What a commitment's terms come to in a period, and which class of savings bears it, by hand."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Final

from aiaudit import pricing
from aiaudit.audit.facts import class_sums
from aiaudit.audit.owed import Owed, Settled, beside, due
from aiaudit.audit.periods import Part, Window, parts, window
from aiaudit.levers import AVOID
from aiaudit.pricing.commitments import Volume
from aiaudit.replay import Classes, LeverResult, Replayed
from aiaudit.replay.certainty import Unit
from aiaudit.settings import Settings

JUNE: Final = Window(start=datetime(2025, 6, 1), end=datetime(2025, 7, 1))  # noqa: DTZ001  # UTC
DOLLAR: Final = 10**12
ONE: Final = Fraction(1)


def spend(period: str, **terms: object) -> pricing.SpendCommit:
    given = {"amount": Decimal(1200), **terms}
    return pricing.SpendCommit(id="x", provider="acme", period=period, **given)  # type: ignore[arg-type]


def tiers(**terms: object) -> pricing.VolumeTiers:
    steps = (Volume(above=Decimal(200), percent=Decimal(10)),
             Volume(above=Decimal(280), percent=Decimal(20)))  # fmt: skip
    given = {"period": "month", "tiers": steps, **terms}
    return pricing.VolumeTiers(id="x", provider="acme", **given)  # type: ignore[arg-type]


def only(terms: pricing.Commitment, seen: Window = JUNE) -> Part:
    (part,) = parts(terms, seen)
    return part


def owed(terms: pricing.Commitment, dollars: str, tokens: int = 0, usd: Fraction = ONE) -> Fraction:
    part = only(terms)
    used = {"pico": Decimal(dollars) * DOLLAR, "tokens": tokens}
    return Fraction(beside(part, usd, used, due(part, usd) or 0), DOLLAR)


def test_a_shortfall_is_owed_only_where_the_contract_says_so() -> None:
    assert owed(spend("month"), "1000") == 200
    assert owed(spend("month"), "1300") == 0
    assert owed(spend("month", pay=False), "1000") == 0


def test_an_amount_in_another_currency_is_owed_in_dollars() -> None:
    assert owed(spend("month", currency="EUR"), "1000", usd=Fraction("1.10")) == 320


def test_the_highest_tier_that_is_passed_holds_for_all_usage() -> None:
    assert owed(tiers(), "200") == 0
    assert owed(tiers(), "201") == Fraction("-20.1")
    assert owed(tiers(), "300") == -60


def test_a_graduated_tier_holds_for_what_lies_above_it() -> None:
    assert owed(tiers(whole=False), "200") == 0
    assert owed(tiers(whole=False), "255") == Fraction("-5.5")
    assert owed(tiers(whole=False), "300") == -12


def test_a_volume_of_tokens_gives_back_a_part_of_the_cost() -> None:
    assert owed(tiers(measure="tokens"), "300", tokens=200) == 0
    assert owed(tiers(measure="tokens"), "300", tokens=201) == -30


def test_thresholds_stand_in_the_currency_of_the_contract() -> None:
    # 231 dollars are 210 euros, which pass 200.
    assert owed(tiers(currency="EUR"), "231", usd=Fraction("1.10")) == Fraction("-23.1")
    assert owed(tiers(currency="EUR"), "220", usd=Fraction("1.10")) == 0


def test_half_a_month_is_held_against_half_of_it() -> None:
    seen = Window(start=JUNE.start, end=datetime(2025, 6, 16))  # noqa: DTZ001
    part = only(spend("month"), seen)
    assert part.share == Fraction(1, 2)
    assert due(part, ONE) == 600 * DOLLAR
    used = {"pico": Decimal(141) * DOLLAR, "tokens": 0}
    assert beside(only(tiers(), seen), ONE, used, 0) == -(141 * DOLLAR) // 5


def test_periods_count_from_the_start_of_a_commitment_or_by_the_calendar() -> None:
    start = datetime(2025, 1, 15)  # noqa: DTZ001
    found = list(parts(spend("month", start=start), JUNE))
    assert [(part.start.day, part.end.day, part.share) for part in found] == [
        (1, 15, Fraction(14, 31)),
        (15, 1, Fraction(16, 30)),
    ]
    assert only(spend("quarter")).share == Fraction(30, 91)
    assert only(spend("year")).share == Fraction(30, 365)
    assert not list(parts(spend("month", until=datetime(2025, 6, 1)), JUNE))  # noqa: DTZ001


def test_a_month_that_begins_on_the_31st_ends_on_the_last_day_of_short_months() -> None:
    start = datetime(2025, 1, 31)  # noqa: DTZ001
    found = list(parts(spend("month", start=start), JUNE))
    assert [part.share for part in found] == [Fraction(29, 30), Fraction(1, 31)]


def test_the_audited_time_is_that_of_the_reporting_zone() -> None:
    day = datetime(2025, 6, 1).date()  # noqa: DTZ001
    totals = {"first_day": day, "last_day": day}
    seen = window(Settings(timezone="America/New_York"), totals)
    assert seen == Window(start=datetime(2025, 6, 1, 4), end=datetime(2025, 6, 2, 4))  # noqa: DTZ001
    assert window(Settings(), {"first_day": None, "last_day": None}) is None


def test_each_class_of_savings_bears_what_it_makes_worse_itself() -> None:
    # 10 are lost by the calculated savings of 50, 20 more by the likely ones, 70 more by the rest.
    sums = class_sums(saved(100), settled(10, 30, 100))
    assert sums == {
        "calculated": 40, "tested": 0, "likely": 20, "likely_low": 10, "likely_high": 40,
        "untested": 160 - 100 - 40 - 20,
    }  # fmt: skip


def test_likely_moves_that_do_not_outweigh_what_is_lost_are_untested() -> None:
    sums = class_sums(saved(30), settled(0, 30, 30))
    assert [sums[f"likely{end}"] for end in ("", "_low", "_high")] == [0, 0, 0]
    assert sums["calculated"] + sums["untested"] == 160 - 30


def settled(*lost: int) -> Settled:
    states = (0, *lost)
    one = Owed(part=only(spend("month")), due=None, counted=states, owed=states)
    return Settled(given=True, owed=(one,))


def saved(lost: int) -> Replayed:
    """Return a replay that saves 50 for sure, 40 likely (30 to 60), 70 untested, less the lost."""
    sure = LeverResult(lever=AVOID, requests=1, first_in=50, in_order=50, last_in=50, after=950)
    terms = {"use_case": "x", "task": None, "family": None, "evidence": "rule", "requests": 1}
    unit = Unit(group=1, spend=200, after=90, one=None, uplift_high=None, obliged=False,
                experiment=False, **terms)  # type: ignore[arg-type]  # fmt: skip
    found = Classes(unit=unit, likely=40, likely_low=30, likely_high=60)
    return Replayed(baseline=1000, right_sized=840 + lost, levers=(sure,), units=(found,))
