"""From the file as it lies there to plain UTF-8 text or Parquet, with its digest and lines."""

from __future__ import annotations

import bz2
import codecs
import gzip
import hashlib
import lzma
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, Final

import pyarrow as pa

from aiaudit.errors import UnreadableError, UnrecognisedError
from aiaudit.intake.archive import members_of
from aiaudit.intake.encoding import decoded, is_odd, mark, wide
from aiaudit.intake.files import is_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from aiaudit.intake.files import Given
    from aiaudit.intake.workspace import Workspace

_CHUNK: Final = 1 << 20
_GZIP: Final = b"\x1f\x8b"
_ZSTD: Final = b"\x28\xb5\x2f\xfd"
_ZIP: Final = b"PK\x03\x04"
_BZIP2: Final = b"BZh"
_XZ: Final = b"\xfd7zX"
# Deflate reaches a thousandfold; logs reach thirty.
_BOMB: Final = 300
_SMALL: Final = 1 << 28
_ODD: Final = frozenset("*?[]{}")  # the engine would take them as a pattern of names
_BROKEN: Final = (
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    lzma.LZMAError,
    zlib.error,
    zipfile.BadZipFile,
    pa.ArrowException,
)


@dataclass(slots=True)
class Plain:
    """A file that the engine can open, and what was counted on the way."""

    path: Path
    sha256: str = ""
    size: int = 0
    lines: int = 0
    quoted: bool = False
    longest: int = _CHUNK  # no line is longer
    _open: int = 0  # bytes since the last line end

    def count(self, chunk: bytes) -> None:
        """Add a chunk of the plain text to the counts."""
        self.size += len(chunk)
        self.lines += chunk.count(b"\n")
        self.quoted = self.quoted or b'"' in chunk
        first = chunk.find(b"\n")
        self._open += len(chunk) if first < 0 else first
        self.longest = max(self.longest, self._open)
        self._open = self._open if first < 0 else len(chunk) - 1 - chunk.rfind(b"\n")

    def close(self) -> None:
        """Count a last line that has no end."""
        self.lines += self._open > 0


def plain(file: Given, work: Workspace, step: Callable[[int], None]) -> Plain:
    """Return the file as plain text; a copy only where it is packed, marked or oddly encoded.

    `step` hears of the bytes as they are read.

    Raises:
        UnreadableError: it is packed and broken, or holds several files.
    """
    try:
        with file.path.open("rb") as raw:
            head = raw.read(4)
        packed = head.startswith((_GZIP, _ZSTD, _ZIP, _BZIP2, _XZ))
        with _opened(file, head) as stream:
            start = stream.read(4) if packed else head
        marked = is_odd(start)
        if packed or marked or _ODD & set(file.path.name) or not is_text(file.path):
            return _copied(file, head, start, work.new(), step)
        return _counted(file, step)
    except _BROKEN as error:
        raise UnreadableError(f"{file.name} cannot be read to its end: {_why(error)}") from error


def _why(error: Exception) -> str:
    if isinstance(error, EOFError):
        return "the compressed data is cut short; export it again"
    if isinstance(error, PermissionError):
        return "permission is denied"
    if isinstance(error, OSError) and error.errno and error.strerror:
        return error.strerror.lower()
    return "the file is damaged; export it again"


def digest(file: Given) -> str:
    """Return the SHA-256 of a file as it lies there."""
    found = hashlib.sha256()
    with file.path.open("rb") as raw:
        while chunk := raw.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()


def _counted(file: Given, step: Callable[[int], None]) -> Plain:
    found, digest = Plain(path=file.path), hashlib.sha256()
    with file.path.open("rb") as raw:
        while chunk := raw.read(_CHUNK):
            digest.update(chunk)
            found.count(chunk)
            step(len(chunk))
    found.close()
    found.sha256 = digest.hexdigest()
    return found


def _copied(
    file: Given, head: bytes, start: bytes, path: Path, step: Callable[[int], None]
) -> Plain:
    found = Plain(path=path, sha256=_counted(file, step).sha256)
    encoding = wide(start)
    decoder = codecs.getincrementaldecoder(encoding)() if encoding else None
    most, written = max(_SMALL, file.bytes * _BOMB), 0
    with path.open("wb") as copy, _opened(file, head) as stream:
        stream.read(len(mark(start)))
        while chunk := stream.read(_CHUNK):
            text = decoded(decoder, chunk, file) if decoder else chunk
            written += len(text)
            if written > most:
                raise UnreadableError(f"{file.name} unpacks to more than {_BOMB} times its size")
            found.count(text)
            copy.write(text)
        if decoder:
            decoded(decoder, b"", file, final=True)
    found.close()
    return found


@contextmanager
def _opened(file: Given, head: bytes) -> Iterator[IO[bytes] | Any]:
    """Open the unpacked content."""
    if head.startswith(_GZIP):
        with gzip.open(file.path) as stream:
            yield stream
    elif head.startswith((_BZIP2, _XZ)):
        with (bz2.open if head.startswith(_BZIP2) else lzma.open)(file.path) as stream:
            yield stream
    elif head.startswith(_ZSTD):
        with pa.input_stream(str(file.path), compression="zstd") as stream:
            yield stream
    elif head.startswith(_ZIP):
        with zipfile.ZipFile(file.path) as archive, archive.open(_member(archive, file)) as stream:
            yield stream
    else:
        with file.path.open("rb") as stream:
            yield stream


def _member(archive: zipfile.ZipFile, file: Given) -> zipfile.ZipInfo:
    members = members_of(archive)
    if len(members) != 1:
        raise UnrecognisedError(f"{file.name} holds {len(members)} files: unpack it")
    return members[0]
