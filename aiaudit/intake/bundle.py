"""Many small files as one: a gateway that writes a document per call leaves thousands of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiaudit.errors import AuditError
from aiaudit.intake.lying import lies, take_lying
from aiaudit.intake.source import take, take_together

if TYPE_CHECKING:
    from aiaudit.engine import Engine
    from aiaudit.intake.account import Source
    from aiaudit.intake.workspace import Workspace

    _Kind = tuple[str, str, bool]

_SMALL: Final = 1 << 18
_MOST_BYTES: Final = 1 << 23
_MOST_FILES: Final = 1_000
# Lines that are read where they lie: larger files can be together, and far more of them.
_SMALL_LYING: Final = 1 << 24
_MOST_LYING: Final = 1 << 28


class Bundle:
    """Takes files in: large ones at once, small ones of one format together."""

    def __init__(self, engine: Engine, work: Workspace, failures: list[AuditError]) -> None:
        """Write into `engine`, and add to `failures` what cannot be read."""
        self._engine, self.work, self.failures = engine, work, failures
        self._waiting: dict[_Kind, list[Source]] = {}

    def add(self, source: Source) -> None:
        """Take a file in, now or with others like it."""
        if not _is_small(source):
            self.flush()
            self._one(source)
            self.work.clear()
            return
        alike = self._waiting.setdefault(_kind(source), [])
        alike.append(source)
        most = _MOST_LYING if lies(source) else _MOST_BYTES
        if sum(each.plain.size for each in alike) > most or len(alike) >= _MOST_FILES:
            self._together(self._waiting.pop(_kind(source)))

    def flush(self) -> None:
        """Take in what waits."""
        waiting, self._waiting = self._waiting, {}
        for alike in waiting.values():
            self._together(alike)

    def _together(self, alike: list[Source]) -> None:
        """Take in files of one kind; when the engine cannot read them so, each on its own."""
        if len(alike) > 1 and lies(alike[0]):
            try:
                take_lying(self._engine, alike)
            except AuditError:
                pass
            else:
                return
        if len(alike) > 1:
            try:
                take_together(self._engine, alike, self.work, self.failures)
            except AuditError:
                pass
            else:
                return
        for source in alike:
            self._one(source)

    def _one(self, source: Source) -> None:
        try:
            take(self._engine, source, self.work)
        except AuditError as error:
            self.failures.append(error)


def _is_small(source: Source) -> bool:
    """Return whether a file is copied sooner than a statement for it alone is planned."""
    known = source.sample.kind != "parquet" and source.reader.id != "mapped"
    most = _SMALL_LYING if lies(source) else _SMALL
    return known and max(source.plain.size, source.file.bytes) <= most


def _kind(source: Source) -> _Kind:
    kind: str = source.sample.kind
    kind = "json" if kind in {"lines", "document"} else kind
    kind = "lying" if lies(source) else kind
    return source.reader.id, kind, source.reader.flattens(source.sample.kind)
