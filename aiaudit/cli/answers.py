"""Write the answers of a command line by line: to stdout, or to a file that is whole or absent."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from aiaudit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

_AT_ONCE = 10_000

File = Annotated[
    Path, typer.Argument(metavar="FILE.jsonl", help="Requests, one per line; - for stdin.")
]
Output = Annotated[
    Path, typer.Option("-o", "--output", metavar="FILE", help="Where answers go; - for stdout.")
]


def write(answers: Iterable[str], output: Path) -> None:
    """Write each answer on a line of its own.

    Raises:
        UsageError: the file cannot be written; no part of it is left.
    """
    if str(output) == "-":
        _write(answers, sys.stdout)
        return
    if not output.name:
        raise UsageError("-o needs the name of a file, or - for stdout")
    aside = output.with_name(output.name + ".part")
    try:
        with aside.open("w", encoding="utf-8", newline="\n") as target:
            _write(answers, target)
        aside.replace(output)
    except OSError as error:
        raise UsageError(f"{output.name} cannot be written: {error.strerror}") from error
    finally:
        aside.unlink(missing_ok=True)


def _write(answers: Iterable[str], target: TextIO) -> None:
    kept: list[str] = []
    for answer in answers:
        kept.append(answer + "\n")
        if len(kept) == _AT_ONCE:
            target.writelines(kept)
            kept.clear()
    target.writelines(kept)
