"""Daily spend against what that weekday usually costs; days far above it, with the likely cause."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from aiaudit.audit.tables import make, table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aiaudit.engine import Engine
    from aiaudit.ledger import Table

COLUMNS: Final = (
    "day", "weekday", "requests", "cost_list", "cost_contracted", "cost_right_sized",
    "expected", "excess", "cause",
)  # fmt: skip

_LEAST_DAYS: Final = 3  # a weekday needs this many days before a median means anything
_DEVIATIONS: Final = Decimal("3.5")
_TO_SIGMA: Final = Decimal("1.4826")  # median absolute deviation to a standard deviation
_LEAST_SHARE: Final = Decimal("0.10")  # an excess below a tenth of the expected cost is no finding


def daily(engine: Engine) -> Table:
    """Return the daily table; a day is flagged above 3.5 robust deviations of its residuals."""
    days = make(engine, "daily")
    costs = {row["day"]: Decimal(row["cost_contracted_pico"] or 0) for row in days}
    expected = _expected(costs)
    flagged = _flagged(costs, expected)
    causes = _causes(make(engine, "daily_use_cases"), flagged)
    for row in days:
        day = row["day"]
        row["expected_pico"] = expected.get(day)
        row["excess_pico"] = costs[day] - expected[day] if day in flagged else None
        row["cause"] = causes.get(day)
    return table(COLUMNS, days, "no calls in the period")


def _expected(costs: Mapping[Any, Decimal]) -> dict[Any, Decimal]:
    weekdays: dict[int, list[Decimal]] = defaultdict(list)
    for day, cost in costs.items():
        weekdays[day.weekday()].append(cost)
    usual = {w: median(c) for w, c in weekdays.items() if len(c) >= _LEAST_DAYS}
    return {day: _whole(usual[day.weekday()]) for day in costs if day.weekday() in usual}


def _flagged(costs: Mapping[Any, Decimal], expected: Mapping[Any, Decimal]) -> set[Any]:
    residuals = {day: costs[day] - level for day, level in expected.items()}
    if not residuals:
        return set()
    spread = median(abs(r) for r in residuals.values()) * _TO_SIGMA
    return {
        day
        for day, residual in residuals.items()
        if residual > _DEVIATIONS * spread and residual > expected[day] * _LEAST_SHARE
    }


def _causes(rows: Sequence[Mapping[str, Any]], flagged: set[Any]) -> dict[Any, str]:
    """Return for each flagged day the use case that stands highest above its own weekday."""
    if not flagged:
        return {}
    series: dict[str, dict[Any, Decimal]] = defaultdict(dict)
    for row in rows:
        series[row["use_case"]][row["day"]] = Decimal(row["cost_contracted_pico"])
    rises: dict[Any, list[tuple[Decimal, str]]] = defaultdict(list)
    for use_case, costs in series.items():
        usual = _expected(costs)
        for day in flagged & costs.keys():
            rises[day].append((costs[day] - usual.get(day, Decimal(0)), use_case))
    return {day: max(found, key=lambda x: (x[0], x[1]))[1] for day, found in rises.items()}


def _whole(pico: Decimal) -> Decimal:
    return pico.to_integral_value()
