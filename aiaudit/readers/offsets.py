"""Times of traces that count from their own start, because they name no day."""

from __future__ import annotations


def moment_of(text: str, unit: int) -> str:
    """Return the SQL of a text as a time after the start of 1970, in units of so many microseconds.

    What is no number is handed on as a text, which intake refuses as a time.
    """
    return (
        f"CASE WHEN regexp_matches({text}, '^[0-9]{{1,12}}(\\.[0-9]+)?$') THEN strftime("
        f"make_timestamp(CAST(trunc(CAST({text} AS DECIMAL(28,6)) * {unit}) AS BIGINT)),"
        f" '%Y-%m-%d %H:%M:%S.%f') ELSE 'not a time ' || {text} END"
    )
