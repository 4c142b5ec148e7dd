"""Which script a text is written in: hand-written rules can read only the Latin one."""

from __future__ import annotations

import polars as pl

# Enough to tell the script, and cheap for long documents.
_LOOK_AT = 500
_FOREIGN = r"[\p{L}--\p{Latin}]"


def letters(text: pl.Expr) -> list[pl.Expr]:
    """Return how many characters were looked at, whether one is a letter, how many not Latin."""
    head = text.str.head(_LOOK_AT)
    beyond_ascii = pl.when(head.str.len_bytes() > head.str.len_chars()).then(head)
    return [
        head.str.len_chars().cast(pl.Int64).alias("looked_at"),
        head.str.contains(r"[A-Za-z]|\p{L}").cast(pl.Int64).alias("has_letters"),
        beyond_ascii.str.count_matches(_FOREIGN).cast(pl.Int64).alias("foreign"),
    ]


def script() -> pl.Expr:
    """Return `other` when a third of the characters are letters of another script than Latin.

    `none` when there is no letter at all; a third, because such scripts need fewer characters.
    """
    return (
        pl.when(pl.col("has_letters") == 0)
        .then(pl.lit("none"))
        .when(pl.col("foreign") * 3 > pl.col("looked_at"))
        .then(pl.lit("other"))
        .otherwise(pl.lit("latin"))
        .alias("language")
    )
