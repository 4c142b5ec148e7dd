"""Tables of the invented month: statement, tiers, flow, days, models, baseline."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from month_work import DAYS, MODELS, UNPRICED, WORK, D, floor, total, totals

from aiaudit.ledger import Table

if TYPE_CHECKING:
    from decimal import Decimal

RETRY_DAY, LOOP_DAY = 12, 23  # days of October, from 0, that stand out


def table(columns: str, rows: list[list[Any]]) -> Table:
    pairs = tuple((part.split(":")[0], part.split(":")[1]) for part in columns.split())
    return Table(columns=pairs, rows=tuple(tuple(row) for row in rows))


def statement() -> Table:
    rows = [
        [w.kind, w.needed, w.case, w.calls, w.cost, w.cost, w.right_sized, w.cost - w.right_sized]
        for w in WORK
    ]
    router = totals()["router"]
    rows.append(["unpriced", None, "chat-beta", UNPRICED, D(0), D(0), D(0), D(0)])
    rows.append(["overhead", None, "router", 0, D(0), D(0), router, -router])
    return table(
        "kind:text needed_tier:text use_case:text requests:requests cost_list:USD"
        " cost_contracted:USD cost_right_sized:USD savings:USD",
        rows,
    )


def tiers() -> Table:
    groups: dict[str, list[Any]] = {}
    for row in statement().records():
        tier = row["needed_tier"] or row["kind"]
        group = groups.setdefault(tier, [0, D(0), D(0), D(0), D(0)])
        names = ("requests", "cost_list", "cost_contracted", "cost_right_sized", "savings")
        groups[tier] = [a + row[n] for a, n in zip(group, names, strict=True)]
    return table(
        "tier:text requests:requests cost_list:USD cost_contracted:USD cost_right_sized:USD"
        " savings:USD",
        [[tier, *values] for tier, values in groups.items()],
    )


def tier_flow() -> Table:
    cells: dict[tuple[str, str], list[Any]] = defaultdict(lambda: [0, D(0)])
    for w in WORK:
        if w.kind == "metered":
            continue
        cell = cells[MODELS[w.offering][2], w.needed or "unclassified"]
        cell[0] += w.calls
        cell[1] += w.cost
    return table(
        "served_tier:text needed_tier:text requests:requests cost_list:USD",
        [[*key, *cell] for key, cell in cells.items()],
    )


def _weights() -> list[int]:
    weights = [(610 if day.weekday() >= 5 else 1000) + (i * 37) % 83 for i, day in enumerate(DAYS)]
    weights[RETRY_DAY] += 470
    weights[LOOP_DAY] += 640
    return weights


def spread(amount: Decimal) -> list[Decimal]:
    """Spread an amount over the days; the last day takes what rounding leaves."""
    weights = _weights()
    parts = [floor(amount * w / sum(weights)) for w in weights[:-1]]
    return [*parts, amount - total(parts)]


def daily() -> Table:
    sums = totals()
    costs, left = spread(sums["cost"]), spread(sums["cost"] - sums["total"])
    calls = spread(D(sum(w.calls for w in WORK) + UNPRICED))
    counts = [int(c) for c in calls]
    counts[-1] += sum(w.calls for w in WORK) + UNPRICED - sum(counts)
    causes = {RETRY_DAY: "ticket-routing", LOOP_DAY: "research-agent"}
    rows = []
    for i, day in enumerate(DAYS):
        peers = sorted(costs[j] for j, d in enumerate(DAYS) if d.weekday() == day.weekday())
        expected = peers[len(peers) // 2]
        excess = costs[i] - expected if i in causes else D(0)
        rows.append([day.isoformat(), day.weekday(), counts[i], costs[i], costs[i], left[i],
                     expected, excess, causes.get(i)])  # fmt: skip
    return table(
        "day:text weekday:number requests:requests cost_list:USD cost_contracted:USD"
        " cost_right_sized:USD expected:USD excess:USD cause:text",
        rows,
    )


def models() -> Table:
    rows: dict[str, list[Any]] = {}
    for w in WORK:
        provider, model, tier = MODELS[w.offering]
        row = rows.setdefault(w.offering, [provider, w.offering, model, tier, 0, 0, 0, 0, 0, 0,
                                           D(0), D(0)])  # fmt: skip
        row[4] += w.calls
        row[5] += w.calls * 900
        row[6] += w.calls * 300
        row[9] += w.calls * 120
        row[10] += w.cost
        row[11] += w.cost
    return table(
        "provider:text offering:text model:text served_tier:text requests:requests"
        " input_uncached:tokens cache_read:tokens cache_write_5m:tokens cache_write_1h:tokens"
        " output:tokens cost_list:USD cost_contracted:USD",
        list(rows.values()),
    )


def baseline() -> Table:
    rows = [
        [w.case, w.offering, "standard", w.calls, w.calls * 900, w.calls * 300, 0, 0,
         w.calls * 120, 0, w.cost]
        for w in WORK
    ]  # fmt: skip
    return table(
        "use_case:text offering:text rate_class:text requests:requests input_uncached:tokens"
        " cache_read:tokens cache_write_5m:tokens cache_write_1h:tokens output:tokens"
        " web_searches:number cost_list:USD",
        rows,
    )
