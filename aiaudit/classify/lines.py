"""Classify single requests, line by line of a file, as the audit would: `aiaudit classify`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyarrow as pa

from aiaudit import text
from aiaudit.classify.ladder import classify
from aiaudit.resources import statement
from aiaudit.schema import CALLS, table_sql
from aiaudit.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aiaudit.engine import Engine
    from aiaudit.pricing import Tiers

# A line says nothing of who served it: that is no reason to protect it, and not asked here.
_CALLS: Final = (
    "ALTER TABLE calls ADD COLUMN offering VARCHAR",
    "ALTER TABLE calls ADD COLUMN model VARCHAR",
    "ALTER TABLE calls ADD COLUMN origin VARCHAR",
)
_KEPT: Final = ("tools", "has_schema", "max_output_tokens", "input_uncached", "output", "operation")
_TEXTS: Final = ("system_text", "prompt_text")


def answers(engine: Engine, tiers: Tiers, batches: Iterable[pa.Table]) -> Iterator[str]:
    """Yield one JSON answer per line of the batches, in order; texts are read once and let go."""
    engine.run(table_sql("calls", CALLS))
    for change in _CALLS:
        engine.run(change)
    engine.run('CREATE TABLE submissions ("row" BIGINT, id JSON)')
    for batch in batches:
        _take(engine, batch)
    classify(engine, Settings(), tiers)
    for answered in engine.batches(statement("classified")):
        yield from answered.column("answer").to_pylist()


def _take(engine: Engine, lines: pa.Table) -> None:
    with engine.offered("lines", lines):
        engine.create("submitted", statement("submitted"))
    engine.run('INSERT INTO submissions SELECT "row", id FROM submitted')
    for batch in engine.batches('SELECT * EXCLUDE (id) FROM submitted ORDER BY "row"'):
        engine.append("calls", _call(batch))
    engine.run("DROP TABLE submitted")


def _call(batch: pa.RecordBatch) -> pa.Table:
    columns: dict[str, pa.Array | pa.ChunkedArray] = {name: batch.column(name) for name in _KEPT}
    seen = text.features(batch.select([*_TEXTS, *_KEPT[:3]]))
    columns |= {name: seen.column(name) for name in seen.schema.names}
    columns["call_id"] = batch.column("row")
    columns["origin"] = pa.array(["call"] * batch.num_rows, pa.string())
    return pa.table(columns)
