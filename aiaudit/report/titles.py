"""Section titles that state the finding; where there is none, a plain noun."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING, Final

from aiaudit.report.figures import percent, share
from aiaudit.report.words import Words, counted, spelled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aiaudit.report.tie import Tie
    from aiaudit.report.words import Piece

_ALL: Final = Decimal(1)
_HUNDREDTH: Final = Decimal("0.01")
_EVERY: Final = {2: "Both", 3: "All three"}


def moves(number: int, part: Decimal, whole: Decimal) -> str:
    """Return what the first moves hold of the supported saving."""
    if not number:
        return "No move would save anything"
    if part <= 0 or whole <= 0:
        return f"{spelled(number, 'move')} to test first"
    held = share(part, whole)
    hold = "holds" if number == 1 else "hold"
    if held is not None and held >= _ALL:
        return f"{spelled(number, 'move')} {hold} all of the supported saving"
    return f"{spelled(number, 'move')} {hold} {percent(held)} of the supported saving"


def bridge(levers: Sequence[tuple[Piece, Decimal]], total: Decimal, added: str) -> Words:
    """Return which lever matters most; `added` is the amount when the levers raise the cost."""
    if total < 0:
        return (f"Together the levers would add {added}",)
    saving = sorted((lever for lever in levers if lever[1] > 0), key=lambda lever: -lever[1])
    if not saving or not total:
        return ("No lever changes the cost",)
    title, first = saving[0]
    held = share(first, total)
    if len(saving) == 1:
        return (title, " is the only lever that saves")
    if first == saving[1][1]:
        return (title, " and ", saving[1][0], f" save {percent(held)} each of the simulated saving")
    if held is not None and held >= _ALL:
        return (title, " holds the whole simulated saving")
    return (title, f" holds {percent(held)} of the simulated saving")


def statement(costs: Mapping[str, Decimal], total: Decimal) -> str:
    """Return what part of the cost went to work of the lower tiers."""
    micro, efficient = costs.get("micro", Decimal(0)), costs.get("efficient", Decimal(0))
    if not total:
        return "Statement by tier and use case"
    if micro and efficient:
        return f"Micro and efficient work took {percent(share(micro + efficient, total))} of cost"
    if micro or efficient:
        tier = "Micro" if micro else "Efficient"
        return f"{tier} work took {percent(share(micro or efficient, total))} of cost"
    if any(costs.get(tier) for tier in ("capable", "frontier")):
        return "All classified work needs capable or frontier models"
    return "No work could be given a tier"


def flow(above: int | None, classified: int) -> str:
    """Return how many calls were served above the tier that their work needs."""
    if above is None or not classified:
        return "Tiers served and tiers needed"
    if not above:
        return "No classified call was served above the tier that its work needs"
    part = percent(share(above, classified))
    were = "was" if above == 1 else "were"
    return f"{part} of classified calls {were} served above the tier that the work needs"


def daily(days: int, excess_days: int, excess: str, *, expected: bool) -> str:
    """Return on how many days the cost stood out."""
    if days == 1:
        return "All usage fell on one day"
    if excess_days:
        return f"{spelled(excess_days, 'day')} cost {excess} more than expected"
    return "No day stands out" if expected else "Cost by day"


def drivers(lines: int, running: Decimal | None) -> str:
    """Return what the first lines make up together."""
    if lines == 1:
        return f"One line makes up {percent(running)} of cost"
    return f"{spelled(lines, 'line')} make up {percent(running)} of cost"


def use_cases(met: int, targets: int, cases: int) -> str:
    """Return how many use cases meet the target that was set for them."""
    if not cases:
        return "Use cases"
    if not targets:
        return f"{spelled(cases, 'use case')}, none with a target"
    if targets == 1:
        meets = "meets" if met else "misses"
        return f"The one use case with a target {meets} it"
    if met == targets:
        return f"{_EVERY.get(targets, f'All {targets}')} use cases with a target meet it"
    meet = "meets" if met == 1 else "meet"
    return f"{met} of {counted(targets, 'use case')} with a target {meet} it"


def reconciliation(tie: Tie) -> str:
    """Return whether the figures tie to the charges."""
    if tie.state == "unchecked":
        return "No charges were given, so nothing here ties to a bill yet"
    if tie.share is None:
        return "The charges add up to nothing, so nothing ties to them"
    if tie.state == "off":
        return f"The figures differ from the charges by {percent(tie.share)}"
    if not tie.gross:
        opening = "The figures tie to the charges exactly"
    else:
        opening = f"The figures tie to the charges within {within(tie.share)}"
    return opening if tie.state == "tied" else f"{opening}, where there are charges"


def within(ratio: Decimal) -> str:
    """Return a bound on a small share, in percent: rounded up, so that it holds."""
    return f"{(ratio * 100).quantize(_HUNDREDTH, rounding=ROUND_CEILING)}%"
