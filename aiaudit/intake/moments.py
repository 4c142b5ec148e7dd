"""Times as exports write them: a date with or without a zone, or seconds since 1970."""

from __future__ import annotations

from typing import Final

# A time far from ours is a mistake, and no calendar that we use could hold it.
_DATED: Final = r"^\s*(19[7-9][0-9]|2[01][0-9]{2})-[0-9]{1,2}-[0-9]{1,2}[^(]*$"
# An epoch tells its unit by its digits: seconds, milliseconds, microseconds.
_EPOCHS: Final = {"9,10": 1_000_000, "12,13": 1_000, "15,16": 1}


def moment(text: str) -> str:
    """Return the SQL of a text as a time in UTC: ISO, with or without a zone, or an epoch."""
    epochs = " ".join(
        f"WHEN regexp_matches({text}, '^[0-9]{{{digits}}}(\\.[0-9]+)?$') THEN make_timestamp("
        f"TRY_CAST(trunc(TRY_CAST({text} AS DECIMAL(28,6)) * {factor}) AS BIGINT))"
        for digits, factor in _EPOCHS.items()
    )
    return (
        f"CASE WHEN regexp_matches({text}, '{_DATED}')"
        f" THEN timezone('UTC', TRY_CAST({text} AS TIMESTAMPTZ)) {epochs} END"
    )
