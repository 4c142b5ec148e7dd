"""Stream the rows of a table into the database, a batch at a time; no text gets there."""

from __future__ import annotations

from bisect import bisect_right
from functools import reduce
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute as pc

from aiaudit import schema, text
from aiaudit.intake import direct
from aiaudit.intake.account import Counts
from aiaudit.intake.privacy import keep_texts, redacted
from aiaudit.intake.relation import relation
from aiaudit.intake.shape import CAUSES, TEXTS, shaped, times

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aiaudit.engine import Engine
    from aiaudit.intake.account import Source
    from aiaudit.intake.relation import Table

# Text is read in small batches and let go; what is kept of it is narrow and stored in large ones.
_BATCH_BYTES: Final = 1 << 24
_FEWEST: Final = 2048
_MOST: Final = 16_384
_STORED: Final = 32_768
_ASIDE: Final = frozenset(("ignored", "code", "detail", "unmeasured", "part", *TEXTS))
_HINTS: Final = ("tools", "has_schema", "prompt_chars")


def read(engine: Engine, sources: Sequence[Source], table: Table) -> list[Counts]:
    """Load every row that can be used; return for each source what became of its rows.

    Several sources are several small files of one reader, one after another in one table.
    """
    counts = [Counts() for _ in sources]
    reader = sources[0].reader
    reads = relation(table, reader.columns)
    given = _given(engine, f"WITH export AS ({reads}) {reader.select}")
    with_text = any(name in given for name in TEXTS)
    sql = shaped(reader, reads, given)
    # What waits for the text functions is memory, so texts are read by one thread.
    engine.work_on(0 if with_text else sum(source.plain.lines for source in sources))
    if not with_text and direct.fits(sources, table):
        return [direct.read(engine, sources[0], sql)]
    kept: list[pa.RecordBatch] = []
    done = 0
    for batch in engine.batches(sql, size=_size(sources)):
        rows = _numbered(batch, table, done)
        if with_text:
            keep_texts(engine, rows, sources)
            rows = _without_texts(rows)
        done += batch.num_rows
        loaded = _sorted_out(rows, table, counts)
        if loaded.num_rows:
            _count(loaded, sources[0], counts)
            kept.append(_row(loaded, sources))
        if sum(part.num_rows for part in kept) >= _STORED:
            _store(engine, sources[0], kept)
    _store(engine, sources[0], kept)
    _share(done, table, counts)
    return counts


def forget(engine: Engine, source: Source) -> None:
    """Remove the rows of a source again."""
    engine.run(f"DELETE FROM {source.target} WHERE source_id = $id", {"id": source.id})


