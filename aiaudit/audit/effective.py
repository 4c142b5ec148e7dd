"""What usage costs once commitments are spread over it, and what a reader must know about them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from aiaudit.audit.tables import table
from aiaudit.ledger import Fact, dollars, rounded
from aiaudit.pricing import Provisioned, SpendCommit, VolumeTiers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aiaudit.audit.owed import Owed, Settled
    from aiaudit.ledger import Table

COMMITMENTS: Final = (
    "commitment", "kind", "provider", "period_start", "period_end", "covered_share", "cost_due",
    "cost_counted", "cost_counted_right_sized", "cost_owed", "cost_owed_right_sized", "cost_lost",
)  # fmt: skip
_KINDS: Final[dict[type, str]] = {
    SpendCommit: "spend_commit", Provisioned: "provisioned", VolumeTiers: "volume_tiers",
}  # fmt: skip
_NOT_GIVEN: Final = "no commitments or prepayments were given to spread"
_NONE_IN_TIME: Final = "no commitment holds in the audited period"
_SEVERAL: Final = "rows that stand for several requests do not say in which hours they ran"


def facts(settled: Settled, totals: Mapping[str, Any]) -> dict[str, Fact]:
    """Return the effective cost, what it is made of, and what the levers make of commitments."""
    if not settled.owed:
        reason = _NONE_IN_TIME if settled.given else _NOT_GIVEN
        found = {"cost.effective": Fact(value=None, unit="USD", step="totals", reason=reason)}
    else:
        whole = int(totals["contracted_pico"]) + sum(one.owed[0] for one in settled.owed)
        found = {
            "cost.effective": _usd(whole, totals["priced_rows"]),
            **_parts(settled),
            **_hours(settled),
        }
    step = "committed" if settled.owed else "totals"
    found["savings.commitments"] = _usd(-settled.lost(-1), step=step)
    return found


def _parts(settled: Settled) -> dict[str, Fact]:
    """Return what each kind of commitment that is held comes to, before and after the levers."""
    held = {type(one.part.commitment) for one in settled.owed}
    found = {}
    if Provisioned in held:
        found["commitments.capacity"] = _usd(settled.paid(Provisioned))
    for kind, name, sign in ((SpendCommit, "shortfall", 1), (VolumeTiers, "given_back", -1)):
        if kind in held:
            found[f"commitments.{name}"] = _usd(sign * settled.paid(kind))
            found[f"commitments.{name}_right_sized"] = _usd(sign * settled.paid(kind, -1))
    return found


def _hours(settled: Settled) -> dict[str, Fact]:
    """Return the unit-hours of capacity that are paid, and those in which no call ran on it."""
    capacity = [one for one in settled.owed if isinstance(one.part.commitment, Provisioned)]
    if not capacity:
        return {}
    paid = sum(_unit_hours(one, one.part.hours) for one in capacity)
    used = sum(_unit_hours(o, Fraction(o.served["used_hours"])) for o in capacity if o.served)
    several = any(one.served and one.served["rows_of_several"] for one in capacity)
    return {
        "commitments.capacity_hours": Fact(value=paid, unit="hours", step="capacity_hours"),
        "commitments.unused_hours": Fact(
            value=None if several else max(0, paid - used),
            unit="hours",
            step="capacity_hours",
            reason=_SEVERAL if several else None,
        ),
    }


def _unit_hours(one: Owed, hours: Fraction) -> int:
    terms = one.part.commitment
    return int(Fraction(terms.units) * hours) if isinstance(terms, Provisioned) else 0


def commitments(settled: Settled) -> Table:
    """Return every commitment by period: what was due, what counted, what it costs beside calls."""
    reason = _NONE_IN_TIME if settled.given else _NOT_GIVEN
    return table(COMMITMENTS, [_row(one) for one in settled.owed], reason)


def _row(one: Owed) -> dict[str, Any]:
    terms = one.part.commitment
    money = {
        "cost_due": one.due, "cost_counted": one.counted[0], "cost_lost": one.lost,
        "cost_counted_right_sized": one.counted[-1], "cost_owed": one.owed[0],
        "cost_owed_right_sized": one.owed[-1],
    }  # fmt: skip
    share = None if isinstance(terms, Provisioned) else rounded(_covered(one), 6)
    return {
        "commitment": terms.id,
        "kind": _KINDS[type(terms)],
        "provider": terms.provider,
        "period_start": one.part.start.isoformat(),
        "period_end": one.part.end.isoformat(),
        "covered_share": share,
        **{name: dollars(pico) for name, pico in money.items()},
    }


def _covered(one: Owed) -> Decimal:
    return Decimal(one.part.share.numerator) / Decimal(one.part.share.denominator)


def notes(settled: Settled, served: int) -> Iterator[str]:
    """Yield what must be said beside the figures; `served` calls were put on capacity by words."""
    prorated: dict[str, Decimal] = {}
    for one in settled.owed:
        terms = one.part.commitment
        if not isinstance(terms, Provisioned) and one.part.share != 1:
            prorated[terms.id] = prorated.get(terms.id, Decimal(0)) + _covered(one)
    for name, share in prorated.items():
        yield (
            f"the commitment {name}: the audit covers {rounded(share, 3)} of its periods; what is"
            " due, or the volume of a tier, is taken in proportion to time, and nothing is"
            " projected to a whole period"
        )
    if any(isinstance(one.part.commitment, Provisioned) for one in settled.owed):
        yield (
            "calls on provisioned capacity cost nothing by themselves: moving them saves nothing"
            " while the capacity is paid, and their list cost is that of standard service"
        )
    if served:
        yield f"{served} calls run on provisioned capacity because the overlay says so"
    if settled.lost(-1) > 0:
        yield (
            "work that leaves a commitment or a volume tier saves less until it ends: what is owed"
            " all the same, or no longer given back, is a line of its own after all levers"
        )


def _usd(pico: int, rows: int | None = None, step: str = "committed") -> Fact:
    return Fact(value=dollars(pico), unit="USD", rows=rows, step=step)
