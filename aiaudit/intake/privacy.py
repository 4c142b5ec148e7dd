"""What of names and of texts is stored: names as words, and texts at all, when the user says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from aiaudit.intake.shape import TEXTS
from aiaudit.settings import REDACTED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aiaudit.engine import Engine
    from aiaudit.intake.account import Source
    from aiaudit.settings import Redaction

# The identity of a bucket or a charge is made of its dimensions, names among them.
_IDENTITY: Final = "natural_id"


def redacted(columns: dict[str, pa.Array], source: Source) -> dict[str, pa.Array]:
    """Return columns in which words stand for names; each name is looked at once."""
    redaction = source.redaction
    if redaction is None:
        return columns
    named = set(REDACTED) | (set() if source.reader.grain == "call" else {_IDENTITY})
    return {
        name: _words(name, column, redaction) if name in named else column
        for name, column in columns.items()
    }


def keep_texts(engine: Engine, rows: pa.RecordBatch, sources: Sequence[Source]) -> None:
    """Store the texts themselves, which only the user's explicit choice does."""
    if sources[0].keep_text:
        columns = {name: rows.column(name) for name in ("row", *TEXTS) if name in rows.schema.names}
        columns["source_id"] = pa.array([s.id for s in sources]).take(rows.column("part"))
        engine.append("kept.texts", pa.table(columns))


def _words(name: str, column: pa.Array, redaction: Redaction) -> Any:  # noqa: ANN401  # an array
    found = pc.dictionary_encode(column)
    words = [redaction.word(name, value) for value in found.dictionary.to_pylist()]
    return pa.array(words, pa.string()).take(found.indices)
