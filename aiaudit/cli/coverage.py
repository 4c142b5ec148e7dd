"""`aiaudit pricing coverage`: how much of some exports has a price, and how sure it is."""

from __future__ import annotations

import json
import os
from decimal import ROUND_DOWN, Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from aiaudit.cli import analyze, answers, console
from aiaudit.cli.progress import bar, is_watched
from aiaudit.errors import StrictError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.table import Table

    from aiaudit.audit.covered import Covered

Strict = Annotated[
    bool, typer.Option("--strict", help="Exit 4 when more than the tolerated share is unpriced.")
]
Stub = Annotated[
    Path | None,
    typer.Option("--stub", metavar="FILE", help="Where the overlay to begin with goes."),
]
Format = Annotated[str, typer.Option("-f", "--format", metavar="FORMAT", help="text or json.")]

_HEADINGS: Final = ("price", "requests", "%", "tokens", "%", "stated USD", "%")
_LISTED: Final = 25
_HUNDREDTH: Final = Decimal("0.01")
_MILLIONTH: Final = Decimal("0.000001")
_NAMED: Final = 60


def coverage(  # noqa: PLR0913  # one parameter for each flag
    paths: analyze.Paths,
    *,
    config: analyze.Config = None,
    pricing: analyze.Pricing = None,
    since: analyze.Since = None,
    until: analyze.Until = None,
    stub: Stub = None,
    format_: Format = "text",
    strict: Strict = False,
    no_progress: analyze.NoProgress = False,
) -> None:
    """Tell which share of PATH's requests, tokens and stated cost has a price, by confidence."""
    from aiaudit.audit.covered import covered
    from aiaudit.pricing.stub import stub as overlay
    from aiaudit.settings import Flags, load

    if format_ not in ("text", "json"):
        raise UsageError("--format is text or json")
    flags = Flags(
        inputs=tuple(paths), overlays=tuple(pricing or ()), since=since, until=until, strict=strict
    )
    settings = load(flags, config=config, environ=os.environ)
    with bar(shown=is_watched() and not no_progress) as tick:
        found = covered(settings, tick)
    lines = list(overlay(found.unpriced))
    if stub:
        answers.write(lines, stub)
    if format_ == "json":
        console.say(json.dumps(_document(found, lines), indent=2, default=_plain))
    else:
        _print(found, [] if stub else lines)
    if strict:
        _check(found, settings.tolerances.unpriced_share)


def _check(found: Covered, tolerated: Decimal) -> None:
    """Raise StrictError when requests or tokens without a price are more than tolerated."""
    for measure in ("requests", "tokens"):
        whole, part = found.total(measure), found.total(measure, priced=False)
        if whole and part and part > tolerated * whole:
            raise StrictError(f"{part} of {whole} {measure} have no price (--strict)")
    if found.unrecognised:
        raise StrictError(f"not recognised (--strict): {', '.join(found.unrecognised[:3])}")


def _document(found: Covered, lines: list[str]) -> dict[str, Any]:
    return {
        "schema": "aiaudit.pricing-coverage/1",
        "catalogue": found.catalogue,
        "priced": {m: _part(found, m) for m in ("requests", "tokens", "stated")},
        "confidence": [dict(row) for row in found.shares],
        "unpriced": [dict(row) for row in found.unpriced],
        "unrecognised": list(found.unrecognised),
        "rejected": found.rejected,
        "notes": list(found.notes),
        "stub": "\n".join(lines) + "\n",
    }


def _plain(number: Decimal) -> str:
    return f"{number:f}"


def _part(found: Covered, measure: str) -> dict[str, Any]:
    share = found.share(measure)
    return {
        "total": found.total(measure),
        "priced": found.total(measure, priced=True),
        "share": None if share is None else share.quantize(_MILLIONTH, ROUND_DOWN),
    }


def _print(found: Covered, lines: list[str]) -> None:
    from rich.text import Text

    terminal = console.terminal()
    terminal.print(Text(f"catalogue of {found.catalogue}"))
    terminal.print(_shares(found))
    if found.unpriced:
        for line in _models(found):
            console.say(console.inert(line))
        console.say()
        for line in lines:
            console.say(console.inert(line))
    for note in found.notes:
        console.tell(note)
    if found.unrecognised:
        console.tell(f"not recognised: {', '.join(found.unrecognised)}")
    if found.rejected:
        console.tell(f"{found.rejected} rows were rejected; `aiaudit analyze` lists them")


def _shares(found: Covered) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for number, heading in enumerate(_HEADINGS):
        table.add_column(heading, justify="right" if number else "left", no_wrap=True)
    totals = {m: found.total(m) for m in ("requests", "tokens", "stated")}
    priced = {m: found.total(m, priced=True) for m in totals}
    rows = [*found.shares, {"confidence": "priced in all", **priced}]
    for row in rows:
        cells = [cell for measure in totals for cell in _cells(row[measure], totals[measure])]
        table.add_row(Text(console.inert(row["confidence"])), *cells)
    return table


def _cells(part: Decimal | int | None, whole: Decimal | None) -> tuple[str, str]:
    """Return an amount and its share; a share is cut, so that 100 % means all of it."""
    if part is None or whole is None:
        return "", ""
    shown = f"{int(part):,}" if part == int(part) else f"{part:,.2f}"
    share = (Decimal(part) * 100 / whole).quantize(_HUNDREDTH, ROUND_DOWN) if whole else None
    return shown, "" if share is None else f"{share}"


def _models(found: Covered) -> Iterator[str]:
    yield "models without a price:"
    for row in found.unpriced[:_LISTED]:
        name = row["model"] or "no model named"
        near = f"; did you mean {row['did_you_mean']}?" if row["did_you_mean"] else ""
        yield f"  {name[:_NAMED]} ({row['provider'] or 'no provider named'})"
        yield f"    {row['requests']:,} requests, {row['tokens']:,} tokens: {row['reason']}{near}"
    if (more := len(found.unpriced) - _LISTED) > 0:
        yield f"  and {more} more; --format json lists them all"
