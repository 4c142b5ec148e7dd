"""What commitments cost beside the calls, before and after the levers, period by period.

Moving work off a commitment saves nothing while it lasts: what was promised is owed all the same.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from aiaudit.audit import scopes
from aiaudit.audit.owed import Owed, Settled, beside, due
from aiaudit.audit.periods import Part, parts, window
from aiaudit.levers import Lever
from aiaudit.pricing import worth
from aiaudit.replay import Classes, LeverResult, Replayed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from aiaudit.engine import Engine
    from aiaudit.pricing import Catalogue
    from aiaudit.settings import Settings

CONSEQUENCE: Final = Lever(
    id="commitments",
    title="Commitments and volume tiers",
    why="What is owed all the same, or no longer given back, once less is spent.",
    rewrite="",
)


def settle(
    engine: Engine,
    settings: Settings,
    catalogue: Catalogue,
    totals: Mapping[str, Any],
    replayed: Replayed,
) -> tuple[Settled, Replayed]:
    """Return what commitments cost, and the replay with what the levers make worse of it.

    Routed units whose low case does not outweigh their part of what is lost count as untested.
    Leaves `consequences`: one row per commitment and day, with its part of what is lost.
    """
    engine.run(
        "CREATE OR REPLACE TABLE consequences (commitment VARCHAR, day DATE, pico DECIMAL(38,0))"
    )
    if not catalogue.commitments:
        return Settled(), replayed
    seen = window(settings, totals)
    audited = [part for c in catalogue.commitments for part in parts(c, seen)] if seen else []
    scopes.prepare(engine, catalogue, audited)
    while True:
        scopes.support(engine, replayed)
        settled = Settled(given=True, owed=tuple(_owed(engine, catalogue, audited)))
        kept = _outweighing(engine, replayed, settled)
        if kept == replayed.units:
            break
        replayed = replace(replayed, units=kept)
    for one in settled.owed:
        _spread(engine, one)
    return settled, _after(replayed, settled.lost(-1))


def _outweighing(engine: Engine, replayed: Replayed, settled: Settled) -> tuple[Classes, ...]:
    """Return the units, those untested whose low case their own part of what is lost eats up."""
    supported = {unit.unit.group for unit in replayed.units if unit.likely_low > 0}
    taken: dict[tuple[str, int], dict[int, int]] = defaultdict(dict)
    for row in engine.rows("SELECT * FROM withdrawn WHERE pico > 0"):
        if row["unit"] in supported:
            taken[row["commitment"], row["period"]][row["unit"]] = int(row["pico"])
    lost: dict[int, Fraction] = defaultdict(Fraction)
    for one in settled.owed:
        away = taken[one.part.commitment.id, one.part.period]
        more = one.owed[2] - one.owed[1]
        for unit, pico in away.items():
            lost[unit] += Fraction(more * pico, sum(away.values()))
    return tuple(
        _untested(unit) if 0 < unit.likely_low <= lost[unit.unit.group] else unit
        for unit in replayed.units
    )


def _untested(unit: Classes) -> Classes:
    return replace(
        unit, likely=0, likely_low=0, likely_high=0, untested=unit.untested + unit.likely,
        harm=Decimal(0),
    )  # fmt: skip


def _after(replayed: Replayed, lost: int) -> Replayed:
    right_sized = replayed.right_sized + lost
    line = LeverResult(lever=CONSEQUENCE, requests=0, first_in=-lost, in_order=-lost,
                       last_in=-lost, after=right_sized)  # fmt: skip
    return replace(replayed, right_sized=right_sized, levers=(*replayed.levers, line))


def _owed(engine: Engine, catalogue: Catalogue, audited: Sequence[Part]) -> list[Owed]:
    usage: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    for row in engine.rows("SELECT * FROM committed ORDER BY commitment, period, state"):
        usage[row["commitment"], row["period"]].append(row)
    hours = {(r["commitment"], r["period"]): r for r in engine.rows("SELECT * FROM capacity_hours")}
    found = []
    for part in audited:
        usd = Fraction(worth(catalogue.fx, part.commitment.currency, part.start) or Decimal(1))
        states = usage[part.commitment.id, part.period]
        promised = due(part, usd)
        found.append(
            Owed(
                part=part,
                due=promised,
                counted=tuple(int(row["pico"]) for row in states),
                owed=tuple(beside(part, usd, row, promised or 0) for row in states),
                served=hours.get((part.commitment.id, part.period)),
            )
        )
    return found


def _spread(engine: Engine, one: Owed) -> None:
    """Spread what is lost evenly over the days of the period that have calls."""
    days = engine.rows(
        "SELECT DISTINCT day FROM workload WHERE started_at >= $start AND started_at < $end"
        " ORDER BY day",
        {"start": one.part.start, "end": one.part.end},
    )
    left, rows = one.lost, []
    for number, row in enumerate(days):
        share = left // (len(days) - number)
        rows.append({"commitment": one.part.commitment.id, "day": row["day"],
                     "pico": Decimal(share)})  # fmt: skip
        left -= share
    if one.lost:
        engine.append("consequences", rows)
