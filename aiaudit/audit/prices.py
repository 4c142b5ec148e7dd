"""What every call cost as it was made, beside the tiers that it was served and needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from aiaudit.pricing import cost
from aiaudit.resources import statement

if TYPE_CHECKING:
    from aiaudit.engine import Engine
    from aiaudit.pricing import Tiers
    from aiaudit.settings import Settings


def price(engine: Engine, settings: Settings, tiers: Tiers) -> None:
    """Make `baseline_scenario`, `costed`, `kinds` and `workload` from `calls` and `labelled`."""
    order = pa.table({"tier": list(tiers.order), "rank": list(range(len(tiers.order)))})
    with engine.offered("given", order):
        engine.create("tier_order", "SELECT tier, CAST(rank AS INTEGER) AS rank FROM given")
    engine.create(
        "baseline_scenario", statement("baseline_scenario"), key=("call_id",), temporary=True
    )
    cost(engine, "baseline_scenario", into="costed", temporary=False)
    engine.create("kinds", statement("kinds"), key=("kind",), temporary=True)
    engine.create(
        "workload",
        statement("workload"),
        key=("call_id",),
        parameters={"timezone": settings.timezone},
        temporary=True,
    )
