"""Take in many files of lines as one, where they lie: planning a read is dear, however small."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiaudit.errors import IntegrityError, UnreadableError
from aiaudit.intake import account, lines, opening, rows
from aiaudit.intake.source import HiddenError, explain, told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aiaudit.engine import Engine
    from aiaudit.intake.account import Counts, Source


class _MiscountError(Exception):
    """Files gave more or fewer rows than they have lines."""


def lies(source: Source) -> bool:
    """Return whether the engine reads the lines of the file itself, not of a copy."""
    return source.sample.kind == "lines" and not source.reader.flattens("lines")


def take_lying(engine: Engine, sources: Sequence[Source]) -> None:
    """Read files of lines of one reader in one transaction, each with an account of its own.

    Raises:
        UnreadableError: one of them can only be read from a copy; none is taken in.
        IntegrityError: a record is neither loaded nor refused nor ignored.
    """
    with told(sources[0]):
        if _is_taken(engine, sources, [0] * len(sources)):
            return
        blank = [lines.blanks(source.plain.path) for source in sources]
        if not _is_taken(engine, sources, blank):
            raise IntegrityError(f"{sources[0].file.name}: lines were lost beside other files")


def _is_taken(engine: Engine, sources: Sequence[Source], blank: Sequence[int]) -> bool:
    """Take files in whose blank lines are so many; False, and nothing is, when there are others."""
    try:
        with engine.transaction():
            counts = rows.read(engine, sources, opening.gathered(sources, blank))
            _check(counts[-1], sources[-1].plain.lines - blank[-1])
            for source, count, empty in zip(sources, counts, blank, strict=True):
                explain(source.plain.path, count, hides=True)
                count.blank = empty
            account.enter(engine, zip(sources, counts, strict=True))
    except _MiscountError:
        return False
    except HiddenError as hidden:
        raise UnreadableError("a line holds more than one record") from hidden
    return True


def _check(last: Counts, lines_left: int) -> None:
    """Compare what is left for the last file with its lines: so all of them have theirs."""
    if last.read != lines_left:
        raise _MiscountError
