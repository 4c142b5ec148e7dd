"""`aiaudit pricing import`: what a public price file on disk would add to the catalogue."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from aiaudit.cli import answers, console
from aiaudit.errors import UnreadableError, UsageError

File = Annotated[
    Path, typer.Argument(metavar="FILE", help="A LiteLLM price file, or data of genai-prices.")
]
Output = Annotated[
    Path, typer.Option("-o", "--output", metavar="FILE", help="Where the diff goes; - for stdout.")
]
On = Annotated[
    str | None,
    typer.Option("--on", metavar="DATE", help="The day of the file; else when it was last saved."),
]
Providers = Annotated[
    list[str] | None,
    typer.Option("--provider", metavar="P", help="Only models that P bills for; repeatable."),
]
Catalogue = Annotated[
    Path | None,
    typer.Option("--catalogue", metavar="DIR", help="Price sheets; else those of the tool."),
]


def import_(
    *,
    file: File,
    output: Output = Path("-"),
    on: On = None,
    provider: Providers = None,
    catalogue: Catalogue = None,
) -> None:
    """Propose the prices of FILE as a diff of our price sheets; nothing is overwritten."""
    from aiaudit import pricing as prices
    from aiaudit.pricing import published
    from aiaudit.pricing.proposal import propose
    from aiaudit.pricing.providers import billing_provider
    from aiaudit.resources import shipped

    if str(output) != "-" and output.exists():
        raise UsageError(f"{output.name} exists already; a proposal overwrites nothing")
    day = _day(on, file)
    found = published.read(file, day)
    only = {billing_provider(word) for word in provider or ()}
    if only:
        found = published.of(found, only)
    folder = catalogue or shipped("pricing")
    book = prices.load(base=folder)
    sheets = (f for f in folder.iterdir() if f.name.endswith((".yaml", ".yml")))
    texts = {sheet.name: sheet.read_text("utf-8-sig") for sheet in sheets}
    made = propose(found, book, texts, day)
    answers.write(made.diff().splitlines(), output)
    for what, count in sorted(made.counts.items()):
        if count:
            console.tell(f"{count:6,} {what}")


def _day(on: str | None, file: Path) -> date:
    """Return the day of which the file tells: as said, else when it was last saved."""
    try:
        if on:
            return date.fromisoformat(on)
        if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
            return datetime.fromtimestamp(int(epoch), UTC).date()
        return datetime.fromtimestamp(file.stat().st_mtime, UTC).date()
    except OSError as error:
        raise UnreadableError(f"{file.name} cannot be read: {error.strerror}") from error
    except (ValueError, OverflowError) as error:
        raise UsageError(f"'{on}' is not a date; write it as 2026-01-31") from error
