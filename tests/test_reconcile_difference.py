"""What makes a line of a bill differ from our own count: worked out by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from aiaudit.reconcile.difference import PARTS, Ours, Theirs, Why, why


def ours(cost: str, quantity: int = 100, rate_class: str = "standard") -> Ours:
    return Ours(rate_class=rate_class, quantity=quantity, cost=Decimal(cost))


def theirs(billed: str, quantity: int | None = 100, **changes: Any) -> Theirs:  # noqa: ANN401
    usual: dict[str, Any] = {
        "rate_class": "standard", "lines": 1, "charged": Decimal(billed), "worth": None,
        "known": True, "priced": True,
    }  # fmt: skip
    return Theirs(billed=Decimal(billed), quantity=quantity, **usual | changes)


def parts(found: Why) -> dict[str, Decimal]:
    return {name: value for name in PARTS if (value := getattr(found, name))}


@pytest.mark.parametrize(
    ("counted", "billed", "expected"),
    [
        # 100 tokens at 0.10 are 10: billed 12 for 120 tokens is more of them, at the same rate.
        ([ours("10")], [theirs("12", 120)], {"quantity_difference": "2"}),
        ([ours("10")], [theirs("8", 80)], {"quantity_difference": "-2"}),
        # As many, at another rate.
        ([ours("10")], [theirs("11")], {"rate_difference": "1"}),
        # More, at another rate: 20 more at 0.10, and all 120 at 0.01 more.
        ([ours("10")], [theirs("13.2", 120)],
         {"quantity_difference": "2", "rate_difference": "1.2"}),
        # Forty of them in batches at half the price, of which the logs know nothing.
        ([ours("10")],
         [theirs("6", 60, worth=Decimal(6)), theirs("2", 40, rate_class="batch", worth=Decimal(2))],
         {"service_tier": "-2"}),
        # A bill without service tiers is priced at the mix of ours.
        ([ours("6", 60), ours("2", 40, "batch")], [theirs("8.8", 110, rate_class=None)],
         {"quantity_difference": "0.8"}),
        # Amounts written to the cent, and to four places.
        ([ours("10.0049")], [theirs("10", None)], {"rounding": "-0.0049"}),
        ([ours("0.12344")], [theirs("0.1234")], {"rounding": "-0.00004"}),
        ([ours("0.0040")], [theirs("0.008")], {"rate_difference": "0.0040"}),
        # No quantity: nobody knows what makes the difference.
        ([ours("10")], [theirs("12", None)], {"unexplained": "2"}),
        # Nothing of it in our files: it is missing there, at its price, and the rest is the rate.
        ([], [theirs("5", None)], {"quantity_difference": "5"}),
        ([], [theirs("5", 40, worth=Decimal(4))],
         {"quantity_difference": "4", "rate_difference": "1"}),
        ([], [theirs("5", None, known=False)], {"unexplained": "5"}),
        ([], [theirs("5", 40, priced=False)], {"no_price": "5"}),
        # A quantity in another unit, thousands of tokens perhaps, says nothing.
        ([ours("10", 1_000_000)], [theirs("12", 1_200)], {"unexplained": "2"}),
        ([], [theirs("5", 40, worth=Decimal(5000))], {"quantity_difference": "5"}),
        # Ours, and nothing billed.
        ([ours("10")], [], {"quantity_difference": "-10"}),
        # A balance paid for it: the usage ties, and nothing is due.
        ([ours("10")], [theirs("0", charged=Decimal(10))], {"prepaid": "-10"}),
    ],
)  # fmt: skip
def test_a_difference_is_split_by_what_makes_it(
    counted: list[Ours], billed: list[Theirs], expected: dict[str, str]
) -> None:
    found = why(counted, billed, one_counter=True)
    assert parts(found) == {name: Decimal(value) for name, value in expected.items()}
    assert found.total == sum(t.billed for t in billed) - sum(o.cost for o in counted)


def test_the_parts_add_up_when_a_rate_has_no_end() -> None:
    found = why([ours("10", 3)], [theirs("17", 5)], one_counter=True)
    assert found.total == 7
    assert found.quantity_difference == Decimal("6.666666666666666667")
