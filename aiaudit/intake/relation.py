"""The relation that a reader selects from: every column as text or JSON, whatever the container."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from aiaudit.engine import literal
from aiaudit.intake.numerals import plain_sql

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from aiaudit.intake.numerals import Style

_ROOM: Final = 1 << 21
_ROOM_QUOTED: Final = 1 << 24
_NONE: Final = "no such name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A plain file, opened as rows; `names` are its columns as they are spelled in it.

    `refused` are the rows that cannot be read, with the code of the reason; each of them still
    stands in the file, as a row without content.
    """

    path: Path
    kind: Literal["lines", "table", "parquet"]
    names: tuple[str, ...]
    separator: str = ""
    parallel: bool = True
    longest: int = 0
    written: Style = "point"  # how its numbers are written
    own_lines: bool = False  # the lines are those of the export, so a bad one can be explained
    refused: Mapping[int, str] = field(default_factory=dict)
    starts: tuple[int, ...] = (0,)  # where each of the files in it begins
    further: tuple[Path, ...] = ()  # files of lines that are read after the first


def relation(table: Table, columns: Mapping[str, str]) -> str:
    """Return a SELECT that gives each of `columns`, NULL where the file has none of that name."""
    spelled = {name: _spelling(name, table.names) for name in columns}
    if table.kind == "lines":
        # A key may come later than the first records: it is asked for under its own name.
        spelled = {name: at or name for name, at in spelled.items()}
    read = {"lines": _lines, "table": _table, "parquet": _parquet}[table.kind]
    source, places = read(table, {n: columns[n] for n, at in spelled.items() if at}, spelled)
    shown = ", ".join(
        f"{_as(places[name], kind) if name in places else f'CAST(NULL AS {kind})'} AS {_id(name)}"
        for name, kind in columns.items()
    )
    return f"SELECT {shown} FROM {source}"


def _spelling(name: str, names: tuple[str, ...]) -> str | None:
    """Return how a column is spelled in the file: exactly so, or else in other letters."""
    if name in names:
        return name
    return next((found for found in names if found.lower() == name.lower()), None)


def _lines(
    table: Table, columns: Mapping[str, str], spelled: Mapping[str, str | None]
) -> tuple[str, dict[str, str]]:
    # Twice the longest line, because the engine wants room for two.
    kinds = {spelled[name]: kind for name, kind in columns.items()}
    # A single JSON column would be read as the whole record, so there is always a second one.
    listed = ", ".join(
        f"{literal(at)}: '{kind}'" for at, kind in (kinds | {_NONE: "VARCHAR"}).items()
    )
    room = max(1 << 24, 2 * table.longest)
    files = ", ".join(map(literal, (table.path, *table.further)))
    source = (
        f"read_json([{files}], format = 'newline_delimited', columns = {{{listed}}},"
        f" ignore_errors = true, compression = 'none', maximum_object_size = {room})"
    )
    return source, {name: _id(spelled[name] or "") for name in columns}


def _table(
    table: Table, columns: Mapping[str, str], spelled: Mapping[str, str | None]
) -> tuple[str, dict[str, str]]:
    listed = ", ".join(f"'c{at}': 'VARCHAR'" for at in range(len(table.names)))
    # The engine sets aside several times the room of a line. A record in quotation marks may take
    # many lines; one that is larger is missed, and then read the slow way.
    room = max(_ROOM if table.parallel else _ROOM_QUOTED, 2 * table.longest)
    source = (
        f"read_csv({literal(table.path)}, delim = {literal(table.separator)}, quote = '\"',"
        f" escape = '\"', header = false, skip = 1, auto_detect = false, columns = {{{listed}}},"
        f" ignore_errors = true, compression = 'none', max_line_size = {room},"
        f" parallel = {literal(table.parallel)})"
    )
    places = {name: f"c{table.names.index(spelled[name] or '')}" for name in columns}
    return source, {
        name: plain_sql(at, table.written) if columns[name] == "VARCHAR" else _text(at)
        for name, at in places.items()
    }


def _parquet(
    table: Table, columns: Mapping[str, str], spelled: Mapping[str, str | None]
) -> tuple[str, dict[str, str]]:
    places = {name: _id(spelled[name] or "") for name in columns}
    return f"read_parquet({literal(table.path)})", {
        name: f"CAST({at} AS VARCHAR)" if columns[name] == "VARCHAR" else f"to_json({at})"
        for name, at in places.items()
    }


def _text(column: str) -> str:
    """Return a cell as JSON, where it is."""
    return f"CASE WHEN json_valid({column}) THEN {column}::JSON END"


def _as(column: str, kind: str) -> str:
    """Return a column as its reader wants it: JSON inside a JSON string is unpacked once."""
    if kind == "VARCHAR":
        return column
    inner = f"json_extract_string({column}, '$')"
    return (
        f"CASE WHEN starts_with({column}, '\"') AND left(ltrim({inner}), 1) IN ('{{', '[')"
        f" AND json_valid({inner}) THEN CAST({inner} AS JSON) ELSE {column} END"
    )


def _id(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
