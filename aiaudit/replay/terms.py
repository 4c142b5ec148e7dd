"""What the user allows routing to do, as tables that the levers read; and the router's own cost."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

import pyarrow as pa

from aiaudit.errors import SettingsError
from aiaudit.levers import ROUTER
from aiaudit.pricing import cost
from aiaudit.resources import statement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiaudit.engine import Engine
    from aiaudit.pricing import Tiers
    from aiaudit.settings import Routing, Settings


def offer(engine: Engine, settings: Settings, tiers: Tiers) -> None:
    """Make the tables that routing reads: who may be a target, when, and up to which size."""
    routing = settings.routing
    known = engine.rows("SELECT offering, model, provider FROM offerings ORDER BY offering")
    allowed = [str(row["offering"]) for row in known if _allowed(row, routing, tiers.no_targets)]
    router = _router_offering(routing.router_model, known)
    _table(engine, "allowed_offerings", {"offering": pa.array(allowed, pa.string())})
    _table(engine, "routing_terms", {"any_provider": pa.array([routing.providers != "same"])})
    _table(
        engine,
        "router_terms",
        {
            "router_model": pa.array([router] if router else [], pa.string()),
            "input_tokens": pa.array([tiers.router.input_tokens] if router else [], pa.int64()),
            "output_tokens": pa.array([tiers.router.output_tokens] if router else [], pa.int64()),
        },
    )
    engine.create("route_targets_allowed", statement("route_targets_allowed"), key=("offering",))
    engine.create("eras", statement("eras"), key=("day", "era"))
    engine.create("limits", statement("limits"), key=("up_to",))


def run_router(engine: Engine, settings: Settings, *, routed: bool) -> Mapping[str, int]:
    """Return the router's cost by use case in pico-dollars; empty when none is set.

    Leaves the table `added`: calls that the levers add, with their cost.
    """
    moved = (
        "SELECT DISTINCT w.use_case FROM changed AS c JOIN workload AS w ON w.call_id = c.call_id"
        " WHERE c.lever = 'route'"
    )
    engine.create("moved_use_cases", moved, temporary=True)
    engine.create("added_calls", ROUTER.rewrite, key=("call_id",), temporary=True)
    cost(engine, "added_calls", into="costed_added")
    engine.point("scenario", at="replayed")
    engine.create("added", statement("added"), key=("call_id",))
    if not (settings.routing.router_model and routed):
        return {}
    if engine.value("SELECT count(*) FROM added WHERE contracted_pico IS NULL"):
        raise SettingsError(
            f"routing.router_model: {settings.routing.router_model} has no price for the audited"
            " period; name a model that has one"
        )
    costs = engine.rows(
        "SELECT use_case, sum(contracted_pico) AS pico FROM added GROUP BY use_case ORDER BY 1"
    )
    return {row["use_case"]: int(row["pico"]) for row in costs}


def _allowed(row: Mapping[str, str], routing: Routing, never: tuple[str, ...]) -> bool:
    names = (row["offering"].casefold(), row["model"].casefold())
    if not isinstance(routing.providers, str) and row["provider"] not in routing.providers:
        return False
    if _matches(names, routing.deny):
        return False
    return _matches(names, routing.allow) if routing.allow else not _matches(names, never)


def _matches(names: tuple[str, ...], patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name, pattern.casefold()) for name in names for pattern in patterns)


def _router_offering(model: str | None, known: list[dict[str, str]]) -> str | None:
    if model is None:
        return None
    name = model.casefold()
    found = [r["offering"] for r in known if r["offering"].casefold() == name]
    found = found or [r["offering"] for r in known if r["offering"].casefold().endswith(f"/{name}")]
    if len(found) == 1:
        return found[0]
    hint = f"say which of {', '.join(found)}" if found else "see `aiaudit pricing show`"
    raise SettingsError(f"routing.router_model: {model!r} is not one priced model; {hint}")


def _table(engine: Engine, name: str, columns: Mapping[str, pa.Array]) -> None:
    with engine.offered("given", pa.table(dict(columns))):
        engine.create(name, "SELECT * FROM given")
