"""Which reader a file belongs to: by the user's mapping, or else by what its records hold."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from aiaudit import readers
from aiaudit.errors import UnreadableError, UnrecognisedError
from aiaudit.readers import mapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aiaudit.intake.files import Given
    from aiaudit.intake.sniff import Sample
    from aiaudit.readers import Reader
    from aiaudit.settings import Mapped

_AGREE: Final = 0.6


def reader_of(file: Given, sample: Sample | None, mappings: Sequence[Mapped]) -> Reader | None:
    """Return the reader of a file, or None when nobody knows it.

    Raises:
        UnrecognisedError: two readers claim it.
        UnreadableError: it is claimed and broken, or lacks a column that is mapped.
    """
    if sample is None:
        return None
    for mapping in mappings:
        if any(fnmatchcase(name, mapping.files) for name in (file.name, file.path.name)):
            return mapped.reader(mapping, file.name, sample.names)
    claimed = _claims(sample)
    if len(claimed) > 1:
        raise UnrecognisedError(
            f"{file.name} looks like {' and like '.join(r.id for r in claimed)};"
            " map its columns in aiaudit.yaml under readers.mapped"
        )
    if claimed and sample.broken:
        raise UnreadableError(f"{file.name} was taken for {claimed[0].title}, but {sample.broken}")
    return claimed[0] if claimed else None


def _claims(sample: Sample) -> list[Reader]:
    other = "json" if sample.kind in {"table", "parquet"} else "table"
    able = [reader for reader in readers.registry() if reader.holds != other]
    if not sample.records:
        # Broken before its first record ends: only the names in its text tell whose it was.
        head = sample.head.lower()
        return [r for r in able if all(f'"{name}' in head for name in r.signature)][:1]
    idle = [any(r.idle and r.idle(record) for r in able) for record in sample.records]
    busy = [record for record, is_idle in zip(sample.records, idle, strict=True) if not is_idle]
    if not busy:
        return [r for r in able if r.idle and any(r.idle(record) for record in sample.records)]
    return [r for r in able if sum(map(r.recognises, busy)) >= _AGREE * len(busy)]
