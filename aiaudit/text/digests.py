"""Digests of texts: the same text has the same digest on every machine and in every version."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Callable


def sha256(text: str) -> str:
    """Return the digest of a text in 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def short(text: str) -> str:
    """Return the first 16 digits of the digest: enough to tell templates apart."""
    return sha256(text)[:16]


def digested(texts: pl.Series, digest: Callable[[str], str]) -> pl.Series:
    """Return the digest of every text; one that repeats is digested once, one without has none."""
    distinct = texts.unique()
    if distinct.len() > texts.len() * 0.9:
        return pl.Series(texts.name, [digest(t) if t else None for t in texts], dtype=pl.String)
    digests = pl.Series([digest(text) if text else None for text in distinct], dtype=pl.String)
    return texts.replace_strict(distinct, digests, default=None)
