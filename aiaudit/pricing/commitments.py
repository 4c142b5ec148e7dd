"""What a customer has promised to pay whatever it uses, and what large volumes give back."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from aiaudit.pricing.currency import USD
from aiaudit.pricing.values import Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from aiaudit.pricing.values import Catalogue, Offering

PERIODS: Final = {"month": 1, "quarter": 3, "year": 12}  # in months


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment(Span):
    """Terms on the usage of one provider's models that hold for a time, not for a call."""

    id: str
    provider: str
    models: tuple[str, ...] = ("*",)
    currency: str = USD

    def counts(self, offering: Offering) -> bool:
        """Return whether usage of this offering counts."""
        return self.provider == offering.provider and _named(offering.id, self.models)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpendCommit(Commitment):
    """At least `amount` is spent in each period; `pay` means that the rest is owed all the same."""

    amount: Decimal
    period: str
    pay: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Provisioned(Commitment):
    """Capacity that is paid by the hour; calls on it cost nothing more.

    It serves calls of the rate class provisioned, and standard calls of the offerings in `covers`.
    """

    units: Decimal
    hourly: Decimal
    covers: tuple[str, ...] = ()

    def counts(self, offering: Offering) -> bool:
        """Return whether this offering runs on the capacity."""
        if self.provider != offering.provider:
            return False
        return self.serves(offering) or _named(offering.id, self.models)

    def serves(self, offering: Offering) -> bool:
        """Return whether even standard calls of this offering run on the capacity."""
        return self.provider == offering.provider and _named(offering.key, self.covers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """A percentage that is given back from a volume on."""

    above: Decimal
    percent: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeTiers(Commitment):
    """What a period's volume gives back: the tier reached holds for all of it, or for the part.

    `measure` is spend (in the currency) or tokens; `whole` tells all usage from what lies above.
    """

    period: str
    measure: str = "spend"
    whole: bool = True
    tiers: tuple[Volume, ...] = ()


def _named(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name.casefold(), pattern.casefold()) for pattern in patterns)


def contradictions(catalogue: Catalogue) -> Iterator[str]:
    """Yield a line for each commitment that counts nothing, stands twice, or has no dollars."""
    places: dict[str, list[str]] = defaultdict(list)
    for found in catalogue.commitments:
        places[found.id].append(found.place)
        if not any(found.counts(offering) for offering in catalogue.offerings.values()):
            yield f"{found.place}: '{found.provider}' has no model that '{found.id}' is about"
        held = [r for r in catalogue.fx if r.currency == found.currency and r.overlaps(found)]
        within = sum((min(r.until, found.until) - max(r.start, found.start) for r in held),
                     found.start - found.start)  # fmt: skip
        if found.currency != USD and within < found.until - found.start:
            yield (
                f"{found.place}: '{found.id}' is in {found.currency}, and 'fx' has no rate for"
                " all of its time"
            )
    for name, where in places.items():
        if len(where) > 1:
            yield f"{where[1]}: the commitment '{name}' is given in {where[0]} already"
