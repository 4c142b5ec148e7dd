"""A value as it is written in a statement."""

from __future__ import annotations


def literal(value: object) -> str:
    """Return a value as a SQL literal."""
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "NULL"}[value]
    if isinstance(value, int):
        return str(value)
    return "'" + str(value).replace("'", "''") + "'"
