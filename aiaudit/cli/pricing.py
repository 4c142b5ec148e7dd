"""`aiaudit pricing`: check the catalogue, and show how a model is read and what it costs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aiaudit.cli import console, coverage, differences, proposals
from aiaudit.errors import CatalogueError

if TYPE_CHECKING:
    from rich.table import Table

    from aiaudit.pricing import Trace

app = typer.Typer(help="The price catalogue.", no_args_is_help=True, rich_markup_mode=None)
app.command("diff")(differences.diff)
app.command("coverage")(coverage.coverage)
app.command("import")(proposals.import_)

Overlays = Annotated[
    list[Path] | None,
    typer.Option("--pricing", metavar="DIR", help="Your own prices and names; repeatable."),
]
Model = Annotated[str, typer.Argument(metavar="MODEL", help="A name as it stands in an export.")]
On = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="The day; else the catalogue's own.")
]
Provider = Annotated[str | None, typer.Option("--provider", metavar="P", help="Who bills for it.")]


@app.command()
def lint(*, pricing: Overlays = None) -> None:
    """Check every price, name and term; errors end in exit code 2."""
    from aiaudit import pricing as prices

    catalogue = prices.load(pricing or ())
    findings = prices.lint(catalogue)
    for finding in findings:
        console.say(console.inert(f"{finding.level}: {finding.place}: {finding.text}"))
    errors = sum(finding.level == "error" for finding in findings)
    console.say(
        f"{len(catalogue.offerings)} offerings, {errors} errors,"
        f" {len(findings) - errors} warnings; catalogue of {catalogue.version}"
    )
    if errors:
        raise CatalogueError(f"the catalogue has {errors} errors, listed above")


@app.command()
def show(
    *, model: Model, on: On = None, provider: Provider = None, pricing: Overlays = None
) -> None:
    """Trace a model's name to its offering, its tier and every rate on a day."""
    from aiaudit import pricing as prices
    from aiaudit.engine import Engine

    catalogue = prices.load(pricing or ())
    with Engine() as engine:
        prices.install(engine, catalogue)
        found = prices.trace(engine, model, provider=provider, on=on or catalogue.date)
    _print(found)


def _print(trace: Trace) -> None:
    from rich.text import Text

    terminal = console.terminal()
    for label, words in trace.lines:
        terminal.print(Text(f"{label:<10}"), Text(console.inert(words)))
    terminal.print(_rates(trace))


def _rates(trace: Trace) -> Table:
    """Return the rates as a table of inert cells."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, collapse_padding=True)
    for number, heading in enumerate(trace.headings):
        table.add_column(Text(heading), justify="right" if number else "left", overflow="fold")
    for row in trace.rates:
        table.add_row(*(Text(console.inert(cell)) for cell in row))
    return table
