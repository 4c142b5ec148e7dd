"""Turn the texts of a batch of calls into what is kept of them; the texts go no further."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import polars as pl

from aiaudit import schema
from aiaudit.text.digests import digested, sha256, short
from aiaudit.text.excerpt import SYSTEM_HEAD, excerpt, plain
from aiaudit.text.script import letters, script
from aiaudit.text.structure import PARTS, complexity
from aiaudit.text.tasks import TASKS
from aiaudit.text.template import prompt_shape, system_shape
from aiaudit.text.verdict import together, verdict
from aiaudit.text.votes import votes

if TYPE_CHECKING:
    import pyarrow as pa

_INPUT: Final[dict[str, Any]] = {
    "system_text": pl.String(),
    "prompt_text": pl.String(),
    "prompt_chars": pl.Int64(),
    "tools": pl.Int64(),
    "has_schema": pl.Boolean(),
}
LOOK: Final = "excerpt"
# A prompt of fewer characters is short.
_SHORT: Final = 260
# What a system prompt adds to each task and to each part of the structure, beside the prompt.
_OF_SYSTEM: Final = {name: f"system {name}" for name in (*TASKS, *PARTS)}
# What `judged` needs of `looked` and nobody else.
ASIDE: Final = (LOOK, *_OF_SYSTEM.values())


def features(batch: pa.RecordBatch) -> pa.Table:
    """Return the columns of `schema.TEXT_FEATURES` for a batch of texts, row for row.

    Columns that the batch lacks count as null. The same texts give the same values everywhere.
    """
    return judged(looked(batch))


def looked(batch: pa.RecordBatch) -> pa.Table:
    """Return what is kept of a batch of texts, and the excerpts that `judged` still needs.

    Long texts are let go here; excerpts are short enough to be judged many at a time. A prompt may
    come as its excerpt already, with its length in `prompt_chars`.
    """
    frame = _frame(batch)
    # A program sends the same system prompt with every call: it is read once.
    systems = frame.select("system_text").unique(maintain_order=True)
    system = frame.select("system_text").join(
        systems.hstack(_system(systems["system_text"])),
        on="system_text", how="left", nulls_equal=True, maintain_order="left",
    )  # fmt: skip
    prompt = frame.select(letters(pl.col("prompt_text"))).fill_null(0)
    counts = system.select(prompt.columns) + prompt
    kept = system.select("system_sha256", "system_chars").hstack(
        frame.select("prompt_chars", "tools", "has_schema", plain(frame["prompt_text"]).alias(LOOK))
    )
    return (
        kept.with_columns(_template(frame["prompt_text"], system["system_shape"]))
        .hstack(counts.select(script()))
        .hstack(system.select(_OF_SYSTEM.values()))
        .to_arrow()
    )


def judged(kept: pa.Table) -> pa.Table:
    """Return the columns of `schema.TEXT_FEATURES` for what `looked` kept, row for row."""
    frame = pl.DataFrame(pl.from_arrow(kept))
    system = frame.select(pl.col(name).alias(what) for what, name in _OF_SYSTEM.items())
    short = pl.col("prompt_chars") < _SHORT
    prompt = votes(_seen(frame.select(pl.col(LOOK).alias("any"), short.alias("is_short"))))
    found = verdict(
        together(system.select(TASKS), prompt.select(TASKS).fill_null(0)), frame["language"]
    )
    parts = system.select(PARTS) + prompt.select(PARTS).fill_null(0)
    chars = pl.sum_horizontal("system_chars", "prompt_chars").alias("chars")
    asked = frame.select(chars, "tools", "has_schema").hstack(parts)
    return (
        frame.hstack(found)
        .hstack(asked.select(complexity()))
        .select(schema.TEXT_FEATURES)
        .to_arrow()
    )


def _seen(texts: pl.DataFrame, *, system: bool = False) -> pl.DataFrame:
    return texts.with_columns(pl.lit(system).alias("is_system"))


def _system(texts: pl.Series) -> pl.DataFrame:
    """Return what is kept of system prompts; one that is absent counts as nothing."""
    text = pl.col("system_text")
    ends = texts.to_frame().select(excerpt(text, SYSTEM_HEAD))
    look = pl.DataFrame(
        {"any": plain(ends["system_text"]), "is_short": texts.str.len_chars() < _SHORT}
    )
    counts = ends.select(letters(text)).hstack(votes(_seen(look, system=True)).rename(_OF_SYSTEM))
    return (
        texts.to_frame()
        .select(
            system_shape(text).alias("system_shape"), text.str.len_chars().alias("system_chars")
        )
        .with_columns(digested(texts, sha256).alias("system_sha256"))
        .hstack(counts.fill_null(0))
    )


def _template(prompt: pl.Series, system_shape: pl.Series) -> pl.Series:
    """Return the digest of the shape of each request."""
    shapes = prompt_shape(prompt, bare=system_shape == "")
    shape = (system_shape + "\n\n" + shapes).str.to_lowercase().str.strip_chars()
    return digested(shape.alias("template_id"), short)


def _frame(batch: pa.RecordBatch) -> pl.DataFrame:
    given = pl.DataFrame(pl.from_arrow(batch))
    absent = [pl.lit(None).alias(name) for name in _INPUT if name not in given.columns]
    frame = given.with_columns(absent).select(
        pl.col(name).cast(type_) for name, type_ in _INPUT.items()
    )
    text = pl.col("prompt_text")
    return frame.with_columns(
        excerpt(text), pl.coalesce("prompt_chars", text.str.len_chars().cast(pl.Int64))
    )
