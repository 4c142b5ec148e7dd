"""Archives act as folders: each file inside is taken in under its own name, within limits."""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import zipfile
import zlib
from dataclasses import replace
from typing import IO, TYPE_CHECKING, Final

from aiaudit.errors import AuditError, UnreadableError
from aiaudit.intake.files import numbered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from aiaudit.intake.files import Given
    from aiaudit.intake.workspace import Workspace

_CHUNK: Final = 1 << 20
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_TAR_AT: Final = 257
_TAR: Final = b"ustar"
_ZSTD: Final = b"\x28\xb5\x2f\xfd"
_PACKED: Final = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0")
_MOST_FILES: Final = 10_000
_DEEPEST: Final = 3
# Deflate reaches a thousandfold; logs reach thirty.
_BOMB: Final = 300
_SMALL: Final = 1 << 28
_OURS: Final = "__MACOSX"
_BROKEN: Final = (
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    ValueError,
    lzma.LZMAError,
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
)


def opened(
    file: Given, work: Workspace, failed: Callable[[AuditError], None], depth: int = 0
) -> Iterator[Given]:
    """Yield the file itself or, of an archive, copies of the files inside, one after another.

    A name inside says nothing about where the copy goes. What is broken is told to `failed`; the
    files before it stay.
    """
    unpack = _kind(file.path)
    if unpack is None:
        yield file
        return
    if depth >= _DEEPEST:
        failed(UnreadableError(f"{file.name} is an archive in an archive in an archive"))
        return
    budget, taken = _Budget(file), set[str]()
    try:
        for name, stream in unpack(file):
            budget.file()
            copy = work.new()
            size = budget.copied(stream, copy)
            free = next(one for one in numbered(_shown(name)) if one not in taken)
            taken.add(free)
            inner = replace(file, path=copy, name=f"{file.name}/{free}", bytes=size)
            yield from opened(replace(inner, named=False), work, failed, depth + 1)
    except _BROKEN as error:
        why = "it is protected by a password" if "password" in str(error) else "it is damaged"
        failed(UnreadableError(f"{file.name} cannot be read to its end: {why}"))
    except UnreadableError as error:
        failed(error)


class _Budget:
    """How much may come out of one archive."""

    def __init__(self, file: Given) -> None:
        self._name, self._files = file.name, 0
        self._left = max(_SMALL, file.bytes * _BOMB)

    def file(self) -> None:
        """Count a file."""
        self._files += 1
        if self._files > _MOST_FILES:
            raise UnreadableError(f"{self._name} holds more than {_MOST_FILES} files: unpack it")

    def copied(self, stream: IO[bytes], copy: Path) -> int:
        """Copy a file out and return its size."""
        size = 0
        with copy.open("wb") as out:
            while chunk := stream.read(_CHUNK):
                size += out.write(chunk)
                self._left -= len(chunk)
                if self._left < 0:
                    raise UnreadableError(
                        f"{self._name} unpacks to more than {_BOMB} times its size"
                    )
        return size


def _kind(path: Path) -> Callable[[Given], Iterator[tuple[str, IO[bytes]]]] | None:
    """Return how the files inside are read; None when it is no archive of several files."""
    try:
        with path.open("rb") as raw:
            head = raw.read(_TAR_AT + len(_TAR))
        if head.startswith(_ZIP):
            return _zipped if _is_folder(path) else None
        if head.startswith(_PACKED):
            head = _unpacked_head(path, head)
    except _BROKEN:
        return None  # `plain` says what is wrong with it
    return _tarred if head[_TAR_AT:] == _TAR else None


def _is_folder(path: Path) -> bool:
    """Return whether a zip is more than a wrapping around one plain file."""
    with zipfile.ZipFile(path) as archive:
        members = members_of(archive)
        if len(members) != 1:
            return bool(members)
        with archive.open(members[0]) as stream:
            return stream.read(len(_ZSTD)).startswith((*_ZIP, *_PACKED, _ZSTD))


def members_of(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Return what is a file and not hidden."""
    found = (member for member in archive.infolist() if not member.is_dir())
    return [member for member in found if not _is_hidden(member.filename)]


def _is_hidden(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return parts[0] == _OURS or any(p.startswith(".") and p not in {".", ".."} for p in parts)


def _unpacked_head(path: Path, head: bytes) -> bytes:
    opened = gzip.open if head.startswith(_PACKED[0]) else lzma.open
    with (bz2.open if head.startswith(_PACKED[1]) else opened)(path) as stream:
        return bytes(stream.read(_TAR_AT + len(_TAR)))


def _zipped(file: Given) -> Iterator[tuple[str, IO[bytes]]]:
    with zipfile.ZipFile(file.path) as archive:
        for member in members_of(archive):
            with archive.open(member) as stream:
                yield member.filename, stream


def _tarred(file: Given) -> Iterator[tuple[str, IO[bytes]]]:
    """Yield the true files of a tar; links and devices are none."""
    with tarfile.open(file.path, "r:*") as archive:
        for member in archive:
            hidden = _is_hidden(member.name)
            if member.isreg() and not hidden and (stream := archive.extractfile(member)):
                yield member.name, stream


def _shown(name: str) -> str:
    """Return a name inside an archive as one that leads nowhere else and prints plainly."""
    parts = name.replace("\\", "/").split("/")
    kept = "/".join(part for part in parts if part not in {"", ".", ".."}) or "file"
    return "".join(char if char.isprintable() else "\ufffd" for char in kept)
