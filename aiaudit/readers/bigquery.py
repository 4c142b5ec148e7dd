"""Rows of a BigQuery table as they are saved: plain objects, or cells beside a schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.readers.reader import Export


def names(record: Export) -> frozenset[str]:
    """Return the columns of the rows that a record holds, in lower case."""
    fields = _fields(record)
    found = [field.get("name") for field in fields] if _is_envelope(record) else list(record)
    return frozenset(str(name).lower() for name in found)


def rows(record: Export) -> Iterator[Export]:
    """Yield each row of a record: of an envelope its cells by name, otherwise the record itself."""
    if not _is_envelope(record):
        yield record
        return
    for row in record["rows"]:
        yield _row(row, _fields(record))


def _is_envelope(record: Export) -> bool:
    return isinstance(record.get("schema"), dict) and isinstance(record.get("rows"), list)


def _fields(record: Export) -> list[Export]:
    schema = record.get("schema")
    found = schema.get("fields") if isinstance(schema, dict) else None
    return [f for f in found if isinstance(f, dict)] if isinstance(found, list) else []


def _row(row: object, fields: list[Export]) -> Export:
    cells = row.get("f") if isinstance(row, dict) else None
    if not isinstance(cells, list):
        return {}
    pairs = zip(fields, cells, strict=False)
    return {str(field.get("name")): _value(_v(cell), field) for field, cell in pairs}


def _v(cell: object) -> object:
    return cell.get("v") if isinstance(cell, dict) else None


def _value(value: Any, field: Export) -> Any:  # noqa: ANN401  # whatever JSON holds
    if isinstance(value, list):
        return [_value(_v(one), field) for one in value]
    inner = field.get("fields")
    if isinstance(inner, list):
        return _row(value, [f for f in inner if isinstance(f, dict)])
    return value
