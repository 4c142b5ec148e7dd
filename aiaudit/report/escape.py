"""Make hostile text inert, by destination: HTML and SVG, Markdown, terminal."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby
from typing import TYPE_CHECKING, Final

from aiaudit.report.words import Name

if TYPE_CHECKING:
    from aiaudit.report.words import Piece, Words

LIMIT: Final = 400
_MARKDOWN_LIMIT: Final = 80
_MARKS: Final = 3  # accents on one letter beyond which text would cover the lines around it
_PLAIN: Final = re.compile(r"[A-Za-z0-9 ,.;:()'%$/+&\u2013\u2212-]*")
_LINK: Final = re.compile(r"://|www\.|\.[a-z]{2,}/", re.IGNORECASE)
_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>|#~@&!])")


def clean(text: str, limit: int = LIMIT) -> str:
    """Return text on one line without control, format and surrogate characters, cut at `limit`.

    Format characters are those that nobody sees: bidirectional overrides, zero widths, tags.
    """
    kept = [_character(c) for c in unicodedata.normalize("NFC", text[: limit * 8])]
    folded = " ".join("".join(kept).split())
    folded = "".join(_bounded(folded))
    return folded if len(folded) <= limit else folded[: limit - 1].rstrip() + "…"


def _character(c: str) -> str:
    if c.isspace():
        return " "
    category = unicodedata.category(c)
    if category == "Cs":
        return "\ufffd"
    return "" if category in {"Cc", "Cf", "Cn", "Zl", "Zp"} else c


def _bounded(text: str) -> list[str]:
    groups = groupby(text, key=lambda c: unicodedata.category(c) in {"Mn", "Me"})
    return ["".join(list(run)[:_MARKS] if marks else run) for marks, run in groups]


def spoken(words: Words, limit: int = LIMIT) -> str:
    """Return a sentence as one clean string, for charts and the terminal."""
    return "".join(p if isinstance(p, str) else clean(p.text, limit) or "no name" for p in words)


def markdown(words: Words) -> str:
    """Return a sentence as Markdown in which no foreign word can be markup or a link."""
    return "".join(_markdown(piece) for piece in words)


def _markdown(piece: Piece) -> str:
    if isinstance(piece, str):
        return _SPECIAL.sub(r"\\\1", piece)
    if isinstance(piece, Name):
        return code_span(piece.text)
    text = clean(piece.text)
    if _PLAIN.fullmatch(text) and not _LINK.search(text):
        return _SPECIAL.sub(r"\\\1", text)
    return code_span(piece.text, LIMIT)


def code_span(text: str, limit: int = _MARKDOWN_LIMIT) -> str:
    """Return text as a code span: fenced longer than any run of backticks, pipes escaped."""
    cleaned = clean(text, limit) or "no name"
    longest = max((len(run) for run in re.findall("`+", cleaned)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if cleaned.startswith("`") or cleaned.endswith("`") else ""
    return f"{fence}{pad}{cleaned}{pad}{fence}".replace("|", r"\|")
