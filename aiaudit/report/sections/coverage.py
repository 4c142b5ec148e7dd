"""Coverage: what became of every row of every file, and which models have no price."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from aiaudit.report.blocks import Cell, Column, Grid, Heading, Note, Pairs, Row
from aiaudit.report.figures import count, percent, share
from aiaudit.report.sections import once, unpriced
from aiaudit.report.sections.cells import named, number, text
from aiaudit.report.words import Piece, Words, counted, listed, name, phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aiaudit.report.basis import Basis
    from aiaudit.report.blocks import Block

_MOST: Final = 25
_MOST_REASONS: Final = 4
_ROWS: Final = ("rows_read", "loaded", "duplicates", "rejected", "ignored", "blank")


def blocks(basis: Basis) -> tuple[Block, ...]:
    """Return the coverage: shares, files, models without a price, files nobody recognised."""
    return (
        Heading("Coverage"),
        Pairs(rows=_pairs(basis)),
        *_files(basis.audit.sources),
        *once.blocks(basis),
        *unpriced.blocks(basis.audit.coverage.get("unpriced")),
        *_listed(basis, "unrecognised", "Files that no reader recognised, left out: "),
        *_listed(basis, "failures", "Files that could not be read to the end: "),
        *_listed(basis, "unmatched_rules", "Rules that no call answers to: "),
        *(Note((phrase(note), ".")) for note in _items(basis, "notes")[:_MOST]),
    )


def _pairs(basis: Basis) -> tuple[tuple[str, Words], ...]:
    audit = basis.audit
    total, priced = basis.requests, audit.count("requests.priced")
    rows = {key: sum(_count(source, key) for source in audit.sources) for key in _ROWS}
    held = f"{count(priced)} of {counted(total, 'call')}"
    return (
        ("Calls with a price", (f"{held}, {percent(share(priced, total))}" if total else "none",)),
        *_with_text(audit.coverage),
        ("Rows read", (count(rows["rows_read"]),)),
        ("Duplicates, counted once", (count(rows["duplicates"]),)),
        ("Rejected", (count(rows["rejected"]),)),
        ("Ignored, no call or charge by nature", (count(rows["ignored"]),)),
        *_bases(basis),
    )


def _with_text(coverage: Mapping[str, Any]) -> Iterable[tuple[str, Words]]:
    calls, with_text = coverage.get("calls"), coverage.get("calls_with_text")
    if isinstance(calls, int) and isinstance(with_text, int) and calls:
        yield "Logged calls with prompt text", (percent(share(with_text, calls)),)


def _bases(basis: Basis) -> Iterable[tuple[str, Words]]:
    """Return the other cost columns of the audit, each with its reason where it is not known."""
    titles = {
        "cost.list": "At list prices",
        "cost.contracted": "At contract prices",
        "cost.effective": "With commitments spread",
        "commitments.capacity": "Paid for provisioned capacity",
        "commitments.shortfall": "Owed below commitments",
        "commitments.given_back": "Given back for volume",
        "cost.stated": "As the logs state",
        "cost.billed": "Billed",
    }
    for key, title in titles.items():
        fact = basis.audit.facts.get(key)
        if fact is None or (key == "cost.contracted" and basis.audit.run.get("basis") == "list"):
            continue
        amount = basis.audit.money(key)
        if amount is None:
            yield title, ("not given", *_because(fact.reason))
        else:
            yield title, (f"${amount:,.2f}",)


def _because(reason: str | None) -> Words:
    return (": ", phrase(reason)) if reason else ()


def _count(source: Mapping[str, Any], key: str) -> int:
    value = source.get(key)
    return value if isinstance(value, int) else 0


def _files(sources: tuple[Mapping[str, Any], ...]) -> tuple[Block, ...]:
    if not sources:
        return (Note(("No file was read.",)),)
    rows = [_file(source) for source in sources[:_MOST]]
    rest = sources[_MOST:]
    if rest:
        rows.append(_sum_row(counted(len(rest), "other file"), rest))
    grid = Grid(
        name="sources",
        label="Accounting of every file",
        caption=("Every row of every file: read = loaded + duplicates + rejected + ignored",),
        columns=(
            Column(title="File"),
            Column(title="Format"),
            Column(title="Rows read", numeric=True),
            Column(title="Loaded", numeric=True),
            Column(title="Duplicates", numeric=True),
            Column(title="Rejected", numeric=True),
            Column(title="Ignored", numeric=True),
            Column(title="Blank lines", numeric=True),
            Column(title="Reasons"),
        ),
        rows=tuple(rows),
        total=_sum_row("All files", sources),
    )
    return (grid,)


def _file(source: Mapping[str, Any]) -> Row:
    reasons = source.get("reasons")
    found = sorted(reasons.items(), key=_by_count) if isinstance(reasons, dict) else []
    words: list[Piece] = []
    for reason, times in found[:_MOST_REASONS]:
        words += [
            ", " if words else "",
            phrase(reason),
            f" {times:,}" if isinstance(times, int) else "",
        ]
    if len(found) > _MOST_REASONS:
        words.append(f", {len(found) - _MOST_REASONS} more")
    return Row(
        cells=(
            named(source.get("file")),
            named(source.get("format")),
            *(number(_count(source, key)) for key in _ROWS),
            Cell(words=tuple(words)) if words else text("none", "muted"),
        )
    )


def _by_count(item: tuple[str, Any]) -> tuple[int, str]:
    return (-item[1] if isinstance(item[1], int) else 0, item[0])


def _sum_row(title: str, sources: tuple[Mapping[str, Any], ...]) -> Row:
    sums = (number(sum(_count(source, key) for source in sources)) for key in _ROWS)
    return Row(cells=(text(title), Cell(), *sums, Cell()))


def _listed(basis: Basis, key: str, opening: str) -> tuple[Block, ...]:
    items = _items(basis, key)
    if not items:
        return ()
    return (Note((opening, *listed((name(item) for item in items), _MOST), ".")),)


def _items(basis: Basis, key: str) -> list[str]:
    found = basis.audit.coverage.get(key) or basis.audit.run.get(key)
    return [str(item).rstrip(".") for item in found] if isinstance(found, list | tuple) else []
