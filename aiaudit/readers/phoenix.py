"""Arize Phoenix: spans from its API or its data frames, with OpenInference attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiaudit.readers.otel_spans import enveloped, is_span, rows
from aiaudit.readers.reader import Reader
from aiaudit.readers.spans import COLUMNS, SELECT

if TYPE_CHECKING:
    from aiaudit.readers.reader import Export


def _claims(record: Export) -> bool:
    return any(is_span(span) and "span_kind" in span for span in enveloped(record))


READER = Reader(
    id="phoenix-spans",
    family="otel",
    title="Arize Phoenix spans (JSON, JSON lines, CSV or Parquet)",
    carries="calls with tokens, cache, cost, status, session, user and prompts",
    found_by="context.span_id, span_kind and attributes",
    grain="call",
    holds="both",
    unfolds=True,
    verified=False,
    signature=frozenset({"context.span_id", "span_kind"}),
    columns=COLUMNS,
    select=SELECT,
    rows=rows,
    claims=_claims,
)
