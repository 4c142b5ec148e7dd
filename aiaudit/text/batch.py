"""Turn the texts of a batch of calls into what is kept of them; the texts go no further."""

from __future__ import annotations

from typing import Any, Final

import polars as pl
import pyarrow as pa

from aiaudit import schema
from aiaudit.text.digests import digested, sha256, short
from aiaudit.text.script import letters, script
from aiaudit.text.structure import complexity, counts
from aiaudit.text.tasks import TASKS
from aiaudit.text.template import prompt_shape, system_shape
from aiaudit.text.verdict import together, verdict
from aiaudit.text.votes import looks, votes

_INPUT: Final[dict[str, Any]] = {
    "system_text": pl.String(),
    "prompt_text": pl.String(),
    "tools": pl.Int64(),
    "has_schema": pl.Boolean(),
    "max_output_tokens": pl.Int64(),
}
LOOK: Final = "excerpt"
# The points that a system prompt gives to each task, beside those of the prompt.
_OF_SYSTEM: Final = {task: f"system {task}" for task in TASKS}
_STRINGS: Final = ("system_sha256", "template_id", "language", "rule_task", "rule_family", LOOK)
_TYPES: Final = dict.fromkeys(_STRINGS, pa.string()) | {
    "prompt_chars": pa.int64(),
    "system_chars": pa.int64(),
    "complexity": pa.int64(),
    "rule_share": pa.float64(),
}


def features(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return the columns of `schema.TEXT_FEATURES` for a batch of texts, row for row.

    Columns that the batch lacks count as null. The same texts give the same values everywhere.
    """
    return judged(looked(batch))


def looked(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return what is kept of a batch of texts, and the excerpts that `judged` still needs.

    Long texts are let go here; excerpts are short enough to be judged many at a time.
    """
    frame = _frame(batch)
    # A program sends the same system prompt with every call: it is read once.
    systems = frame.select("system_text").unique(maintain_order=True)
    read = systems.hstack(_system(systems)).hstack(_measured(systems["system_text"]))
    points = votes(looks(systems["system_text"], system=True)).rename(_OF_SYSTEM)
    system = frame.select("system_text").join(
        read.hstack(points), on="system_text", how="left", nulls_equal=True, maintain_order="left"
    )
    prompt = _measured(frame["prompt_text"])
    request = system.select(prompt.columns) + prompt
    told = request.hstack(frame.select("tools", "has_schema")).select(script(), complexity())
    excerpt = looks(frame["prompt_text"], system=False).select(
        pl.col("any").alias(LOOK), "is_short"
    )
    kept = _identity(frame, system).hstack(told).hstack(excerpt)
    return _record_batch(kept.hstack(system.select(_OF_SYSTEM.values())))


def judged(kept: pa.RecordBatch | pa.Table) -> pa.RecordBatch:
    """Return the columns of `schema.TEXT_FEATURES` for what `looked` kept, row for row."""
    frame = pl.DataFrame(pl.from_arrow(kept))
    system = frame.select(pl.col(name).alias(task) for task, name in _OF_SYSTEM.items())
    seen = frame.select(
        pl.col(LOOK).alias("any"), "is_short", pl.lit(value=False).alias("is_system")
    )
    found = verdict(together(system, votes(seen)), frame["language"])
    return _record_batch(frame.hstack(found).select(schema.TEXT_FEATURES))


def _measured(texts: pl.Series) -> pl.DataFrame:
    """Return what can be counted in each text; a null text counts as nothing."""
    measured = texts.rename("text").to_frame().select(letters(pl.col("text")))
    return measured.hstack(counts(texts)).with_columns(pl.all().fill_null(0))


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
    table = frame.to_arrow()
    arrays = [
        table[name].combine_chunks().cast(_TYPES.get(name, table[name].type))
        for name in table.column_names
    ]
    return pa.RecordBatch.from_arrays(arrays, names=table.column_names)
