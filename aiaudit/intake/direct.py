"""Take a large table without texts into the database as it is: its rows never leave the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiaudit.engine import literal
from aiaudit.intake.account import Counts
from aiaudit.intake.shape import CAUSES, times

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aiaudit.engine import Engine
    from aiaudit.intake.account import Source
    from aiaudit.intake.relation import Table

# To plan the statements takes as long as to stream some thousand rows.
_WORTH: Final = 20_000
_BESIDE: Final = ("code", "detail", "ignored", "unmeasured")


def fits(sources: Sequence[Source], table: Table) -> bool:
    """Return whether a table may stay in the engine: one large file, of which nothing is hidden."""
    source = sources[0]
    return (
        len(sources) == 1
        and source.plain.lines >= _WORTH
        and not table.refused
        and source.redaction is None
    )


def read(engine: Engine, source: Source, shaped: str) -> Counts:
    """Load every row that can be used; return what became of all rows."""
    numbered = f'(SELECT *, row_number() OVER () AS "row" FROM ({shaped}))'
    given = {row["column_name"] for row in engine.rows(f"DESCRIBE {shaped}")} - {"source_id"}
    listed = ", ".join(f'"{name}"' for name in engine.columns(source.target) if name in given)
    family, at = literal(source.reader.family), literal(source.id)
    engine.run(
        f'INSERT INTO {source.target} BY NAME SELECT {listed}, "row", {at} AS source_id,'
        f" {family} AS family FROM {numbered} WHERE code IS NULL AND ignored IS NULL"
    )
    first, last = times(source.reader)
    found = engine.rows(
        f'SELECT count(*) AS loaded, max("row") AS top, min({first}) AS start,'
        f" max(greatest({first}, {last})) AS finish FROM {source.target} WHERE source_id = {at}"
    )[0]
    counts = Counts(read=found["loaded"], loaded=found["loaded"])
    counts.start, counts.end = found["start"], found["finish"]
    if source.reader.grain == "call" or not _is_whole(source, found["loaded"], found["top"]):
        _tell(engine, numbered, counts)
    return counts


def _is_whole(source: Source, loaded: int, top: int | None) -> bool:
    """Return whether every line of the file is a row that was loaded."""
    header = source.sample.kind == "table"
    return loaded == top == source.plain.lines - header


def _tell(engine: Engine, numbered: str, counts: Counts) -> None:
    """Count all rows, and those that were not loaded with their reasons."""
    kept = f'SELECT "row", {", ".join(_BESIDE)} FROM {numbered}'
    engine.run(f"CREATE OR REPLACE TEMP TABLE beside AS {kept}")
    totals = engine.rows(
        "SELECT count(*) AS n, count(*) FILTER (WHERE unmeasured AND code IS NULL"
        " AND ignored IS NULL) AS unmeasured FROM beside"
    )[0]
    counts.read, counts.unmeasured = totals["n"], totals["unmeasured"]
    for row in engine.rows(
        "SELECT ignored, count(*) AS n FROM beside WHERE code IS NULL AND ignored IS NOT NULL"
        " GROUP BY ignored ORDER BY ignored"
    ):
        counts.ignored[row["ignored"]] += row["n"]
    for row in engine.rows(
        'SELECT "row", code, detail FROM beside WHERE code IS NOT NULL ORDER BY "row"'
    ):
        code: str = row["code"]
        detail = f": {row['detail']}" if code == "bad counter" else ""
        counts.refused[row["row"]] = (code, CAUSES.get(code, code) + detail)
    engine.run("DROP TABLE beside")
