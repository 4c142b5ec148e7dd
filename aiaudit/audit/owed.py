"""What one commitment comes to in a period: the shortfall, the capacity, what is given back."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from aiaudit.pricing import Provisioned, SpendCommit, VolumeTiers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from aiaudit.audit.periods import Part

PICO: Final = 10**12


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What one commitment costs in the audited part of a period, in pico-dollars.

    `due` is what was promised for that part. `counted` and `owed` have four states: as it was, and
    with calculated, publicly supported and all savings; what is given back is negative.
    """

    part: Part
    due: int | None
    counted: tuple[int, ...]
    owed: tuple[int, ...]
    served: Mapping[str, int] | None = None

    @property
    def lost(self) -> int:
        """Return what all levers together make worse."""
        return self.owed[-1] - self.owed[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What all commitments come to; `given` tells none from none in the audited time."""

    given: bool = False
    owed: tuple[Owed, ...] = ()

    def lost(self, state: int) -> int:
        """Return what the savings up to a state make worse, in pico-dollars."""
        return sum(one.owed[state] - one.owed[0] for one in self.owed)

    def paid(self, kind: type, state: int = 0) -> int:
        """Return what commitments of a kind cost beside the calls, in pico-dollars."""
        mine = (one for one in self.owed if isinstance(one.part.commitment, kind))
        return sum(one.owed[state] for one in mine)


def due(part: Part, usd: Fraction) -> int | None:
    """Return what was promised for the audited part of a period, prorated by time."""
    terms = part.commitment
    if isinstance(terms, SpendCommit):
        return round(Fraction(terms.amount) * usd * PICO * part.share)
    if isinstance(terms, Provisioned):
        return round(Fraction(terms.units) * Fraction(terms.hourly) * usd * PICO * part.hours)
    return None


def beside(part: Part, usd: Fraction, used: Mapping[str, Any], promised: int) -> int:
    """Return what is owed beside the calls themselves; what is given back is negative."""
    terms, pico = part.commitment, int(used["pico"])
    if isinstance(terms, SpendCommit):
        return max(0, promised - pico) if terms.pay else 0
    if isinstance(terms, VolumeTiers):
        return -round(_given_back(terms, part.share, usd, pico, int(used["tokens"])))
    return promised


def _given_back(
    terms: VolumeTiers, share: Fraction, usd: Fraction, pico: int, tokens: int
) -> Fraction:
    volume = Fraction(tokens) if terms.measure == "tokens" else Fraction(pico, PICO) / usd
    steps = [(Fraction(tier.above) * share, Fraction(tier.percent) / 100) for tier in terms.tiers]
    if terms.whole:
        return pico * next((percent for above, percent in reversed(steps) if volume > above),
                           Fraction(0))  # fmt: skip
    ends = [above for above, _ in steps[1:]] + [max(volume, steps[-1][0])] if steps else []
    inside = (
        max(Fraction(0), min(volume, end) - above) * percent
        for (above, percent), end in zip(steps, ends, strict=True)
    )
    return sum(inside, Fraction(0)) * usd * PICO
