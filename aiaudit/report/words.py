"""What a report says, with every word that we did not choose marked as such.

A sentence is a tuple of pieces. A plain string is ours. A Name comes from an export: each renderer
isolates it. A Phrase is the audit's own prose, which a document may still hold changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_NUMBERS: Final = (
    "No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    """A word from an export: a use case, an owner, a model, a file."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Prose that the audit holds: a lever's reason, a note, the source of an assumption."""

    text: str


Piece = str | Name | Phrase
Words = tuple[Piece, ...]


def name(value: object, otherwise: str = "none") -> Piece:
    """Return what an export called something, or our word for its absence."""
    return otherwise if value is None or value == "" else Name(str(value))


def phrase(value: object, otherwise: str = "") -> Piece:
    """Return the audit's own prose, or our word for its absence."""
    return otherwise if value is None or value == "" else Phrase(str(value))


def sentences(parts: Iterable[Words]) -> Words:
    """Return the sentences one after another, a space between them."""
    joined: list[Piece] = []
    for part in parts:
        if part:
            joined += [" ", *part] if joined else list(part)
    return tuple(joined)


def listed(items: Iterable[Piece], most: int = 3) -> Words:
    """Return `a, b and c`, or `a, b, c and 4 more`."""
    all_items = list(items)
    shown: list[Piece] = all_items[:most]
    if len(all_items) > most:
        shown.append(f"{len(all_items) - most:,} more")
    pieces: list[Piece] = []
    for place, item in enumerate(shown):
        if place:
            pieces.append(" and " if place == len(shown) - 1 else ", ")
        pieces.append(item)
    return tuple(pieces)


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return `1 call` or `2,000 calls`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def spelled(number: int, one: str, many: str | None = None) -> str:
    """Return `Two days`: a number up to ten in letters, to open a title."""
    figure = _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"
    return f"{figure} {one if number == 1 else many or one + 's'}"
