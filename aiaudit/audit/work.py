"""What the work costs and why: top drivers, use cases against their targets, moves worth making."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from aiaudit.audit.tables import make, table
from aiaudit.ledger import PICO, dollars, rounded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiaudit.engine import Engine
    from aiaudit.ledger import Table
    from aiaudit.replay import Replayed
    from aiaudit.settings import Settings, UseCase

DRIVERS: Final = (
    "rank", "use_case", "served_tier", "owner", "requests", "cost_contracted", "share",
    "running_share", "cause",
)  # fmt: skip
USE_CASES: Final = (
    "use_case", "owner", "stage", "target_cost", "max_tier", "requests", "cost_contracted",
    "cost_per_request", "right_sized_per_request", "main_served_tier", "main_needed_tier",
    "savings", "likely_low", "likely_high", "result",
)  # fmt: skip
TOP: Final = 10

_LONG_INPUT: Final = 20_000  # mean input tokens of a call from which context is worth a look
_LONG_SESSION: Final = 40  # calls of one session from which an agent may be going in circles


def drivers(engine: Engine, settings: Settings) -> Table:
    """Return the ten dearest lines of use case and served tier, with the main cause of each."""
    lines = make(engine, "work_lines")
    total = sum((Decimal(line["cost_contracted_pico"]) for line in lines), Decimal(0))
    running = Decimal(0)
    for rank, line in enumerate(lines[:TOP], start=1):
        cost = Decimal(line["cost_contracted_pico"])
        running += cost
        line["rank"] = rank
        line["owner"] = _owner(line, settings.use_cases.get(line["use_case"]))
        line["share"] = _share(cost, total)
        line["running_share"] = _share(running, total)
        line["cause"] = _cause(line)
        if line["metered"]:
            line["use_case"] = "metered, no call evidence"
    return table(DRIVERS, lines[:TOP])


def use_cases(engine: Engine, settings: Settings, replayed: Replayed) -> Table:
    """Return every use case with its cost per request, its targets, and whether it meets them."""
    rows = make(engine, "use_case_costs")
    order = _ranks(engine)
    for row in rows:
        terms = settings.use_cases.get(row["use_case"])
        cost, right = Decimal(row["cost_contracted_pico"]), Decimal(row["right_sized_pico"])
        units = [u for u in replayed.units if u.unit.use_case == row["use_case"]]
        right += sum(u.unit.router for u in units)
        row |= {
            "owner": _owner(row, terms),
            "stage": terms.stage if terms else None,
            "target_cost": terms.target_cost if terms else None,
            "max_tier": terms.max_tier if terms else None,
            "cost_per_request": _each(cost, row["requests"]),
            "right_sized_per_request": _each(right, row["requests"]),
            "savings": dollars(cost - right),
            "likely_low": dollars(sum(u.likely_low for u in units)),
            "likely_high": dollars(sum(u.likely_high for u in units)),
        }
        row["result"] = _result(row, terms, order)
    return table(USE_CASES, rows)


def _result(row: Mapping[str, Any], terms: UseCase | None, order: Mapping[str, int]) -> str | None:
    if not terms or (terms.target_cost is None and terms.max_tier is None):
        return None
    dear = terms.target_cost is not None and (row["cost_per_request"] or 0) > terms.target_cost
    served = row["highest_served_rank"]
    high = terms.max_tier is not None and served is not None and served > order[terms.max_tier]
    return {
        (False, False): "meets target",
        (True, False): "over cost",
        (False, True): "over tier",
        (True, True): "over cost and tier",
    }[dear, high]


def _cause(line: Mapping[str, Any]) -> str:
    cost = Decimal(line["cost_contracted_pico"]) or Decimal(1)
    if line["metered"]:
        return "no call evidence"
    if line["routed_pico"] > cost / 5:
        return "model above the tier needed"
    if line["avoided_pico"] > cost / 20:
        return "failed attempts"
    if line["longest_session"] >= _LONG_SESSION:
        return f"a session of {line['longest_session']} calls"
    if (line["input_tokens"] or 0) / line["calls"] >= _LONG_INPUT:
        return "long inputs"
    return "tier unknown" if line["unclassified_pico"] > cost / 2 else "volume at its tier"


def _owner(row: Mapping[str, Any], terms: UseCase | None) -> str | None:
    if terms and terms.owner:
        return terms.owner
    teams = row.get("teams") or 0
    return row.get("team") or row.get("first_team") if teams == 1 else None


def _each(pico: Decimal, requests: int) -> Decimal | None:
    return rounded(pico / requests, 0) * PICO if requests else None


def _share(part: Decimal, whole: Decimal) -> Decimal | None:
    return rounded(part / whole, 6) if whole else None


def _ranks(engine: Engine) -> dict[str, int]:
    return {row["tier"]: row["rank"] for row in engine.rows("SELECT tier, rank FROM tier_order")}
