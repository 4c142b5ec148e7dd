"""`aiaudit price`: what single requests cost, one answer per line."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from aiaudit.cli.answers import File, Output, write

Overlays = Annotated[
    list[Path] | None,
    typer.Option("--pricing", metavar="DIR", help="Your own prices and names; repeatable."),
]


def price(*, file: File, output: Output = Path("-"), pricing: Overlays = None) -> None:
    """Price each request of FILE at the rates of its time; unknown models are never $0."""
    from aiaudit import pricing as prices
    from aiaudit.engine import Engine

    catalogue = prices.load(pricing or ())
    source = None if str(file) == "-" else file
    with Engine() as engine:
        prices.install(engine, catalogue)
        write(prices.quotes(engine, prices.batches(source, sys.stdin.buffer)), output)
