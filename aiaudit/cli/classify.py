"""`aiaudit classify`: what single requests are for and which tier they need, one answer a line."""

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


def classify(*, file: File, output: Output = Path("-")) -> None:
    """Say of each request of FILE what it is for and which tier it needs; doubt is shown."""
    from aiaudit import pricing
    from aiaudit.classify import answers
    from aiaudit.engine import Engine

    tiers = pricing.load().tiers
    source = None if str(file) == "-" else file
    with Engine() as engine:
        found = answers(engine, tiers, pricing.batches(source, sys.stdin.buffer))
        if str(output) == "-":
            _write(found, sys.stdout)
        else:
            _save(found, output)


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
