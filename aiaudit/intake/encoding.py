"""How the letters of a text are written: UTF-8, with a mark in front, or in two bytes each."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, Final

from aiaudit.errors import UnreadableError

if TYPE_CHECKING:
    from aiaudit.intake.files import Given

_WIDE: Final = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_START: Final = 4


def is_odd(start: bytes) -> bool:
    """Return whether a text that begins so is not read as it lies there."""
    return bool(mark(start) or wide(start))


def wide(start: bytes) -> str | None:
    """Return the encoding of a text in two bytes a letter; None when it is not one."""
    return _WIDE.get(mark(start)) or _unmarked(start)


def mark(start: bytes) -> bytes:
    """Return the mark that a text begins with, or nothing."""
    return next((mark for mark in (codecs.BOM_UTF8, *_WIDE) if start.startswith(mark)), b"")


def _unmarked(start: bytes) -> str | None:
    """Return the encoding of wide text without a mark, which begins with two plain letters."""
    odd, even = start[1::2], start[::2]
    if len(start) < _START or odd == even or b"\0\0" not in {odd, even}:
        return None
    return (
        "utf-16-le" if odd == b"\0\0" and 0 not in even else "utf-16-be" if 0 not in odd else None
    )


def decoded(
    decoder: codecs.IncrementalDecoder, chunk: bytes, file: Given, *, final: bool = False
) -> bytes:
    """Return the next part of a wide text as UTF-8.

    Raises:
        UnreadableError: it is no such text, or is cut short.
    """
    try:
        return decoder.decode(chunk, final).encode("utf-8")
    except UnicodeError as error:
        raise UnreadableError(
            f"{file.name} is marked as UTF-16 and is not, or is cut short; save it as UTF-8"
        ) from error