def _size(sources: Sequence[Source]) -> int:
    """Return how many rows make a batch of text that is let go soon."""
    size = sum(source.file.bytes for source in sources)
    each = size // max(1, sum(source.plain.lines for source in sources))
    return min(_MOST, max(_FEWEST, _BATCH_BYTES // max(1, each)))


def _given(engine: Engine, sql: str) -> dict[str, str]:
    return {row["column_name"]: row["column_type"] for row in engine.rows(f"DESCRIBE {sql}")}


def _numbered(batch: pa.RecordBatch, table: Table, done: int) -> pa.RecordBatch:
    """Add the part that each row belongs to, and its number in that part, from 1."""
    if len(table.starts) == 1:
        batch = batch.append_column("part", pa.repeat(pa.scalar(0, pa.int32()), batch.num_rows))
        numbers = range(done + 1, done + batch.num_rows + 1)
        return batch.append_column("row", pa.array(numbers, pa.int64()))
    parts, rows = [], []
    place, end = done, done + batch.num_rows
    while place < end:
        part = bisect_right(table.starts, place) - 1
        stop = min([end, *table.starts[part + 1 : part + 2]])
        first = table.starts[part]
        parts.append(pa.repeat(pa.scalar(part, pa.int32()), stop - place))
        rows.append(pa.array(range(place - first + 1, stop - first + 1), pa.int64()))
        place = stop
    batch = batch.append_column("part", pa.concat_arrays(parts))
    return batch.append_column("row", pa.concat_arrays(rows))


def _sorted_out(batch: pa.RecordBatch, table: Table, counts: list[Counts]) -> pa.RecordBatch:
    """Return the rows to load; count the others with their reasons."""
    usable, ignored = pc.is_null(batch.column("code")), batch.column("ignored")
    wanted = pc.and_(usable, pc.is_null(ignored))
    if pc.all(wanted).as_py():
        return batch
    told = batch.select(["part", "row", "ignored", "code", "detail"])
    for row in told.filter(pc.and_(usable, pc.is_valid(ignored))).to_pylist():
        counts[row["part"]].ignored[row["ignored"]] += 1
    for row in told.filter(pc.invert(usable)).to_pylist():
        # A row that was refused before stands here without content: the first reason holds.
        place = table.starts[row["part"]] + row["row"]
        code = table.refused.get(place, row["code"])
        detail = f": {row['detail']}" if code == "bad counter" else ""
        counts[row["part"]].refused[row["row"]] = (code, CAUSES.get(code, code) + detail)
    return batch.filter(wanted)


def _count(loaded: pa.RecordBatch, source: Source, counts: list[Counts]) -> None:
    """Add the loaded rows, and the period that they cover, to their parts."""
    first, last = times(source.reader)
    wanted = [
        (first, "min"),
        (first, "max"),
        (last, "max"),
        ("unmeasured", "sum"),
        ("row", "count"),
    ]
    found = pa.Table.from_batches([loaded]).group_by("part").aggregate(wanted)
    for row in found.to_pylist():
        ends = [row[f"{first}_max"], row[f"{last}_max"]]
        counts[row["part"]].add(
            row["row_count"], row["unmeasured_sum"] or 0, row[f"{first}_min"],
            max(end for end in ends if end is not None),
        )  # fmt: skip


def _share(done: int, table: Table, counts: list[Counts]) -> None:
    """Tell every part how many rows it had."""
    for count, start, end in zip(counts, table.starts, (*table.starts[1:], done), strict=True):
        count.read = end - start


def _row(loaded: pa.RecordBatch, sources: Sequence[Source]) -> pa.RecordBatch:
    """Return the rows as they are stored, and what is still to be judged of their texts."""
    columns = {name: loaded.column(name) for name in loaded.schema.names if name not in _ASIDE}
    ids = pa.array([source.id for source in sources])
    columns["source_id"] = ids.take(loaded.column("part"))
    return pa.RecordBatch.from_pydict(redacted(columns, sources[0]))


def _without_texts(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Replace texts by what is kept of them; a row without any text or hint has nothing."""
    asked = batch.select([n for n in (*TEXTS, *_HINTS) if n in batch.schema.names])
    some = reduce(pc.or_, [pc.is_valid(column) for column in asked.columns])
    columns = {name: batch.column(name) for name in batch.schema.names if name not in TEXTS}
    every = pc.all(some).as_py()
    if pc.any(some).as_py():
        kept = text.looked(asked)
        for name in set(kept.column_names) - set(_HINTS):
            column = kept.column(name).combine_chunks()
            nothing = pa.scalar(None, column.type)
            columns[name] = column if every else pc.if_else(some, column, nothing)
    return pa.RecordBatch.from_pydict(columns)


def _judged(rows: pa.Table) -> pa.Table:
    """Return rows in which the excerpts have given way to the features of the texts."""
    if text.LOOK not in rows.column_names:
        return rows
    found = text.judged(rows)
    aside = {*text.ASIDE, *schema.TEXT_FEATURES}
    rows = rows.drop_columns([name for name in rows.column_names if name in aside])
    for name in schema.TEXT_FEATURES:
        rows = rows.append_column(name, found.column(name))
    return rows


def _store(engine: Engine, source: Source, kept: list[pa.RecordBatch]) -> None:
    """Append what is kept so far; columns without a value are left to the table."""
    if kept:
        rows = pa.concat_tables(
            [pa.Table.from_batches([part]) for part in kept], promote_options="default"
        )
        rows = _judged(rows)
        empty = [
            name for name in rows.schema.names if rows.column(name).null_count == rows.num_rows
        ]
        family = pa.repeat(source.reader.family, rows.num_rows)
        engine.append(source.target, rows.drop_columns(empty).append_column("family", family))
        kept.clear()
        del rows
        pa.default_memory_pool().release_unused()
