"""The account of a file: what it is, and what became of each of its records."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiaudit import text
from aiaudit.errors import IntegrityError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from aiaudit.engine import Engine
    from aiaudit.intake.files import Given
    from aiaudit.intake.plain import Plain
    from aiaudit.intake.sniff import Sample
    from aiaudit.readers import Reader
    from aiaudit.settings import Redaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A recognised file, ready to be read."""

    file: Given
    plain: Plain
    sample: Sample
    reader: Reader
    choice: str = ""  # what the settings say of this file
    redaction: Redaction | None = None
    keep_text: bool = False

    @property
    def id(self) -> str:
        """Return the digest of the content and the name."""
        return _digest(self.plain.sha256, self.file.name)

    @property
    def version(self) -> str:
        """Return what else decides on the rows: the reader, its version and its mapping."""
        mapping = f"/{_digest(self.reader.select)}" if self.reader.id == "mapped" else ""
        return f"{self.reader.id}/{self.reader.version}/text-{text.VERSION}{mapping}"

    @property
    def target(self) -> str:
        """Return the table that its rows go to."""
        return "kept.taken_charges" if self.reader.grain == "charge" else "kept.taken_calls"


@dataclass(slots=True)
class Counts:
    """What became of the records of one file; `refused` holds row -> (code, cause)."""

    read: int = 0
    loaded: int = 0
    unmeasured: int = 0
    blank: int = 0
    start: datetime | None = None
    end: datetime | None = None
    ignored: Counter[str] = field(default_factory=Counter)
    refused: dict[int, tuple[str, str]] = field(default_factory=dict)

    def add(self, loaded: int, unmeasured: int, start: datetime, end: datetime) -> None:
        """Count rows that are loaded, and widen the period by theirs."""
        self.loaded += loaded
        self.unmeasured += unmeasured
        self.start = min(self.start or start, start)
        self.end = max(self.end or end, end)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def enter(engine: Engine, accounts: Iterable[tuple[Source, Counts]]) -> None:
    """Write the rejects and the accounts of files.

    Raises:
        IntegrityError: the records of a file do not add up.
    """
    rows, rejects = [], []
    for source, counts in accounts:
        ignored = counts.ignored.total()
        if counts.read != counts.loaded + len(counts.refused) + ignored:
            raise IntegrityError(
                f"{source.file.name}: {counts.read} records, but {counts.loaded} loaded,"
                f" {len(counts.refused)} rejected and {ignored} ignored"
            )
        rows.append(_row(source, counts))
        rejects += [
            {"source_id": source.id, "row": row, "code": code, "cause": cause}
            for row, (code, cause) in sorted(counts.refused.items())
        ]
    engine.append("kept.rejects", rejects)
    engine.append("kept.sources", rows)


def _row(source: Source, counts: Counts) -> dict[str, Any]:
    reasons = Counter(code for code, _ in counts.refused.values()) + counts.ignored
    return {
        "source_id": source.id,
        "choice": source.choice,
        "file": source.file.name,
        "sha256": source.plain.sha256,
        "bytes": source.file.bytes,
        "format": source.reader.id,
        "reader": source.version,
        "grain": source.reader.grain,
        "period_start": counts.start,
        "period_end": counts.end,
        "rows_read": counts.read,
        "loaded": counts.loaded,
        "duplicates": 0,
        "rejected": len(counts.refused),
        "ignored": counts.ignored.total(),
        "blank": counts.blank,
        "reasons": json.dumps(dict(sorted(reasons.items()))),
        "notes": json.dumps(list(_notes(source, counts))),
    }


def _notes(source: Source, counts: Counts) -> Iterator[str]:
    if source.sample.skip:
        yield f"{source.sample.skip} lines above the header of the table are left out"
    if counts.unmeasured:
        yield f"{counts.unmeasured} successful calls state no tokens: unknown, not counted as zero"
    if not source.reader.verified and source.reader.id != "mapped":
        yield "its layout is known from documentation only, not verified on a real file"
    records = source.sample.records
    if source.reader.rows and records and records[-1].get("has_more") is True:
        yield "its last page says that more pages follow: complete only if another file has them"
