"""Langfuse ingestion batches: what its clients send while a trace goes on, merged by identity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiaudit.readers.attributes import first, mapping, objects
from aiaudit.readers.langfuse_observations import COLUMNS, SELECT
from aiaudit.readers.langfuse_trace import flat
from aiaudit.readers.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.readers.attributes import Attributes
    from aiaudit.readers.reader import Export, Flat

_KINDS: Final = ("generation", "embedding", "span", "event", "trace", "score", "observation",
                 "agent", "tool", "chain", "retriever", "evaluator", "guardrail")  # fmt: skip


def _claims(record: Export) -> bool:
    events = list(objects(record.get("batch")))
    return bool(events) and all("body" in event and _kind(event) for event in events)


def _kind(event: Attributes) -> str | None:
    """Return what an event is about, from a type such as `generation-create`."""
    kind = str(event.get("type")).rpartition("-")[0]
    return kind if kind in _KINDS else None


def _rows(record: Export) -> Iterator[Flat]:
    merged: dict[tuple[str, str], Attributes] = {}
    traces: dict[str | None, Attributes] = {}
    for place, event in enumerate(objects(record.get("batch"))):
        body, kind = mapping(event.get("body")), _kind(event) or "event"
        named = first(body, "id") or f"event {place}"
        row = merged.setdefault((kind, named), {})
        row |= {name: value for name, value in body.items() if value is not None}
        row["type"] = row.get("type") or kind
        row.setdefault("id", str(event.get("id") or ""))
        if kind == "trace":
            traces[named] = row
    for row in merged.values():
        yield flat(traces.get(first(row, "traceId"), {}), row)


READER = Reader(
    id="langfuse-ingestion",
    family="langfuse",
    title="Langfuse ingestion batches, as its clients send them",
    carries="calls with tokens, cache, cost, status, user, session and prompts",
    found_by="batch of events with type and body",
    grain="call",
    holds="json",
    verified=False,
    signature=frozenset({"batch"}),
    columns=COLUMNS,
    select=SELECT,
    rows=_rows,
    claims=_claims,
)
