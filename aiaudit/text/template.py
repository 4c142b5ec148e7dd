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
_LABEL: Final = r"^[^\n:?]{0,100}:"
_WORDS: Final = r"^\S+(?:\s+\S+){0,7}"
# A sentence that closes a document demands or announces something: it is the template's again.
_CLOSING: Final = r"\n[ \t]*([A-Z][^\n]{1,140}[:?.])$"


def system_shape(text: pl.Expr) -> pl.Expr:
    """Return the masked beginning of a system prompt."""
    return masked(text.str.strip_chars().str.head(_SYSTEM)).fill_null("")


def prompt_shape(text: pl.Expr, *, bare: pl.Expr) -> pl.Expr:
    """Return what a prompt has in common with others of its template, masked.

    A bare prompt (no system prompt) is told by its first words; under a system prompt a free
    message adds nothing, and only a label or a closing sentence counts.
    """
    text = text.str.strip_chars()
    head = text.str.head(_HEAD)
    label = head.str.extract(_LABEL, 0)
    opening = pl.coalesce(label, pl.when(bare).then(head.str.extract(_WORDS, 0)))
    closing = text.str.tail(_TAIL).str.extract(_CLOSING)
    return masked(pl.concat_str([opening, closing], separator="\n", ignore_nulls=True))
