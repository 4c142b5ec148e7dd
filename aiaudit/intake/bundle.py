"""Many small files as one: a gateway that writes a document per call leaves thousands of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiaudit.errors import AuditError
from aiaudit.intake.source import take, take_together

if TYPE_CHECKING:
    from aiaudit.engine import Engine
    from aiaudit.intake.account import Source
    from aiaudit.intake.workspace import Workspace

_SMALL: Final = 1 << 18
_MOST_BYTES: Final = 1 << 23
_MOST_FILES: Final = 1_000


class Bundle:
    """Takes files in: large ones at once, small ones of one format together."""

    def __init__(self, engine: Engine, work: Workspace, failures: list[AuditError]) -> None:
        """Write into `engine`, and add to `failures` what cannot be read."""
        self._engine, self._work, self._failures = engine, work, failures
        self._waiting: list[Source] = []

    def add(self, source: Source) -> None:
        """Take a file in, now or with others like it."""
        small = source.file.bytes <= _SMALL and source.sample.kind in {"lines", "document"}
        if not small or source.reader.id == "mapped":
            self.flush()
            self._one(source)
            self._work.clear()
            return
        if self._waiting and self._waiting[0].reader is not source.reader:
            self.flush()
        self._waiting.append(source)
        size = sum(waiting.file.bytes for waiting in self._waiting)
        if size > _MOST_BYTES or len(self._waiting) >= _MOST_FILES:
            self.flush()

    def flush(self) -> None:
        """Take in what waits; when one of it is broken, each on its own."""
        waiting, self._waiting = self._waiting, []
        if len(waiting) > 1:
            try:
                take_together(self._engine, waiting, self._work)
            except AuditError:
                pass
            else:
                return
        for source in waiting:
            self._one(source)

    def _one(self, source: Source) -> None:
        try:
            take(self._engine, source, self._work)
        except AuditError as error:
            self._failures.append(error)
