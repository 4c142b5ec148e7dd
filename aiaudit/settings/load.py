"""Merge what the user says: defaults, then aiaudit.yaml, then AIAUDIT_ variables, then flags."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from aiaudit.errors import SettingsError
from aiaudit.settings import scalars
from aiaudit.settings.document import Mistakes, tree
from aiaudit.settings.keys import said
from aiaudit.settings.model import FORMATS, LATER_FORMATS, Chosen, Settings
from aiaudit.settings.redacting import redact

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from decimal import Decimal

CONFIG: Final = "aiaudit.yaml"
PREFIX: Final = "AIAUDIT_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flags:
    """What the command line says; None or nothing where it does not speak."""

    inputs: tuple[Path, ...] = ()
    output: Path | None = None
    overlays: tuple[Path, ...] = ()
    since: str | None = None
    until: str | None = None
    timezone: str | None = None
    formats: tuple[str, ...] = ()
    strict: bool = False
    fail_on: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()
    invoices: tuple[str, ...] = ()
    keep_going: bool = False
    keep_text: bool = False
    redact: bool = False


def _paths(value: str) -> tuple[Path, ...]:
    return tuple(Path(part) for part in value.split(os.pathsep) if part)


_VARIABLES: Final[Mapping[str, tuple[str, Callable[[str], Any]]]] = {
    f"{PREFIX}CLIENT": ("client", scalars.text),
    f"{PREFIX}MEMORY_LIMIT": ("memory_limit", scalars.memory),
    f"{PREFIX}OUTPUT": ("output", Path),
    f"{PREFIX}PRICING": ("overlays", _paths),
    f"{PREFIX}REDACT_KEY": ("redact_key", scalars.text),
    f"{PREFIX}THREADS": ("threads", scalars.threads),
    f"{PREFIX}TIMEZONE": ("timezone", scalars.zone),
    f"{PREFIX}TITLE": ("title", scalars.text),
}


def load(
    flags: Flags | None = None,
    *,
    config: Path | None = None,
    environ: Mapping[str, str] | None = None,
    folder: Path = Path(),
) -> Settings:
    """Return the settings of one run.

    Without `config`, an aiaudit.yaml in `folder` is read when there is one; folders above are not
    searched. `environ` is the environment to look for AIAUDIT_ variables in.

    Raises:
        SettingsError: with a line for every mistake in the file, the variables and the flags.
    """
    mistakes = Mistakes()
    file = config or _discovered(folder)
    merged: dict[str, Any] = {
        "config": file,
        "memory_limit": scalars.memory(scalars.DEFAULT_MEMORY),
    }
    if file and (root := tree(file, mistakes)):
        merged |= said(root, mistakes)
    merged |= _from_variables(environ or {}, mistakes)
    merged |= _from_flags(flags or Flags(), str(merged.get("timezone") or "UTC"), mistakes)
    redact(merged, mistakes, asked=flags is not None and flags.redact)
    if lines := mistakes.lines():
        raise SettingsError("\n".join(lines))
    return Settings(**merged)


def _discovered(folder: Path) -> Path | None:
    file = folder / CONFIG
    return file if file.exists() else None


def _from_variables(environ: Mapping[str, str], mistakes: Mistakes) -> dict[str, Any]:
    """Return what AIAUDIT_ variables say; an empty one says nothing."""
    found: dict[str, Any] = {}
    for name in sorted(n for n in environ if n.startswith(PREFIX)):
        if name not in _VARIABLES:
            mistakes.elsewhere(name, f"unknown variable; {scalars.nearest(name, _VARIABLES)}")
        elif environ[name]:
            key, read = _VARIABLES[name]
            found |= _read(mistakes, name, key, environ[name], read)
    return found


def _from_flags(flags: Flags, timezone: str, mistakes: Mistakes) -> dict[str, Any]:
    found: dict[str, Any] = {
        "inputs": flags.inputs,
        "strict": flags.strict,
        "fail_on": flags.fail_on,
        "keep_going": flags.keep_going,
        "keep_text": flags.keep_text,
    }
    if flags.output is not None:
        found["output"] = flags.output
    if flags.overlays:
        found["overlays"] = flags.overlays
    if flags.timezone is not None:
        found |= _read(mistakes, "--timezone", "timezone", flags.timezone, scalars.zone)
        timezone = found.get("timezone") or "UTC"
    if flags.formats:
        found |= _read(mistakes, "--format", "formats", flags.formats, _formats)
    if flags.readers:
        found |= _read(mistakes, "--reader", "chosen", flags.readers, _chosen)
    if flags.invoices:
        found |= _read(mistakes, "--invoice", "invoices", flags.invoices, _invoices)
    _period(flags, timezone, found, mistakes)
    return found


def _period(flags: Flags, timezone: str, found: dict[str, Any], mistakes: Mistakes) -> None:
    instant = partial(scalars.moment, timezone=timezone)
    for name, value in (("since", flags.since), ("until", flags.until)):
        if value is not None:
            found |= _read(mistakes, f"--{name}", name, value, instant)
    since, until = found.get("since"), found.get("until")
    if since and until and since >= until:
        mistakes.elsewhere(
            "--until", "must be later than --since; it is the first instant left out"
        )


def _chosen(pairs: tuple[str, ...]) -> tuple[Chosen, ...]:
    """Return what `ID=GLOB` says; it replaces what the settings file chooses."""
    found = []
    for pair in pairs:
        reader, _, files = pair.partition("=")
        if not reader.strip() or not files.strip():
            raise ValueError(f"{pair!r} is not ID=GLOB, as in openai-usage='march_*.json'")
        found.append(Chosen(reader=reader.strip(), files=scalars.pattern(files.strip())))
    return tuple(found)


def _invoices(pairs: tuple[str, ...]) -> dict[str, Decimal]:
    """Return what `PROVIDER=AMOUNT` says, each provider once."""
    found: dict[str, Decimal] = {}
    for pair in pairs:
        provider, parted, amount = (part.strip() for part in pair.partition("="))
        if provider in found:
            raise ValueError(f"{provider} stands there twice")
        if not provider or not parted:
            raise ValueError(f"{pair!r} is not PROVIDER=AMOUNT, as in openai=47000.00")
        found[provider] = scalars.amount(amount.removeprefix("-"))
        if amount.startswith("-"):
            found[provider] = -found[provider]
    return found


def _formats(names: tuple[str, ...]) -> tuple[str, ...]:
    check = scalars.one_of(*FORMATS, later=LATER_FORMATS)
    chosen = {check(name) for name in names}
    return tuple(name for name in FORMATS if name in chosen)


def _read(
    mistakes: Mistakes,
    place: str,
    key: str,
    value: Any,  # noqa: ANN401  # text, or a tuple of texts
    read: Callable[[Any], Any],
) -> dict[str, Any]:
    """Return the value under its key; nothing, and a mistake at its place, when it is none."""
    try:
        return {key: read(value)}
    except ValueError as error:
        mistakes.elsewhere(place, str(error))
        return {}
