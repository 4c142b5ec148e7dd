"""`aiaudit price`: what single requests cost, one answer per line."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from aiaudit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

_BATCH = 10_000

File = Annotated[
    Path, typer.Argument(metavar="FILE.jsonl", help="Requests, one per line; - for stdin.")
]
Output = Annotated[
    Path, typer.Option("-o", "--output", metavar="FILE", help="Where answers go; - for stdout.")
]
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
        answers = prices.quotes(engine, prices.batches(source, sys.stdin.buffer))
        if str(output) == "-":
            _write(answers, sys.stdout)
        else:
            _save(answers, output)


def _save(answers: Iterable[str], path: Path) -> None:
    """Write aside and rename at the end, so that a broken run leaves no half answer."""
    aside = path.with_name(path.name + ".part")
    try:
        with aside.open("w", encoding="utf-8", newline="\n") as target:
            _write(answers, target)
        aside.replace(path)
    except OSError as error:
        raise UsageError(f"{path.name} cannot be written: {error.strerror}") from error
    finally:
        aside.unlink(missing_ok=True)


def _write(answers: Iterable[str], target: TextIO) -> None:
    kept: list[str] = []
    for answer in answers:
        kept.append(answer + "\n")
        if len(kept) == _BATCH:
            target.writelines(kept)
            kept.clear()
    target.writelines(kept)
