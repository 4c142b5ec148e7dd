"""`aiaudit pricing diff`: what changed between two catalogues."""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aiaudit.cli import console
from aiaudit.errors import GateError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.pricing import Catalogue
    from aiaudit.pricing.diff import Change, Moved

Before = Annotated[Path, typer.Argument(metavar="A", help="A folder of price sheets.")]
After = Annotated[
    Path | None, typer.Argument(metavar="B", help="Another; without it, what ships with the tool.")
]
Format = Annotated[str, typer.Option("-f", "--format", metavar="FORMAT", help="text or json.")]
ExitCode = Annotated[bool, typer.Option("--exit-code", help="Exit 1 when the catalogues differ.")]

_NARROWEST = 40


def diff(
    *, a: Before, b: After = None, format_: Format = "text", exit_code: ExitCode = False
) -> None:
    """List the prices that were added, ended, withdrawn or changed from catalogue A to B."""
    from aiaudit import pricing as prices
    from aiaudit.pricing.diff import diff as compared

    if format_ not in ("text", "json"):
        raise UsageError("--format is text or json")
    before, after = prices.load(base=a), prices.load(base=b)
    changes = compared(before, after)
    if format_ == "json":
        console.say(json.dumps(_document(before, after, changes), indent=2))
    else:
        for line in _lines(before, after, changes):
            console.say(console.inert(line))
    if exit_code and changes:
        raise GateError(f"the catalogues differ in {len(changes)} places (--exit-code)")


def _document(before: Catalogue, after: Catalogue, changes: tuple[Change, ...]) -> dict[str, Any]:
    return {
        "schema": "aiaudit.pricing-diff/1",
        "a": {"version": before.version, "sha256": before.sha256},
        "b": {"version": after.version, "sha256": after.sha256},
        "counts": dict(sorted(Counter(change.kind for change in changes).items())),
        "changes": [_change(change) for change in changes],
    }


def _change(change: Change) -> dict[str, Any]:
    from aiaudit.pricing.diff import day

    return {
        "change": change.kind,
        "offering": change.offering,
        "from": day(change.start),
        "until": day(change.until),
        "note": change.note or None,
        "values": [
            {
                "name": moved.name,
                "old": moved.old,
                "new": moved.new,
                "percent": None if moved.percent is None else str(moved.percent),
            }
            for moved in change.moved
        ],
    }


def _lines(before: Catalogue, after: Catalogue, changes: tuple[Change, ...]) -> Iterator[str]:
    from aiaudit.pricing.diff import KINDS, day

    width = max(console.terminal().width, _NARROWEST)
    yield f"from the catalogue of {before.version} to that of {after.version}; USD per million"
    offering = ""
    for change in changes:
        if change.offering != offering:
            offering = change.offering
            yield offering
        since = day(change.start)
        told = ", ".join([*([change.note] if change.note else []), *map(_moved, change.moved)])
        text = f"{change.kind}{f', from {since}' if since else ''}: {told or 'nothing stated'}"
        yield from textwrap.wrap(text, width, initial_indent="  ", subsequent_indent="    ")
    counts = Counter(change.kind for change in changes)
    found = [f"{counts[kind]} {kind}" for kind in KINDS if counts[kind]]
    yield ", ".join(found) or "no difference"


def _moved(moved: Moved) -> str:
    from aiaudit.pricing.meaning import label

    name = label(moved.name)
    if moved.old is None:
        return f"{name} {moved.new or 'unknown'}"
    rise = "" if moved.percent is None else f" ({moved.percent:+} %)"
    return f"{name} {moved.old} -> {moved.new or 'none'}{rise}"
