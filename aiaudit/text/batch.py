"""Turn the texts of a batch of calls into what is kept of them; the texts go no further."""

from __future__ import annotations

from typing import Any, Final

import polars as pl
import pyarrow as pa

from aiaudit import schema
from aiaudit.text.digests import digested, sha256, short
from aiaudit.text.script import letters, script
from aiaudit.text.structure import complexity, counts
from aiaudit.text.template import prompt_shape, system_shape
from aiaudit.text.verdict import together, verdict
from aiaudit.text.votes import votes

_INPUT: Final[dict[str, Any]] = {
    "system_text": pl.String(),
    "prompt_text": pl.String(),
    "tools": pl.Int64(),
    "has_schema": pl.Boolean(),
    "max_output_tokens": pl.Int64(),
}
_TYPES: Final = {
    "prompt_chars": pa.int64(),
    "system_chars": pa.int64(),
    "complexity": pa.int64(),
    "rule_share": pa.float64(),
}


def features(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return the columns of `schema.TEXT_FEATURES` for a batch of texts, row for row.

    Columns that the batch lacks count as null. The same texts give the same values everywhere.
    """
    frame = _frame(batch)
    # A program sends the same system prompt with every call: it is read once.
    systems = frame.select("system_text").unique(maintain_order=True)
    measured = _measured(systems["system_text"], frame["prompt_text"])
    system = frame.select("system_text").join(
        systems.hstack(_system(systems)).hstack(measured.head(systems.height)),
        on="system_text",
        how="left",
        nulls_equal=True,
        maintain_order="left",
    )
    request = together(system.select(measured.columns), measured.slice(systems.height))
    told = request.hstack(frame.select("tools", "has_schema")).select(script(), complexity())
    judged = told.hstack(verdict(request, told["language"]))
    return _record_batch(_identity(frame, system).hstack(judged))


def _measured(systems: pl.Series, prompts: pl.Series) -> pl.DataFrame:
    """Return what can be counted in each text, and its votes; a null text counts as nothing."""
    texts = pl.concat([systems.rename("text"), prompts.rename("text")])
    is_system = pl.Series([True]).new_from_index(0, systems.len())
    is_system = is_system.extend(pl.Series([False]).new_from_index(0, prompts.len()))
    measured = texts.to_frame().select(letters(pl.col("text"))).hstack(counts(texts))
    return measured.with_columns(pl.all().fill_null(0)).hstack(votes(texts, is_system))


def _system(systems: pl.DataFrame) -> pl.DataFrame:
    text = pl.col("system_text")
    return systems.select(
        system_shape(text).alias("system_shape"), text.str.len_chars().alias("system_chars")
    ).with_columns(digested(systems["system_text"], sha256).alias("system_sha256"))


def _identity(frame: pl.DataFrame, system: pl.DataFrame) -> pl.DataFrame:
    prompt = pl.col("prompt_text")
    bare = pl.col("system_shape") == ""
    shapes = frame.hstack(system.select("system_shape")).select(
        (pl.col("system_shape") + pl.lit("\n\n") + prompt_shape(prompt, bare=bare)).alias("shape"),
        prompt.str.len_chars().alias("prompt_chars"),
    )
    shape = shapes["shape"].str.to_lowercase().str.strip_chars()
    return system.select("system_sha256", "system_chars").with_columns(
        shapes["prompt_chars"],
        digested(shape, short).alias("template_id"),
    )


def _frame(batch: pa.RecordBatch) -> pl.DataFrame:
    given = pl.DataFrame(pl.from_arrow(batch))
    absent = [pl.lit(None).alias(name) for name in _INPUT if name not in given.columns]
    return given.with_columns(absent).select(
        pl.col(name).cast(type_) for name, type_ in _INPUT.items()
    )


def _record_batch(frame: pl.DataFrame) -> pa.RecordBatch:
    table = frame.select(schema.TEXT_FEATURES).to_arrow()
    arrays = [
        table[name].combine_chunks().cast(_TYPES.get(name, pa.string()))
        for name in schema.TEXT_FEATURES
    ]
    return pa.RecordBatch.from_arrays(arrays, names=list(schema.TEXT_FEATURES))
