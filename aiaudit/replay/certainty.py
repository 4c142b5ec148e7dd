"""How sure a saving is: which part of routing public evidence supports, and within which bounds.

Per unit of spend S: low = S x (q - h_high) - cost one tier down (high token case) - router;
high = S x (1 - h_low) - cost one tier down - router. A unit whose low is not above zero is not
supported. A harm budget caps the whole: calls x h_high stays within a share of all requests,
best saving per harm first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aiaudit.pricing import Tiers


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """Calls that are routed alike, in pico-dollars; `one` is None if nothing is a tier down."""

    group: int
    use_case: str
    task: str | None
    family: str | None
    evidence: str
    requests: int
    spend: int
    after: int
    one: int | None
    uplift_high: Decimal | None
    obliged: bool
    experiment: bool
    router: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Classes:
    """What a unit's saving is made of, in pico-dollars. `likely` and `untested` add up to it."""

    unit: Unit
    likely: int = 0
    likely_low: int = 0
    likely_high: int = 0
    untested: int = 0
    harm_high: Decimal | None = None
    harm: Decimal = Decimal(0)


def classes(units: Iterable[Unit], tiers: Tiers, all_requests: int) -> list[Classes]:
    """Return the class of every unit's saving, within the harm budget."""
    found = [_class(unit, tiers) for unit in units]
    supported = sorted((c for c in found if c.likely_low > 0 and c.harm_high), key=_worth)
    left = tiers.harm_budget * all_requests
    capped: dict[int, Classes] = {}
    for one in supported:
        kept = _within(one, left)
        left -= kept.harm
        capped[one.unit.group] = kept
    return [capped.get(c.unit.group, c) for c in found]


def _class(unit: Unit, tiers: Tiers) -> Classes:
    saved = unit.spend - unit.after - unit.router
    if unit.obliged:
        return Classes(unit=unit, likely=saved, likely_low=saved, likely_high=saved)
    untested = Classes(unit=unit, untested=saved, harm_high=_harm(unit, tiers, 1))
    high, low, trust = _harm(unit, tiers, 1), _harm(unit, tiers, 0), tiers.trust.get(unit.evidence)
    if unit.one is None or unit.uplift_high is None or unit.experiment or not unit.requests:
        return untested
    if high is None or low is None or trust is None:
        return untested
    bottom = unit.spend * (trust - high) - unit.one * unit.uplift_high - unit.router
    if bottom <= 0:
        return untested
    likely = min(unit.spend - unit.one - unit.router, saved)
    return Classes(
        unit=unit,
        likely=likely,
        likely_low=_floor(min(bottom, Decimal(likely))),
        likely_high=_floor(unit.spend * (1 - low) - unit.one - unit.router),
        untested=saved - likely,
        harm_high=high,
        harm=high * unit.requests,
    )


def _harm(unit: Unit, tiers: Tiers, end: int) -> Decimal | None:
    prior = tiers.harm.get(unit.task or "") or tiers.harm.get(unit.family or "")
    return prior[end] if prior else None


def _worth(one: Classes) -> tuple[Decimal, int]:
    """Order by saving per unit of harm, best first."""
    return (-Decimal(one.likely_low) / one.harm, one.unit.group)


def _within(one: Classes, budget: Decimal) -> Classes:
    """Return the part of a unit that the rest of the harm budget allows; the other is untested."""
    if one.harm <= budget:
        return one
    requests = int((budget / one.harm * one.unit.requests).to_integral_value(ROUND_FLOOR))
    share = Decimal(requests) / one.unit.requests
    likely = _floor(one.likely * share)
    return replace(
        one,
        likely=likely,
        likely_low=_floor(one.likely_low * share),
        likely_high=_floor(one.likely_high * share),
        untested=one.untested + one.likely - likely,
        harm=one.harm * share,
    )


def _floor(value: Decimal) -> int:
    return int(value.to_integral_value(ROUND_FLOOR))
