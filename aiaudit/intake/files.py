"""The files that an audit covers: those that were named, and those in the folders that were."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final

from aiaudit.errors import NoInputError, UsageError
from aiaudit.settings import CONFIG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.settings import Settings

WORKSPACE: Final = ".intake"
KEPT: Final = ".kept"
_SHOWN: Final = 100
_RESULTS: Final = ("audit.json", "audit.duckdb", "report.html", "report.md")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A file to take in; `name` is relative to the argument that led to it, and unique."""

    path: Path
    name: str
    named: bool
    bytes: int


def given(settings: Settings) -> tuple[Given, ...]:
    """Return every file once, in the order of their names.

    In a folder, hidden files, settings files and the audit's own output are left out.

    Raises:
        NoInputError: a path does not exist or may not be read, or there is no file at all.
    """
    found: dict[Path, tuple[str, bool]] = {}
    for argument in settings.inputs:
        try:
            named = not argument.is_dir()
            for path, inside in _files(argument, settings):
                name, was_named = found.get(path, (inside, False))
                found[path] = (name, named or was_named)
        except OSError as error:
            shown = argument.name[:_SHOWN]
            raise NoInputError(f"{shown} cannot be read: {error.strerror}") from error
    if not found:
        raise NoInputError("there is no file in what was given: name exports, or a folder of them")
    return tuple(
        Given(path=path, name=name, named=found[path][1], bytes=path.stat().st_size)
        for name, path in sorted(_unique({path: name for path, (name, _) in found.items()}))
    )


def readable(settings: Settings) -> tuple[Path, ...]:
    """Return every path that the engine must be allowed to open for these settings.

    Raises:
        UsageError: the engine would not find a database where the output shall go.
    """
    output = settings.output.resolve()
    home = str(settings.output).startswith("~")
    if home or not is_text(output) or set("?\\") & set(output.as_posix()):
        raise UsageError(
            f"{settings.output}: the path of the output must be text without ? and backslash,"
            " and not begin with ~"
        )
    own = (output / WORKSPACE, output / KEPT)
    return (*(file.path for file in given(settings) if is_text(file.path)), *own)


def is_text(path: Path) -> bool:
    """Return whether a path is text; some systems take any bytes, and the engine does not."""
    return str(path).encode("utf-8", "replace").decode("utf-8") == str(path)


def _files(argument: Path, settings: Settings) -> Iterator[tuple[Path, str]]:
    """Yield each file with its name inside of the argument."""
    if argument.is_dir():
        root = argument.resolve()
        for path in sorted(_inside(root)):
            if path.is_file() and not _is_ours(path.resolve(), root, settings):
                yield path.resolve(), path.relative_to(root).as_posix()
    elif argument.is_file():
        yield argument.resolve(), argument.resolve().name
    else:
        raise NoInputError(f"{argument.name or argument}: there is no such file or folder")


def _inside(root: Path) -> Iterator[Path]:
    """Yield all that is not hidden; a folder that may not be read is a failure, never skipped."""
    for folder, folders, names in os.walk(root, onerror=_refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(folder, name) for name in names if not name.startswith("."))


def _refuse(error: OSError) -> None:
    raise NoInputError(
        f"{Path(str(error.filename)).name} cannot be read: {error.strerror}"
    ) from error


def _is_ours(path: Path, root: Path, settings: Settings) -> bool:
    """Return whether a file is no export, but settings or a result of this tool."""
    output = settings.output.resolve()
    if path.name == CONFIG or (settings.config and path == settings.config.resolve()):
        return True
    if root.is_relative_to(output):  # the exports lie where the results go
        return path.parent == output and path.name.startswith(_RESULTS)
    return path.is_relative_to(output)


def _unique(names: dict[Path, str]) -> Iterator[tuple[str, Path]]:
    """Tell files of the same name apart by their folder, or else by a number."""
    often = Counter(names.values())
    taken: set[str] = set()
    for path, name in sorted(names.items()):
        shown = name if often[name] == 1 else f"{path.parent.name}/{name}"
        shown = "".join(char if char.isprintable() else "\ufffd" for char in shown)
        free = next(name for name in numbered(shown) if name not in taken)
        taken.add(free)
        yield free, path


def numbered(name: str) -> Iterator[str]:
    """Yield a name, and then the same with a number behind it."""
    yield name
    yield from (f"{name} ({number})" for number in count(2))
