"""Write to the terminal: results to stdout, words to stderr, and nothing that could act there."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console


def inert(text: str) -> str:
    """Return one line of text in which nothing can move a cursor, ring a bell or hide a letter."""
    return "".join(char if char.isprintable() else "?" for char in text)


def say(text: str = "") -> None:
    """Write a line of a result to stdout; a reader who went away is no failure."""
    _write(sys.stdout, text)


def tell(text: str) -> None:
    """Write a line about the run to stderr, made inert."""
    _write(sys.stderr, inert(text))


def settle() -> None:
    """Flush both streams, so that nothing is left for the interpreter to stumble over."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            silence(stream)


def terminal() -> Console:
    """Return the console for a summary; it honours NO_COLOR, COLUMNS and a missing terminal."""
    from rich.console import Console

    class Patient(Console):
        """A console that goes on when its reader has left: there may be a gate to check."""

        def on_broken_pipe(self) -> None:
            silence(sys.stdout)

    return Patient(highlight=False, markup=False, emoji=False)


def silence(stream: TextIO) -> None:
    """Let everything that is still written to a closed pipe fall away."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.write(text + "\n")
        stream.flush()
    except BrokenPipeError:
        silence(stream)
