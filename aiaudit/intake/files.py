"""The files that an audit covers: those that were named, and those in the folders that were."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from aiaudit.errors import NoInputError, UsageError
from aiaudit.settings import CONFIG

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from aiaudit.settings import Settings

WORKSPACE: Final = ".intake"


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
        NoInputError: a path does not exist, or there is no file at all.
    """
    found: dict[Path, tuple[str, bool]] = {}
    for argument in settings.inputs:
        named = not argument.is_dir()
        for path in _files(argument, settings):
            inside = path.name if named else path.relative_to(argument.resolve()).as_posix()
            known = found.get(path)
            found[path] = (known[0] if known else inside, named or (known or ("", False))[1])
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
    return (*(file.path for file in given(settings) if is_text(file.path)), output / WORKSPACE)


def is_text(path: Path) -> bool:
    """Return whether a path is text; some systems take any bytes, and the engine does not."""
    return str(path).encode("utf-8", "replace").decode("utf-8") == str(path)


def _files(argument: Path, settings: Settings) -> Iterator[Path]:
    if argument.is_dir():
        root, output = argument.resolve(), settings.output.resolve()
        own = {settings.config.resolve()} if settings.config else set()
        for path in sorted(root.rglob("*")):
            parts = path.relative_to(root).parts
            hidden = any(part.startswith(".") for part in parts)
            ours = path in own or path.name == CONFIG or path.is_relative_to(output)
            if path.is_file() and not hidden and not ours:
                yield path.resolve()
    elif argument.is_file():
        yield argument.resolve()
    else:
        raise NoInputError(f"{argument.name or argument}: there is no such file or folder")


def _unique(names: dict[Path, str]) -> Iterator[tuple[str, Path]]:
    """Tell files of the same name apart by their folder, or else by a number."""
    often = Counter(names.values())
    taken: Counter[str] = Counter()
    for path, name in sorted(names.items()):
        shown = name if often[name] == 1 else f"{path.parent.name}/{name}"
        shown = "".join(char if char.isprintable() else "\ufffd" for char in shown)
        taken[shown] += 1
        yield (shown if taken[shown] == 1 else f"{shown} ({taken[shown]})"), path
