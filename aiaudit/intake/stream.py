"""Values of a JSON document one after another, a list opened, in bounded memory."""

from __future__ import annotations

import json
from typing import IO, TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHUNK: Final = 1 << 20
_MOST: Final = 1 << 28  # characters in one value
_NEAR: Final = 64  # an error this near to the end may be a value that goes on

# Numbers stay text: an amount must not pass through a float.
DECODER: Final = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str, strict=False)


class BrokenError(ValueError):
    """A document ends too early, or is no JSON from some place on."""


def values(file: IO[str]) -> Iterator[tuple[str, Any]]:
    """Yield the text and the value of each element of a list, or of each value in a row.

    Raises:
        BrokenError: what follows is cut short or no JSON.
    """
    window, in_list = _Window(file), False
    while char := window.next_char():
        if char in ",]" and in_list:
            in_list = char == ","
            window.at += 1
        elif char == "[" and not in_list:
            in_list = True
            window.at += 1
        else:
            yield window.value()
    if in_list:
        raise BrokenError("it is cut short")


class _Window:
    """The part of a file that is in memory, and a place in it."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._text = ""
        self.at = 0
        self._ended = False

    def _more(self) -> None:
        rest = self._text[self.at :]
        if len(rest) > _MOST:
            raise BrokenError("one value in it is larger than 256 MB")
        try:
            chunk = self._file.read(max(_CHUNK, len(rest)))
        except UnicodeDecodeError as error:
            raise BrokenError("it is not UTF-8 text") from error
        self._text, self.at, self._ended = rest + chunk, 0, not chunk

    def next_char(self) -> str:
        """Return the next character that is no space, without taking it; "" at the end."""
        while True:
            while self.at < len(self._text):
                if (char := self._text[self.at]) not in " \t\r\n":
                    return char
                self.at += 1
            if self._ended:
                return ""
            self._more()

    def value(self) -> tuple[str, Any]:
        """Take one value."""
        while True:
            try:
                found, end = DECODER.raw_decode(self._text, self.at)
            except json.JSONDecodeError as error:
                whole = error.pos + _NEAR < len(self._text) and "Unterminated" not in error.msg
                if whole or self._ended:
                    raise BrokenError("it is cut short, or no JSON from some place on") from error
            except RecursionError as error:
                raise BrokenError("it is nested too deeply") from error
            else:
                if end < len(self._text) or self._ended:
                    text, self.at = self._text[self.at : end], end
                    return text, found
            self._more()
