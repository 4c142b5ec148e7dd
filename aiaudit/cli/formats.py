"""`aiaudit formats`: what can be read, how each format is recognised, and what it carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiaudit.cli import console

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.readers import Reader

_MAPPED = """\
mapped  Any CSV, TSV, JSON lines or Parquet file
  carries     what aiaudit.yaml names under readers.mapped; one row is one call
  found by    the file's name, before everything else
"""


def formats() -> None:
    """List the formats, how each is recognised and what it carries."""
    from aiaudit import readers

    for reader in readers.registry():
        console.say("\n".join(_lines(reader)) + "\n")
    console.say(_MAPPED)
    console.say("Any of them may be packed as .gz, .bz2, .xz, .zst; .zip, .tar act as folders.")


def _lines(reader: Reader) -> Iterator[str]:
    yield f"{reader.id}  {reader.title}"
    yield f"  carries     {reader.carries}"
    yield f"  found by    {reader.found_by}"
    yield f"  verified    {'on a real file' if reader.verified else 'on its documentation only'}"
