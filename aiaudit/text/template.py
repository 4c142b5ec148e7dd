"""The template of a call: what stays the same when the same program asks again."""

from __future__ import annotations

from typing import Final

import polars as pl

from aiaudit.text.masks import masked

# A system prompt tells its program by its beginning; what is filled in stands further down.
_SYSTEM: Final = 400
_HEAD: Final = 120
_TAIL: Final = 160

# "Classify this ticket: ..." goes before what is filled in; without a colon, first words count.
_LABEL: Final = r"^[^\n:?]{0,100}:(?:\s|$)"
_WORDS: Final = r"^\S+(?:[ \t]+\S+){0,7}"
# A last line that asks or announces, after a document, is the template's again.
_LAST_LINE: Final = r"\n[ \t]*([^\n]+)$"
_CLOSES: Final = (
    r"^(?i:summari[sz]e|classify|categori[sz]e|extract|translate|rewrite|paraphrase|write|draft"
    r"|compose|answer|explain|list|give|return|provide|identify|generate|create|respond|output"
    r"|decide|label|rate)\b|^.{1,60}:$"
)


def system_shape(text: pl.Expr) -> pl.Expr:
    """Return the masked beginning of a system prompt."""
    return masked(text.str.strip_chars().str.head(_SYSTEM)).fill_null("")


def prompt_shape(texts: pl.Series, *, bare: pl.Series) -> pl.Series:
    """Return what each prompt has in common with others of its template, masked.

    A bare prompt (no system prompt) is told by its first words, or by the last line when that is
    where it asks. Under a system prompt a free message adds nothing: only a label does.
    """
    text = pl.col("text").str.strip_chars()
    label = text.str.head(_HEAD).str.extract(_LABEL, 0).alias("shape")
    shapes = pl.DataFrame({"text": texts, "bare": bare}).with_row_index("at").with_columns(label)
    # The other patterns are slow, so they are looked for in bare prompts only.
    alone = shapes.filter("bare").select("at", _bare_shape(text).alias("told"))
    shapes = shapes.join(alone, on="at", how="left", maintain_order="left").select(
        pl.coalesce("told", "shape").alias("shape")
    )
    # A program opens its prompts in the same way: each opening is masked once.
    distinct = shapes.unique()
    told = distinct.with_columns(masked(pl.col("shape")).fill_null("").alias("masked"))
    return shapes.join(told, on="shape", how="left", nulls_equal=True, maintain_order="left")[
        "masked"
    ]


def _bare_shape(text: pl.Expr) -> pl.Expr:
    last = text.str.tail(_TAIL).str.extract(_LAST_LINE)
    closing = pl.when(last.str.contains(_CLOSES)).then(last)
    words = pl.when(closing.is_null()).then(text.str.head(_HEAD).str.extract(_WORDS, 0))
    opening = pl.coalesce("shape", words)
    return pl.concat_str([opening, closing], separator="\n", ignore_nulls=True)
