"""Which reader a file belongs to: by the user's mapping, or else by what its records hold."""

from __future__ import annotations

import json
from dataclasses import asdict
from difflib import get_close_matches
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from aiaudit import readers
from aiaudit.errors import UnreadableError, UnrecognisedError, UsageError
from aiaudit.intake.records import ODD
from aiaudit.readers import mapped

if TYPE_CHECKING:
    from aiaudit.intake.files import Given
    from aiaudit.intake.sniff import Sample
    from aiaudit.readers import Export, Reader
    from aiaudit.settings import Chosen, Mapped, Settings

_AGREE: Final = 0.6
_HOLDS: Final = {
    "lines": ("json", "both"),
    "document": ("json", "both"),
    "table": ("table", "both"),
    "parquet": ("table", "both"),
    "sqlite": ("sqlite",),
}
_CLOSED: Final = frozenset({"parquet", "sqlite"})  # nothing can be seen in them when they break
_MADE_OF: Final = {
    "json": "JSON",
    "table": "CSV, TSV or Parquet",
    "both": "JSON, CSV, TSV or Parquet",
    "sqlite": "a SQLite database",
}


def reader_of(file: Given, sample: Sample | None, settings: Settings) -> Reader | None:
    """Return the reader of a file, or None when nobody knows it.

    Raises:
        UsageError: the user chose a reader that does not exist.
        UnrecognisedError: two readers claim it, or the chosen one cannot read such a file.
        UnreadableError: it is claimed and broken, or lacks a column that is mapped.
    """
    if sample is None:
        return None
    for mapping in settings.mapped:
        if _meant(file, mapping.files):
            return mapped.reader(mapping, file.name, sample.names)
    for chosen in settings.chosen:
        if _meant(file, chosen.files):
            return _chosen(file, sample, named(chosen.reader))
    if sample.broken and sample.kind in _CLOSED:
        raise UnreadableError(f"{file.name} is damaged: {sample.broken}")
    claimed = _claims(sample)
    if len(claimed) > 1:
        ids = [reader.id for reader in claimed]
        raise UnrecognisedError(
            f"{file.name} looks like {' and like '.join(ids)}; say which:"
            f" --reader {ids[0]}={file.path.name!r}"
        )
    if claimed and sample.broken:
        raise UnreadableError(f"{file.name} was taken for {claimed[0].title}, but {sample.broken}")
    return claimed[0] if claimed else None


def choice(file: Given, settings: Settings) -> str:
    """Return what the settings say of a file, as text; nothing when it is to be recognised."""
    said: tuple[Mapped | Chosen, ...] = (*settings.mapped, *settings.chosen)
    meant = next((one for one in said if _meant(file, one.files)), None)
    return json.dumps(asdict(meant), sort_keys=True) if meant else ""


def named(reader: str) -> Reader:
    """Return the reader of this id.

    Raises:
        UsageError: there is none.
    """
    known = {found.id: found for found in readers.registry()}
    if reader not in known:
        near = get_close_matches(reader[:100], known, 1)
        hint = f"did you mean {near[0]}?" if near else "see `aiaudit formats`"
        raise UsageError(f"--reader: {reader[:100]!r} is no format; {hint}")
    return known[reader]


def _meant(file: Given, pattern: str) -> bool:
    return any(fnmatchcase(name, pattern) for name in (file.name, file.path.name))


def _chosen(file: Given, sample: Sample, reader: Reader) -> Reader:
    if reader.holds not in _HOLDS[sample.kind]:
        raise UnrecognisedError(
            f"{file.name} cannot be {reader.id}: that is {_MADE_OF[reader.holds]}"
        )
    if sample.broken:
        raise UnreadableError(f"{file.name} was taken for {reader.title}, but {sample.broken}")
    return reader


def _claims(sample: Sample) -> list[Reader]:
    able = [reader for reader in readers.registry() if reader.holds in _HOLDS[sample.kind]]
    if not sample.records:
        # Broken before its first record ends: only the names in its text tell whose it was.
        head = sample.head.lower()
        return [r for r in able if all(f'"{name}' in head for name in r.signature)][:1]
    idle = [any(r.idle and r.idle(record) for r in able) for record in sample.records]
    busy = [record for record, is_idle in zip(sample.records, idle, strict=True) if not is_idle]
    if not busy:
        return [r for r in able if r.idle and any(r.idle(record) for record in sample.records)]
    # Names are lowered once for all readers; most of them ask for nothing else.
    named = [(record, frozenset(name.lower() for name in record)) for record in busy]
    least = _AGREE * len(busy)
    return [r for r in able if sum(_is_of(r, *record) for record in named) >= least]


def _is_of(reader: Reader, record: Export, names: frozenset[str]) -> bool:
    try:
        return reader.recognises(record, names)
    except ODD:
        return False
