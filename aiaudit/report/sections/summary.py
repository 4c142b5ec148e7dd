"""The four figures: usage, what would be left, what is supported, and the cost of one decision."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from aiaudit.report.blocks import Figure, Tone
from aiaudit.report.charts import Span
from aiaudit.report.figures import NOT_MEASURED, percent, rate, rate_places, share
from aiaudit.report.titles import within
from aiaudit.report.words import counted

if TYPE_CHECKING:
    from aiaudit.report.basis import Basis


def figures(basis: Basis) -> tuple[Figure, Figure, Figure, Figure]:
    """Return the four figures under the headline."""
    return _usage(basis), _after(basis), _saving(basis), _per_unit(basis)


def tied(basis: Basis) -> tuple[str, Tone, str]:
    """Return the stamp of the reconciliation: tag, tone, and what it says."""
    tie = basis.tie
    if tie.state == "unchecked" or tie.share is None:
        return "Not tied", "warn", "No charges were given to tie it to"
    near = f"within {within(tie.share)}" if tie.gross else "exactly"
    if tie.state == "off":
        return "Does not tie", "bad", f"Differs from the charges by {percent(tie.share)}"
    if tie.state == "partial":
        return "Tied in part", "warn", f"Ties {near}, where there are charges"
    return "Tied", "good", f"Ties to the charges {near}"


def _usage(basis: Basis) -> Figure:
    tag, tone, words = tied(basis)
    if basis.empty:
        return Figure(label=basis.actual, number=basis.usd(basis.shown.cost), words=("No calls",))
    unpriced = basis.audit.count("requests.unpriced") or 0
    left_out = f"; {counted(unpriced, 'call')} without a price left out" if unpriced else ""
    return Figure(
        label=basis.actual,
        number=basis.usd(basis.shown.cost, basis.audit.money("cost.contracted")),
        tag=tag,
        tag_tone=tone,
        words=(words + left_out,),
    )


def _after(basis: Basis) -> Figure:
    dearer = basis.shown.headline < 0
    return Figure(
        label="After matching models to the work" if dearer else "After the supported saving",
        number=basis.usd(basis.shown.after_headline),
        words=("Simulated: the same calls at the same prices",),
    )


def _saving(basis: Basis) -> Figure:
    shown = basis.shown
    if not basis.supported or not shown.cost:
        label = "Supported saving"
        none = basis.usd(max(shown.headline, Decimal(0)))
        return Figure(label=label, number=none, words=("No saving is supported yet",))
    provisional = basis.tie.state == "off"
    held = percent(share(shown.headline, shown.cost))
    return Figure(
        label="Supported saving",
        number=basis.supported_amount,
        tone="good",
        tag="Provisional" if provisional else held,
        tag_tone="bad" if provisional else "good",
        chart=_span(basis),
        words=(_range_words(basis),),
    )


def _range_words(basis: Basis) -> str:
    high = basis.shown.high
    if high is None or high <= basis.shown.headline:
        return "Arithmetic on logged facts; no range"
    return f"The low case. High case {basis.usd(high)}"


def _span(basis: Basis) -> Span | None:
    shown = basis.shown
    if shown.high is None or shown.high <= shown.headline:
        return None
    low, high = basis.usd(shown.headline), basis.usd(shown.high)
    return Span(
        low=shown.headline / shown.cost,
        high=shown.high / shown.cost,
        low_label=low,
        high_label=high,
        desc=f"Low case {low}, high case {high}, of {basis.usd(shown.cost)} used.",
    )


def _per_unit(basis: Basis) -> Figure:
    label = f"Cost per {basis.unit}"
    units = basis.audit.count("decisions.total") or basis.audit.count("requests.priced")
    cost = basis.audit.money(f"cost.per_{basis.unit}")
    if cost is None or not units:
        return Figure(label=label, number=NOT_MEASURED, tone="muted")
    places = rate_places([cost])
    words = counted(units, basis.unit)
    after = basis.audit.money("cost.after_headline")
    if basis.unit == "call" and after is not None:
        words += f"; {rate(after / units, places)} after the supported saving"
    return Figure(label=label, number=rate(cost, places), words=(words,))
