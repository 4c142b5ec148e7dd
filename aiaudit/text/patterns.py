"""From the words of the rules to regular expressions that are quick to look for.

The engine looks for a dozen words at once as fast as for one; beyond that, or with a single letter
among them, it becomes ten times slower. So alternatives are looked for a few at a time, and a long
pattern only where one of its first words occurs. Texts are ASCII here, and so are all classes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aiaudit.text.rules import Ask

_AT_ONCE: Final = 10
# Before a verb that asks for something: a new line or a mark, or one of these words.
BEGINS: Final = (
    r"(?:\n[ \t>*#('0-9.)-]*|[.!?:;,][ \n('-]+"
    r"|\b(?:please|to|and|then|you|you'll|will|must|should|help me|kindly|that|who|can|now) )"
)
_SAME_CLAUSE: Final = "[a-z0-9 ,'/()<>_&\"-]*?"
_PLAIN: Final = re.compile(r"[a-z0-9 ,'/?:-]+")
_BUT: Final = re.compile(r"\[\^((?:\\.|[^\]])*)\]")


def asked(text: pl.Expr, asks: Sequence[Ask]) -> pl.Expr:
    """Return whether a clause of a text begins with a verb of one of the asks, and so goes on."""
    verbs = sorted({verb for ask in asks for verb in ask.verbs})
    clauses = (
        rf"(?:{'|'.join(ask.verbs)})\b" + (f" ?{ask.follows}" if ask.follows else "")
        for ask in asks
    )
    clause = compiled(f"{BEGINS}(?:{'|'.join(clauses)})")
    return only(anywhere(text, verbs), text).str.contains(clause)


def anywhere(text: pl.Expr, words: Sequence[str]) -> pl.Expr:
    """Return whether one of the words occurs, as a whole word, in a text."""
    plain = [word for word in words if _PLAIN.fullmatch(word)]
    lines = [word for word in words if word.startswith(r"\n")]
    others = [word for word in words if word not in plain and word not in lines]
    found = [
        text.str.contains(compiled("|".join(_whole(word) for word in some[at : at + _AT_ONCE])))
        for some in (plain, lines, others)
        for at in range(0, len(some), _AT_ONCE)
    ]
    return found[0] if len(found) == 1 else pl.any_horizontal(found)


def only(where: pl.Expr, text: pl.Expr) -> pl.Expr:
    """Return a text where the condition holds, and nothing to search elsewhere."""
    # Null would not do: the engine searches the text beneath a null.
    return pl.when(where).then(text).otherwise(pl.lit(""))


def compiled(pattern: str) -> str:
    """Return a pattern with `...` written out, and with ASCII classes, which are far smaller."""
    pattern = pattern.replace("...", _SAME_CLAUSE)
    pattern = pattern.replace(r"\w", "[a-z0-9_]").replace(r"\d", "[0-9]").replace(r"\s", r"[ \n\t]")
    return _BUT.sub(r"[[:ascii:]&&[^\1]]", pattern.replace(r"\b", r"(?-u:\b)"))


def _whole(word: str) -> str:
    before = r"\b" if word[0].isalnum() or word[0] == "(" else ""
    after = r"\b" if word[-1].isalnum() or word.endswith((")", "s?", "e?")) else ""
    return before + word + after
