"""Intake: from files to calls and charges, every record accounted for and counted once."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from aiaudit import pricing, schema
from aiaudit.errors import AuditError, UnrecognisedError
from aiaudit.intake.account import Source
from aiaudit.intake.archive import opened
from aiaudit.intake.bundle import Bundle
from aiaudit.intake.files import WORKSPACE, Given, given, readable
from aiaudit.intake.kept import Kept
from aiaudit.intake.plain import digest, plain
from aiaudit.intake.recognise import choice, reader_of
from aiaudit.intake.settle import settle
from aiaudit.intake.sniff import sniff
from aiaudit.intake.workload import workload
from aiaudit.intake.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiaudit.engine import Engine
    from aiaudit.pricing import Catalogue
    from aiaudit.settings import Settings

__all__ = ["Intake", "readable", "take_in"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What was not read: files that nobody knows, files that failed; and notes for the report."""

    unrecognised: tuple[str, ...]
    failures: tuple[AuditError, ...]
    notes: tuple[str, ...]


def take_in(
    engine: Engine,
    settings: Settings,
    catalogue: Catalogue,
    progress: Callable[[int, int], None],
) -> Intake:
    """Read every input and leave the tables of the audit's rows; see `schema` for their columns.

    A file in a folder that nobody recognises is listed; what fails is in `failures`, and what
    other files gave stays. `progress` hears (bytes read, bytes in all).

    Raises:
        NoInputError: there is no file.
        UnrecognisedError: there are files, and not one of them is recognised.
        SettingsError: the mapping of a file is wrong.
    """
    files = given(settings)
    _tables(engine)
    if not engine.has("offerings"):
        pricing.install(engine, catalogue)
    failures: list[AuditError] = []
    meter = _Meter(sum(file.bytes for file in files), progress)
    with Kept(engine, settings) as kept:
        with Workspace(settings.output.resolve() / WORKSPACE) as work:
            bundle = Bundle(engine, work, failures)
            inside = chain.from_iterable(opened(file, work, failures.append) for file in files)
            seen = [(file, _is_taken(settings, file, kept, bundle, meter)) for file in inside]
            bundle.flush()
        kept.offer()
        if not engine.value("SELECT count(*) FROM sources"):
            _refuse([file for file, _ in seen], failures)
        unknown = [file for file, taken in seen if not taken]
        failures += [_unknown(file) for file in unknown if file.named]
        notes = (*settle(engine), *workload(engine, settings))
        kept.keep_texts()
    unrecognised = tuple(file.name for file in unknown)
    return Intake(unrecognised=unrecognised, failures=tuple(failures), notes=notes)


def _is_taken(settings: Settings, file: Given, kept: Kept, bundle: Bundle, meter: _Meter) -> bool:
    """Take a file in, now or later, or note why it cannot be; return False when nobody knows it."""
    try:
        if _is_kept(settings, file, kept, meter):
            return True
        source = _recognised(settings, file, bundle.work, meter)
    except AuditError as error:
        bundle.failures.append(error)
        return True
    if source:
        bundle.add(source)
    return source is not None


def _is_kept(settings: Settings, file: Given, kept: Kept, meter: _Meter) -> bool:
    """Return whether the rows of an unchanged file are there from an earlier run."""
    if not kept.finds(file.name, file.bytes):
        return False
    if not kept.takes_over(file.name, digest(file), choice(file, settings)):
        return False
    meter.step(file.bytes)
    return True


def _recognised(settings: Settings, file: Given, work: Workspace, meter: _Meter) -> Source | None:
    """Return the file with its reader, or None when nobody knows it."""
    try:
        found = plain(file, work, meter.step)
    except UnrecognisedError:
        if file.named:
            raise
        return None
    sample = sniff(found.path)
    reader = reader_of(file, sample, settings)
    if sample is None or reader is None:
        return None
    return Source(
        file=file,
        plain=found,
        sample=sample,
        reader=reader,
        choice=choice(file, settings),
        redaction=settings.redaction,
        keep_text=settings.keep_text,
    )


class _Meter:
    """Adds up the bytes that were read."""

    def __init__(self, total: int, progress: Callable[[int, int], None]) -> None:
        self._done, self._total, self._progress = 0, total, progress

    def step(self, size: int) -> None:
        self._done = min(self._total, self._done + size)  # more comes out of a packed file
        self._progress(self._done, self._total)


def _refuse(files: list[Given], failures: list[AuditError]) -> None:
    """Say why nothing was read."""
    if failures:
        raise failures[0]
    if len(files) == 1:
        raise _unknown(files[0])
    raise UnrecognisedError(
        f"none of the {len(files)} files is in a format that aiaudit knows; see `aiaudit formats`"
    )


def _unknown(file: Given) -> UnrecognisedError:
    return UnrecognisedError(
        f"{file.name} is in no format that aiaudit knows; see `aiaudit formats`,"
        " or map its columns in aiaudit.yaml under readers.mapped"
    )


def _tables(engine: Engine) -> None:
    """Start with empty tables: an audit covers exactly the files of its own command."""
    tables = {
        "sources": schema.SOURCES,
        "rejects": schema.REJECTS,
        "duplicates": schema.DUPLICATES,
    }
    for name, columns in tables.items():
        engine.run(f"DROP TABLE IF EXISTS {name}")
        engine.run(schema.table_sql(name, columns))
