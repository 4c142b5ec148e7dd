"""The part of a text that is read: its beginning and end, where a request says what it wants."""

from __future__ import annotations

from typing import Final

import polars as pl

# In characters; a system prompt says more, and says it first.
_HEAD: Final = 280
SYSTEM_HEAD: Final = 740
_TAIL: Final = 160
_BLANK: Final = " \t\n\v\f\r"
# An id or an amount says nothing of the work; without it the same request looks the same.
_LONG_NUMBER: Final = r"[0-9]{3,}"
_FOREIGN: Final = r"[^\x00-\x7F]"
_QUOTE: Final = r"[\"“][^\"”\n]{2,}[\"”]"


def excerpt(text: pl.Expr, head: int = _HEAD) -> pl.Expr:
    """Return the beginning and the end of a text, stripped; an excerpt of an excerpt is itself."""
    text = text.str.strip_chars(_BLANK)
    ends = pl.concat_str([text.str.head(head), text.str.tail(_TAIL)], separator="\n")
    return pl.when(text.str.len_chars() > head + _TAIL).then(ends).otherwise(text)


def excerpt_sql(text: str) -> str:
    """Return the SQL of the same excerpt of a prompt, so that the rest never leaves the reader."""
    blank = [f"chr({ord(character)})" for character in _BLANK]
    outside = " OR ".join(
        f"starts_with({text}, {one}) OR ends_with({text}, {one})" for one in blank
    )
    # Stripping reads the whole text twice, so it is done only where there is something to strip.
    bare = f"CASE WHEN {outside} THEN trim({text}, {' || '.join(blank)}) ELSE {text} END"
    ends = f"concat(substr({bare}, 1, {_HEAD}), chr(10), substr({bare}, -{_TAIL}))"
    return f"CASE WHEN length({bare}) > {_HEAD + _TAIL} THEN {ends} ELSE {bare} END"


def plain(excerpts: pl.Series) -> pl.Series:
    """Return excerpts in lower-case ASCII, after a new line; quotations in them are blanked."""
    text = pl.col("text")
    lower = (
        excerpts.alias("text")
        .to_frame()
        .select(text.str.to_lowercase().str.replace_all(_QUOTE, '"_"'))
    )
    # Most texts are ASCII already, and to find that out is far cheaper than to look for the rest.
    foreign = lower["text"].str.len_bytes() > lower["text"].str.len_chars()
    if foreign.any():
        lower = lower.with_row_index("at")
        ours = lower.filter(foreign).with_columns(
            text.str.replace_all("\u2019", "'", literal=True).str.replace_all(_FOREIGN, "_")
        )
        lower = lower.update(ours, on="at")
    plainly = pl.lit("\n") + text.str.replace_all(_LONG_NUMBER, "000")
    return lower.select(plainly.alias("plain"))["plain"]
