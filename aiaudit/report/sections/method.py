"""Method and run record: what the words mean, what was assumed, and what made the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from aiaudit.report.blocks import (
    Cell,
    Column,
    Definitions,
    Folded,
    Grid,
    Heading,
    Pairs,
    Row,
    Section,
)
from aiaudit.report.sections.cells import told
from aiaudit.report.words import Words, counted, name, phrase

if TYPE_CHECKING:
    from aiaudit.report.basis import Basis
    from aiaudit.report.blocks import Block

_MOST: Final = 60
_TERMS: Final = {
    "Usage (AC).": (
        "Each call is priced from its own counters at the price valid when it was made. It is"
        " called spend only where it ties to charges."
    ),
    "Tier.": (
        "What a model was sold as and used for when the call was made: micro, efficient, capable"
        " or frontier. The tier that work needs is a hypothesis from its task and structure; it"
        " never depends on a price."
    ),
    "Right-sized (RS).": (
        "The same calls replayed under the levers, one after another, and priced after each. A"
        " simulation: no model was called."
    ),
    "Supported.": (
        "Calculated savings, tested ones at their lower bound, and the low case of likely ones."
        " The rest is untested and outside the headline."
    ),
    "Calculated.": "Same model, same answers: arithmetic on logged facts.",
    "Likely.": (
        "One tier down, under public stand-in evidence for this kind of task. The low case takes"
        " the high harm, the trust in the evidence and the high token count; the high case the"
        " low harm. Neither is a confidence interval."
    ),
    "Break-even.": (
        "The saving of one call, divided by the high case of harm: what one worse answer may cost"
        " before the move loses money."
    ),
    "Unknown.": (
        "A call without a price or a tier stays unknown. It is counted and shown, and is never a"
        " saving."
    ),
}


def section(basis: Basis) -> Section:
    """Return the definitions, the assumptions with their sources, and the run record."""
    return Section(
        name="method",
        title=("Method and run record",),
        blocks=(
            Definitions(rows=tuple((term, (words,)) for term, words in _TERMS.items())),
            *_assumptions(basis.audit.run.get("assumptions")),
            Heading("Run record"),
            Pairs(rows=_record(basis)),
            *_settings(basis.audit.run.get("settings")),
        ),
        nav="Method",
    )


def _assumptions(found: object) -> tuple[Block, ...]:
    if isinstance(found, dict):
        rows = [
            Row(cells=(told(key), told(_flat(value)), told(None))) for key, value in found.items()
        ]
    elif isinstance(found, list | tuple):
        rows = [_assumption(item) for item in found]
    else:
        return ()
    grid = Grid(
        name="assumptions",
        label="Assumptions and their sources",
        columns=(Column(title="Assumption"), Column(title="Value"), Column(title="Source")),
        rows=tuple(rows[:_MOST]),
        rows_left_out=max(0, len(rows) - _MOST),
    )
    return (Heading("Assumptions"), grid) if rows else ()


def _assumption(item: Any) -> Row:  # noqa: ANN401 (a cell of JSON)
    if not isinstance(item, dict):
        return Row(cells=(told(item), Cell(), Cell()))
    title = item.get("name") or item.get("key") or item.get("text")
    return Row(
        cells=(told(title, "not named"), told(_flat(item.get("value"))), told(item.get("source")))
    )


def _flat(value: object) -> str | None:
    if isinstance(value, list | tuple):
        return " to ".join(str(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key} {_flat(inner)}" for key, inner in value.items())
    return None if value is None else str(value)


def _record(basis: Basis) -> tuple[tuple[str, Words], ...]:
    run = basis.audit.run
    catalogue = run.get("catalogue")
    catalogue = catalogue if isinstance(catalogue, dict) else {}
    period = run.get("period")
    zone = period.get("timezone") if isinstance(period, dict) else None
    record: list[tuple[str, Words]] = [
        ("Tool", (name(run.get("tool"), "aiaudit"),)),
        ("Period", (f"{basis.period}, days in ", name(zone, "UTC"))),
        ("Prices", (f"{basis.prices}, in ", name(run.get("currency"), "USD"))),
        ("Catalogue", (phrase(catalogue.get("version"), "not named"), " of ",
                       phrase(catalogue.get("date"), "no date"))),
        ("Catalogue digest", (name(catalogue.get("sha256"), "not given"),)),
        ("Classifier", (phrase(_flat(run.get("classifier")), "not named"),)),
        ("Files", (counted(len(basis.audit.sources), "file"),)),
        ("Steps", ((f"{counted(len(basis.audit.steps), 'step')}; each figure can be followed with"
                   " aiaudit explain"),)),
    ]  # fmt: skip
    if run.get("made_at"):
        record.append(("Made at", (phrase(run["made_at"]),)))
    return tuple(record)


def _settings(settings: object) -> tuple[Block, ...]:
    if not isinstance(settings, dict) or not settings:
        return ()
    rows = tuple(
        Row(cells=(Cell(words=(name(key),)), told(_flat(value), "not set")))
        for key, value in sorted(settings.items(), key=lambda item: str(item[0]))
    )
    grid = Grid(
        name="settings",
        label="Settings of the run",
        columns=(Column(title="Setting"), Column(title="Value")),
        rows=rows[:_MOST],
        rows_left_out=max(0, len(rows) - _MOST),
    )
    return (Folded(summary="Settings", blocks=(grid,)),)
