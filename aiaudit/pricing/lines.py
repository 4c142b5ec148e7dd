"""Read the lines of a file in bounded batches, compressed or not, and lose none."""

from __future__ import annotations

import gzip
import io
import zlib
from typing import TYPE_CHECKING, BinaryIO, Final

import pyarrow as pa

from aiaudit.errors import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_CHUNK: Final = 16 * 1024 * 1024
# A longer line is no request that anyone sent; it is answered as malformed, not kept in memory.
_LONGEST: Final = 2 * _CHUNK
_MALFORMED: Final = b"{"
_GZIP: Final = b"\x1f\x8b"
_UTF8_BOM: Final = b"\xef\xbb\xbf"
_UTF16_BOMS: Final = (b"\xff\xfe", b"\xfe\xff")


def batches(path: Path | None, stdin: BinaryIO) -> Iterator[pa.Table]:
    """Yield tables (row, line) of the lines of a file, or of `stdin` when the path is None.

    Blank lines are left out; a line that is no text is NULL. Gzip is told by its first bytes.

    Raises:
        UnreadableError: the file is not there, breaks off, or is no UTF-8.
    """
    row = 0
    for lines in _split(_chunks(path, stdin)):
        table = _table(row, lines)
        row += len(lines)
        if table.num_rows:
            yield table


def _split(chunks: Iterator[bytes]) -> Iterator[list[bytes]]:
    """Yield whole lines; an endless one is replaced and its remainder skipped."""
    rest, endless = b"", False
    for number, chunk in enumerate(chunks):
        if number == 0 and chunk.startswith(_UTF16_BOMS):
            raise UnreadableError("the input is in UTF-16; save it as UTF-8")
        fresh = chunk.removeprefix(_UTF8_BOM) if number == 0 else chunk
        *lines, rest = (rest + fresh).split(b"\n")
        if lines and endless:
            lines[0], endless = _MALFORMED, False
        if len(rest) > _LONGEST:
            rest, endless = b"", True
        yield lines
    yield [_MALFORMED if endless else rest]


def _chunks(path: Path | None, stdin: BinaryIO) -> Iterator[bytes]:
    name = "standard input" if path is None else path.name
    try:
        source = stdin if path is None else path.open("rb", buffering=0)
        raw = io.BufferedReader(source)  # type: ignore[type-var]  # any readable stream will do
        try:
            packed = raw.peek(2).startswith(_GZIP)
            stream = gzip.GzipFile(fileobj=raw) if packed else raw
            while chunk := stream.read(_CHUNK):
                yield chunk
        finally:
            raw.detach()
            if path is not None:
                source.close()
    except (OSError, EOFError, zlib.error) as error:
        why = getattr(error, "strerror", None) or "it breaks off, or is not what it seems"
        raise UnreadableError(f"{name} cannot be read: {why}") from error


def _table(start: int, lines: list[bytes]) -> pa.Table:
    kept = [(start + n, line) for n, line in enumerate(lines) if line.strip()]
    return pa.table(
        {
            "row": pa.array([row for row, _ in kept], pa.int64()),
            "line": pa.array([_text(line) for _, line in kept], pa.string()),
        }
    )


def _text(line: bytes) -> str | None:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return None
