"""How figures are written, and that rounded parts add up to rounded totals."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiaudit.ledger import rounded
from aiaudit.report import figures
from aiaudit.report.measure import broken, fit, width

D = Decimal


@pytest.mark.parametrize(
    ("total", "places"),
    [("1000", 0), ("-1000", 0), ("999.99", 2), ("1", 2), ("0.99", 4), ("0.0099", 6), ("0", 2)],
)
def test_one_rule_chooses_the_decimals_of_all_amounts(total: str, places: int) -> None:
    assert figures.places_for(D(total)) == places


@pytest.mark.parametrize(
    ("amount", "places", "exact", "expected"),
    [
        ("1234567", 0, None, "$1,234,567"),
        ("-12.5", 2, None, "\u2212$12.50"),
        ("0", 0, "0.4", "<$1"),
        ("0", 4, "0.00004", "<$0.0001"),
        ("0", 0, "-0.4", "\u2212<$1"),
        ("0", 4, None, "$0.00"),
        ("0", 0, "0", "$0"),
    ],
)
def test_money_has_separators_a_true_minus_and_no_zero_for_nearly_nothing(
    amount: str, places: int, exact: str | None, expected: str
) -> None:
    assert figures.usd(D(amount), places, D(exact) if exact else None) == expected


def test_a_change_carries_its_sign() -> None:
    assert figures.change(D(60), 0) == "+$60"
    assert figures.change(D(-1310), 0) == "\u2212$1,310"
    assert figures.change(D(0), 0) == "$0"
    assert figures.change(D(0), 0, D("0.2")) == "+<$1"


@pytest.mark.parametrize(
    ("ratio", "expected"),
    [
        ("0.784", "78%"),
        ("0.0995", "10%"),
        ("0.0994", "9.9%"),
        ("0.0004", "under 0.1%"),
        ("0.9996", "over 99%"),
        ("1", "100%"),
        ("0", "0%"),
        ("-0.5", "\u221250%"),
        ("-0.9999", "over \u221299%"),
        ("10.752", "1,075%"),
    ],
)
def test_a_share_never_rounds_to_all_or_nothing(ratio: str, expected: str) -> None:
    assert figures.percent(D(ratio)) == expected


def test_what_is_not_known_is_said_in_words() -> None:
    assert figures.percent(None) == figures.count(None) == figures.rate(None) == "not measured"
    assert figures.share(D(1), D(0)) is None


def test_a_cost_per_call_keeps_its_decimals_in_a_column() -> None:
    assert figures.rate(D("0.01234567")) == "$0.0123"
    assert figures.rate(D("0.00004")) == "<$0.0001"
    assert figures.rate_places([D("0.0002"), None, D("0.0009")]) == 6
    assert figures.rate_places([D("0.0002"), D("0.2")]) == 4
    assert figures.rate_places([]) == 4


amounts = st.lists(
    st.decimals(min_value=-(10**6), max_value=10**6, places=12), min_size=1, max_size=40
)


@given(amounts, st.integers(0, 4))
def test_rounded_parts_add_up_and_each_is_near_its_exact_part(
    parts: list[Decimal], places: int
) -> None:
    total = rounded(sum(parts, D(0)), places)
    shown = figures.apportion(parts, total, places)
    assert sum(shown, D(0)) == total
    unit = D(1).scaleb(-places)
    assert all(abs(a - b) <= unit for a, b in zip(parts, shown, strict=True))


def test_the_largest_remainders_get_the_missing_units() -> None:
    parts = [D("1.4"), D("1.4"), D("1.2")]
    assert figures.apportion(parts, D(4), 0) == [D(2), D(1), D(1)]


def test_a_total_of_something_else_is_not_forced_upon_the_parts() -> None:
    assert figures.apportion([D("1.4"), D("1.4")], D(100), 0) == [D(1), D(1)]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2025-10-01", "2025-11-01", "1\u201331 October 2025"),
        ("2025-10-01T00:00:00", "2025-11-01T00:00:00", "1\u201331 October 2025"),
        ("2025-10-01", "2025-10-02", "1 October 2025"),
        ("2025-09-28", "2025-10-05", "28 September to 4 October 2025"),
        ("2025-12-30", "2026-01-02", "30 December 2025 to 1 January 2026"),
        ("2025-10-01T08:00:00", "2025-10-03T09:30:00", "1\u20133 October 2025"),
        (None, "2025-10-05", "no period"),
        ("<b>", "x", "no period"),
    ],
)
def test_a_period_is_said_with_its_last_day(start: object, end: object, expected: str) -> None:
    assert figures.period_words(start, end) == expected


def test_a_cell_becomes_a_decimal_whatever_it_was_stored_as() -> None:
    assert figures.as_decimal("0.15") == D("0.15")
    assert figures.as_decimal(0.8) == D("0.8")
    assert figures.as_decimal("many") is None
    assert figures.as_decimal(None) is None


def test_a_label_that_is_too_wide_is_cut_or_broken() -> None:
    assert fit("short", 12, 100) == "short"
    cut = fit("a very long label indeed", 12, 60)
    assert cut.endswith("…")
    assert width(cut, 12) <= 60
    assert broken("Route to the right tier", 12, 80) == ["Route to the", "right tier"]
    assert broken("one two three four five", 12, 50, lines=2)[-1].endswith("…")
