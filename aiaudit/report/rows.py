"""Rows of an audit's tables; a column that an older audit has not got is a blank."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aiaudit.ledger import Audit


class Record(dict[str, Any]):
    """A row by column name."""

    def __missing__(self, column: str) -> None:
        """Return nothing for a column that the table has not got."""
        return


def records(audit: Audit, name: str) -> list[Record]:
    """Return the rows of a table; none when the audit has no such table."""
    table = audit.tables.get(name)
    return [Record(row) for row in table.records()] if table else []
