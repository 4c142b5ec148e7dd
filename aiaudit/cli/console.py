"""Write to the terminal: results to stdout, words to stderr, and nothing that could act there."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    from rich.console import Console


_NARROWEST: Final = 20


def inert(text: str) -> str:
    """Return one line of text in which nothing can move a cursor, ring a bell or hide a letter."""
    return "".join(char if char.isprintable() else "?" for char in text)


def say(text: str = "") -> None:
    """Write a line of a result to stdout; a reader who went away is no failure."""
    _write(sys.stdout, text)


def tell(text: str) -> None:
    """Write a line about the run to stderr, made inert."""
    _write(sys.stderr, inert(text))


def adopt() -> None:
    """Put an empty stream where one was closed before we began; nobody is at its other end."""
    for name, mode in {"stdin": "r", "stdout": "w", "stderr": "w"}.items():
        if getattr(sys, name) is None:
            nothing = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115  # stays open
            setattr(sys, name, nothing)


def settle() -> None:
    """Flush both streams, so that nothing is left for the interpreter to stumble over."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:  # the reader is gone, or the disk is full: that is told already
            silence(stream)


def terminal() -> Console:
    """Return the console for a summary; it honours NO_COLOR, COLUMNS and a missing terminal."""
    from rich.console import Console

    class Patient(Console):
        """A console that goes on when its reader has left: there may be a gate to check."""

        def on_broken_pipe(self) -> None:
            silence(sys.stdout)

    found = Patient(highlight=False, markup=False, emoji=False)
    found.width = max(found.width, _NARROWEST)
    return found


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
