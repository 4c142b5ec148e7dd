"""A second look at the few lines that the engine could not read: why, and what hides in them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from aiaudit.intake.stream import DECODER

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from pathlib import Path


def explain(path: Path, rows: Container[int]) -> tuple[dict[int, str], bool]:
    """Return row -> code for those of `rows` that are no record, and whether one line holds two.

    A row is the number of a line among those that are not blank, from 1.
    """
    codes, hidden = {}, False
    for row, line in _numbered(path):
        if row in rows:
            parts = apart(line)
            hidden = hidden or len(parts) > 1
            if code := fault(line):
                codes[row] = code
    return codes, hidden


def unhide(path: Path, rows: Container[int], copy: Path) -> None:
    """Write a copy in which every record of these rows has a line of its own."""
    with copy.open("wb") as out:
        for row, line in _numbered(path):
            for part in apart(line) if row in rows else [line]:
                out.write(part.rstrip(b"\r\n") + b"\n")


def blanks(path: Path) -> int:
    """Return how many lines are blank."""
    with path.open("rb") as file:
        return sum(1 for line in file if not line.strip())


def count(path: Path) -> int:
    """Return how many lines are not blank."""
    with path.open("rb") as file:
        return sum(1 for line in file if line.strip())


def fault(line: bytes) -> str | None:
    """Return the code of what is wrong with a line; None when it is a JSON object."""
    try:
        value = DECODER.decode(line.decode("utf-8").strip())
    except UnicodeDecodeError:
        return "bad utf-8"
    except RecursionError:
        return "too deep"
    except json.JSONDecodeError as error:
        started = line.lstrip()[:1] in b"{["
        ended = error.pos >= len(error.doc) or "Unterminated" in error.msg
        return "cut" if started and ended else "not json"
    if not isinstance(value, dict):
        return "not an object"
    # Half of a surrogate pair is valid JSON and no text; the engine refuses the whole line.
    return "bad utf-8" if b"\\u" in line and _is_torn(value) else None


def _is_torn(value: object) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False


def apart(line: bytes) -> list[bytes]:
    """Return the records that stand on one line: `{..}{..}` are two; a broken rest is last."""
    try:
        text = line.decode("utf-8").strip()
    except UnicodeDecodeError:
        return [line]
    parts: list[str] = []
    while text.startswith("{"):
        try:
            _, end = DECODER.raw_decode(text)
        except (ValueError, RecursionError):
            break
        parts.append(text[:end])
        text = text[end:].lstrip()
    if not parts or (text and not text.startswith("{")):
        return [line]
    return [part.encode() for part in (*parts, text) if part]


def _numbered(path: Path) -> Iterator[tuple[int, bytes]]:
    row = 0
    with path.open("rb") as file:
        for line in file:
            if line.strip():
                row += 1
                yield row, line
