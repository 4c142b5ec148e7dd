"""Apply the levers, alone and together, and say what each of them changes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from aiaudit.levers import ORDER, ROUTER, Lever
from aiaudit.replay import terms
from aiaudit.replay.certainty import Classes, classes
from aiaudit.replay.scenario import Scenario
from aiaudit.replay.units import route_units
from aiaudit.resources import statement

if TYPE_CHECKING:
    from aiaudit.engine import Engine
    from aiaudit.pricing import Tiers
    from aiaudit.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class LeverResult:
    """What one lever changes, in pico-dollars; positive is cheaper. None when it is switched off.

    `first_in` is its saving when done alone, `last_in` what it adds after all the others.
    """

    lever: Lever
    requests: int
    first_in: int | None
    in_order: int | None
    last_in: int | None
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """The replay of all levers: `baseline` minus their savings is `right_sized`, exactly."""

    baseline: int
    right_sized: int
    levers: tuple[LeverResult, ...]
    units: tuple[Classes, ...]

    @property
    def total(self) -> int:
        """Return what all levers save together, in pico-dollars."""
        return self.baseline - self.right_sized


def replay(engine: Engine, settings: Settings, tiers: Tiers) -> Replayed:
    """Replay the calls under every lever that is switched on, in ORDER.

    Reads `calls`, `baseline_scenario`, `workload` and the price tables; leaves `right_sized` and
    `added`.
    """
    on = tuple(lever for lever in ORDER if settings.levers.get(lever.id, True))
    terms.offer(engine, settings, tiers)
    costs = _costs(engine, on)
    steps = [costs[on[:n]] for n in range(len(on) + 1)]
    baseline = steps[0]
    routed = any(lever.id == "route" for lever in on)
    engine.create("right_sized", statement("right_sized"), key=("call_id",))
    router = terms.run_router(engine, settings, routed=routed)
    results = [
        LeverResult(
            lever=lever,
            requests=_requests(engine, lever),
            first_in=baseline - costs[lever,],
            in_order=before - after,
            last_in=costs[tuple(x for x in on if x is not lever)] - steps[-1],
            after=after,
        )
        for lever, (before, after) in zip(on, pairwise(steps), strict=True)
    ]
    off = [_off(lever, steps[-1]) for lever in ORDER if lever not in on]
    cost = sum(router.values())
    paid = cost if routed and settings.routing.router_model else None
    results += [*off, _router_result(engine, paid, steps[-1] + cost)]
    units = route_units(engine, settings, router) if routed else []
    all_requests = int(engine.value("SELECT coalesce(sum(requests), 0) FROM calls"))
    return Replayed(
        baseline=baseline,
        right_sized=steps[-1] + cost,
        levers=tuple(results),
        units=tuple(classes(units, tiers, all_requests)),
    )


def _costs(engine: Engine, on: tuple[Lever, ...]) -> dict[tuple[Lever, ...], int]:
    """Return the cost under no lever, each alone, all but each, and all in their order.

    All in their order come last, so that the tables they leave are those of the whole replay.
    """
    costs: dict[tuple[Lever, ...], int] = {}
    prefixes = {on[:n] for n in range(len(on) + 1)}
    alone = [(lever,) for lever in on]
    without = [tuple(x for x in on if x is not lever) for lever in on]
    wanted = [combination for combination in (*alone, *without) if combination not in prefixes]
    for levers in (*dict.fromkeys(wanted), on):
        scenario = Scenario(engine)
        costs[()] = scenario.cost()
        for number, lever in enumerate(levers, start=1):
            scenario.apply(lever)
            costs[levers[:number]] = scenario.cost()
    return costs


def _requests(engine: Engine, lever: Lever) -> int:
    counted = (
        "SELECT coalesce(sum(w.requests), 0) FROM changed AS c"
        " JOIN workload AS w ON w.call_id = c.call_id WHERE c.lever = $lever"
    )
    return int(engine.value(counted, {"lever": lever.id}))


def _off(lever: Lever, after: int) -> LeverResult:
    return LeverResult(
        lever=lever, requests=0, first_in=None, in_order=None, last_in=None, after=after
    )


def _router_result(engine: Engine, cost: int | None, after: int) -> LeverResult:
    if cost is None:
        return _off(ROUTER, after)
    requests = int(engine.value("SELECT coalesce(sum(requests), 0) FROM added"))
    return LeverResult(
        lever=ROUTER, requests=requests, first_in=-cost, in_order=-cost, last_in=-cost, after=after
    )
