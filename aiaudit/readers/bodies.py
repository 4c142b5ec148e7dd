"""Request and response bodies inside an export: one way to read them, whoever logged them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiaudit.resources import statement
from aiaudit.usage import RAW_MEASURES, convention_sql, measures_sql, rate_class_sql

if TYPE_CHECKING:
    from collections.abc import Container


def requested(of: str) -> str:
    """Return a SELECT that turns the column `asked`, a request body, into texts and features."""
    return _over("requested", of)


def measured(of: str, *, given: Container[str] = ("requests", "images")) -> str:
    """Return a SELECT that turns the column `usage` into RAW measures, but those in `given`.

    `told` names the family where the export knows it, else NULL; `tier` becomes the rate class.
    """
    found = measures_sql("usage", "convention")
    raw = ", ".join(f"{found[name]} AS {name}" for name in RAW_MEASURES if name not in given)
    return (
        f"SELECT * EXCLUDE (usage, told, convention, tier), {rate_class_sql('tier')} AS rate_class,"
        f" {raw} FROM (SELECT *, {convention_sql('usage', 'told')} AS convention FROM ({of}\n))"
    )


def coded(of: str) -> str:
    """Return a SELECT that turns `code`, an HTTP status, and `failed` into status and error."""
    return _over("coded", of)


def labelled(of: str) -> str:
    """Return a SELECT that turns `labels` (JSON), `slug` and `caller` into who and what for."""
    return _over("labelled_by", of)


def exchanged(of: str) -> str:
    """Return the SELECT of calls over exchanges: see `answered.sql` for the columns of `of`.

    Beside them it has `stream`: the text of a response that came in events.
    """
    return requested(measured(_over("answered", _over("streamed", of))))


def _over(name: str, of: str) -> str:
    return statement(name).replace("FROM exchange", f"FROM ({of}\n)")
