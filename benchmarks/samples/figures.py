"""What the sample month adds up to: calls and list cost by use case, by model and by day."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .call import Call


def table(calls: Iterable[Call]) -> str:
    """Return the figures as lines of text."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    costs: dict[str, defaultdict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for call in calls:
        day = f"{call.started // 86_400_000 - 20_726:02} October"
        for kind, value in (("use case", call.workload.name), ("model", call.model), ("day", day)):
            counts[kind][value] += 1
            costs[kind][value] += call.spend
    lines = [f"calls {counts['day'].total()}, list cost {sum(costs['day'].values()):.6f} USD"]
    for kind, amounts in costs.items():
        lines.append(f"\n{kind}")
        ranked = sorted(amounts.items(), key=lambda item: item[0] if kind == "day" else -item[1])
        lines.extend(f"  {key:28} {counts[kind][key]:6} {cost:12.4f}" for key, cost in ranked)
    return "\n".join(lines)
