"""The units of routing: calls that move together, with what their move is worth."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from aiaudit.replay.certainty import Unit
from aiaudit.replay.scenario import price
from aiaudit.resources import statement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiaudit.engine import Engine
    from aiaudit.settings import Settings


def route_units(engine: Engine, settings: Settings, router: Mapping[str, int]) -> list[Unit]:
    """Return every routed group; the router's cost by use case is spread over its units."""
    engine.create("one_step", statement("one_step"), key=("call_id",), temporary=True)
    price(engine, "one_step")
    engine.create("route_units", statement("route_units"), key=("group_id",))
    rows = engine.rows("SELECT * FROM route_units ORDER BY group_id")
    shares = _router_shares(rows, router)
    return [_unit(row, settings, shares[row["group_id"]]) for row in rows]


def _unit(row: Mapping[str, Any], settings: Settings, router: int) -> Unit:
    terms = settings.use_cases.get(row["use_case"])
    return Unit(
        group=row["group_id"],
        use_case=row["use_case"],
        task=row["task"],
        family=row["family"],
        evidence=row["evidence"],
        requests=int(row["requests"]),
        spend=int(row["spend_pico"]),
        after=int(row["after_pico"]),
        one=None if row["one_target"] is None else int(row["one_pico"]),
        uplift_high=row["uplift_high"],
        obliged=row["obliged"],
        experiment=bool(terms and terms.stage == "experiment"),
        router=router,
    )


def _router_shares(rows: list[dict[str, Any]], router: Mapping[str, int]) -> dict[int, int]:
    """Spread a use case's router cost over its units by requests, to the last pico-dollar."""
    units: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        units[row["use_case"]].append(row)
    shares: dict[int, int] = {row["group_id"]: 0 for row in rows}
    for use_case, members in units.items():
        left, weight = router.get(use_case, 0), sum(int(m["requests"]) for m in members)
        for member in members:
            share = left if not weight else left * int(member["requests"]) // weight
            shares[member["group_id"]] = share
            left, weight = left - share, weight - int(member["requests"])
    return shares
