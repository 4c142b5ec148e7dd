"""Masks: names, numbers and quotations become placeholders, so that a template shows through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import polars as pl

# In this order: what holds digits or capitals is masked before digits and capitals are.
_MASKS: Final = (
    (r"https?://[^ \t\r\n<>\")]+|www\.[^ \t\r\n<>\")]+", "<url>"),
    (r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}", "<email>"),
    (r'"[^"\n]{1,200}"|“[^”\n]{1,200}”|`[^`\n]{1,200}`', "<quote>"),
    (r"[A-Za-z]*[-_#/]?[0-9][A-Za-z0-9_.,:/#-]*", "<number>"),
    (r"\b(?i:(hi|hello|hey|dear|regards|sincerely))\b([ ,]+)[A-Z][\p{L}'\x{2019}-]+", "$1$2<name>"),
    (r"([ (])[A-Z][\p{L}'\x{2019}-]*(?: [A-Z][\p{L}'\x{2019}-]*)*", "$1<name>"),
)


def masked(text: pl.Expr) -> pl.Expr:
    """Return a text with addresses, quotations, numbers, ids and names replaced."""
    for pattern, placeholder in _MASKS:
        text = text.str.replace_all(pattern, placeholder)
    return text
