"""What was worked out from price sheets once, kept for the next run in the user's cache folder.

A kept file is found by the digest of everything that it was made from: the sheets, and the code
that read them. It is believed only when it is whole, and nobody but its owner could have written
it. Where that cannot be, nothing is kept, and nothing is said: the work is done again.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from aiaudit import __version__

_DIGEST: Final = 64
_MOST_BYTES: Final = 64 * 1024 * 1024
_OTHERS_WRITE: Final = stat.S_IWGRP | stat.S_IWOTH
# Two checkouts and a released version may take turns; more are leftovers.
_KEPT: Final = 6


def recall(kind: str, made_from: str) -> bytes | None:
    """Return what was kept under a kind and the digest of its origin; None unless it is sound."""
    file = _file(kind, made_from)
    try:
        if not _own(file.parent) or not _own(file) or file.stat().st_size > _MOST_BYTES:
            return None
        content = file.read_bytes()
    except (OSError, RuntimeError):
        return None
    digest, kept = content[:_DIGEST], content[_DIGEST:]
    return kept if digest == _seal(file.name, kept) else None


def keep(kind: str, made_from: str, content: bytes) -> None:
    """Keep something for the next run; where the folder cannot be written, let it be."""
    try:
        file = _file(kind, made_from)
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside = file.with_name(f"{file.name}.{os.getpid()}")
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as target:
            target.write(_seal(file.name, content) + content)
        aside.replace(file)
        _tidy(file.parent, kind)
    except (OSError, RuntimeError):
        return


def _file(kind: str, made_from: str) -> Path:
    named = hashlib.sha256(f"{made_from}\n{_code()}".encode()).hexdigest()
    return _folder() / f"{kind}-{named}"


def _seal(name: str, content: bytes) -> bytes:
    """Return a digest of a file and of the name that it must have."""
    return hashlib.sha256(name.encode() + b"\n" + content).hexdigest().encode()


def _folder() -> Path:
    """Return where this system keeps what can be made again."""
    if stated := os.environ.get("XDG_CACHE_HOME"):
        return Path(stated) / "aiaudit"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home()) / "aiaudit" / "cache"
    caches = "Library/Caches" if sys.platform == "darwin" else ".cache"
    return Path.home() / caches / "aiaudit"


def _own(path: Path) -> bool:
    """Return whether nobody else can have written here."""
    if sys.platform == "win32":  # there the folder of a user is closed to others
        return not path.is_symlink()
    found = path.lstat()
    return (
        not stat.S_ISLNK(found.st_mode)
        and found.st_uid == os.getuid()
        and not found.st_mode & _OTHERS_WRITE
    )


def _tidy(folder: Path, kind: str) -> None:
    found = sorted(folder.glob(f"{kind}-*"), key=lambda f: f.stat().st_mtime_ns, reverse=True)
    for file in found[_KEPT:]:
        file.unlink(missing_ok=True)


@cache
def _code() -> str:
    """Return a digest of the code that reads and compiles sheets, and of its version."""
    digest = hashlib.sha256(__version__.encode())
    for room in (files("aiaudit"), files("aiaudit") / "pricing", files("aiaudit") / "usage"):
        for file in sorted(room.iterdir(), key=lambda f: f.name):
            if file.name.endswith(".py"):
                digest.update(file.name.encode() + b"\n" + file.read_bytes())
    return digest.hexdigest()
