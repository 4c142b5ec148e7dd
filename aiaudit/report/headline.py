"""The headline and the sentence under it: what was used, what could go, and how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiaudit.report.figures import as_decimal, percent
from aiaudit.report.words import Words, listed, name, sentences

if TYPE_CHECKING:
    from aiaudit.report.basis import Basis

# With this many judged answers and no failure among them, harm is under 5% with 95% confidence:
# 0.95 to the power of 59 is below 0.05.
JUDGED: Final = 59
_MOST_NAMED: Final = 3


def headline(basis: Basis) -> str:
    """Return the headline: the cost and the supported saving, or that there is none."""
    if basis.empty:
        return "These files hold no model usage in the period."
    shown = basis.shown
    if not shown.cost:
        return "No call in these files could be priced, so no cost is stated."
    usage = "One call" if basis.requests == 1 else "Model usage"
    cost = f"{usage} cost {basis.usd(shown.cost)} {basis.prices}."
    if basis.tie.state == "tied" and basis.requests > 1:
        cost = f"Model spend was {basis.usd(shown.cost)}, and ties to the charges."
    if basis.supported:
        provisional = ", provisionally" if basis.tie.state == "off" else ""
        return f"{cost} Savings of {basis.supported_amount} are supported{provisional}."
    if shown.total < 0:
        return f"{cost} Matching models to the work would add {basis.usd(-shown.total)}."
    if not shown.total:
        return f"{cost} No lever would lower it."
    return f"{cost} No saving is supported yet."


def subline(basis: Basis) -> Words:
    """Return the sentence that says which part of the savings rests on what."""
    shown = basis.shown
    if basis.empty:
        return ("Check the files, the period and the reconciliation below.",)
    if not shown.cost:
        return ("The models without a price are listed under reconciliation and coverage.",)
    cost = f"Model usage in these files cost {basis.usd(shown.cost)} {basis.prices}."
    if not basis.supported:
        return sentences([(cost,), unsupported(basis), _no_evidence(basis)])
    return sentences(
        [(cost,), *((part,) for part in _supported(basis)), _rest(basis), _no_evidence(basis)]
    )


def _supported(basis: Basis) -> list[str]:
    shown, parts = basis.shown, []
    if shown.calculated > 0:
        parts.append(f"{basis.usd(shown.calculated)} could go with no change of answer.")
    if shown.calculated < 0:
        parts.append(f"Changes that leave answers alone would add {basis.usd(-shown.calculated)}.")
    if shown.tested > 0:
        parts.append(f"{basis.usd(shown.tested)} is tested on your own work.")
    if shown.low > 0:
        another = "another " if parts else ""
        parts.append(
            f"Cheaper models would save at least {another}{basis.usd(shown.low)} under public"
            " stand-in evidence, not yet tested on your work."
        )
    return parts


def _rest(basis: Basis) -> Words:
    rest = basis.shown.untested
    if rest > 0:
        return (f"Up to {basis.usd(rest)} more is untested.",)
    if rest < 0:
        return (f"Untested moves would add {basis.usd(-rest)}.",)
    return ()


def _no_evidence(basis: Basis) -> Words:
    amount = basis.shown.no_evidence
    return (f"{basis.usd(amount)} has no evidence.",) if amount > 0 else ()


def unsupported(basis: Basis) -> Words:
    """Return that nothing is supported yet, and what would settle it."""
    total = basis.shown.total
    if total <= 0:
        return ("Nothing is supported, and the replay finds no saving.",)
    cases = _unsettled(basis)
    opening = "No saving is supported yet."
    if not cases:
        return (f"{opening} Up to {basis.usd(total)} is untested.",)
    each = "in" if len(cases) == 1 else "in each of"
    return (
        f"{opening} {JUDGED} judged answers without a failure {each} ",
        *listed((name(case) for case in cases), _MOST_NAMED),
        (
            f" would bound harm under {percent(as_decimal('0.05'))} with 95% confidence, and settle"
            f" up to {basis.usd(total)}."
        ),
    )


def _unsettled(basis: Basis) -> list[str]:
    rows = basis.records("moves")
    cases = (
        str(row["use_case"])
        for row in rows
        if row["use_case"] is not None and (as_decimal(row["saving"]) or 0) > 0
    )
    return list(dict.fromkeys(cases))
