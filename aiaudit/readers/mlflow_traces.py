"""MLflow traces: documents with their spans, or the data frames that a search gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiaudit.readers.attributes import decoded, first, mapping, objects
from aiaudit.readers.otel_spans import flat_span
from aiaudit.readers.reader import Reader
from aiaudit.readers.spans import COLUMNS, SELECT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.readers.attributes import Attributes
    from aiaudit.readers.reader import Export, Flat

_METADATA: Final = ("trace_metadata", "request_metadata")
_FRAME: Final = frozenset({"trace", "spans"})
_WHOLE: Final = ("mlflow.spanInputs", "mlflow.spanOutputs", "mlflow.chat.tools")
# Traffic of a judge or of an evaluation run.
_JUDGES: Final = ("mlflow.trace.sourceScorer", "mlflow.eval.requestId")


def _claims(record: Export) -> bool:
    if "info" in record and "data" in record:
        return "spans" in mapping(record["data"])
    return any(name in record for name in _METADATA) and bool(_FRAME & record.keys())


def _rows(record: Export) -> Iterator[Flat]:
    trace = mapping(record.get("trace")) or record
    info = mapping(trace.get("info")) or record
    inherited = _inherited(info)
    spans = mapping(trace.get("data")).get("spans") or record.get("spans")
    for span in objects(spans):
        # Every value is JSON in a text of its own.
        told = mapping(span.get("attributes"))
        found = {name: told[name] if name in _WHOLE else decoded(told[name]) for name in told}
        yield flat_span(span | {"attributes": found}, inherited)


def _inherited(info: Attributes) -> Attributes:
    """Return what a trace says of all its spans."""
    told: Attributes = {}
    for part in (*_METADATA, "tags"):
        told |= mapping(info.get(part))
    return {
        "session.id": first(told, "mlflow.trace.session"),
        "user.id": first(told, "mlflow.trace.user"),
        "langfuse.trace.name": first(told, "mlflow.traceName"),
        "environment": "eval" if first(told, *_JUDGES) else None,
    }


READER = Reader(
    id="mlflow-traces",
    family="mlflow",
    title="MLflow traces (JSON, JSON lines, CSV or Parquet)",
    carries="calls with tokens, cost, status, session, user and prompts; sums of a trace left out",
    found_by="info and data.spans, or trace_metadata and spans",
    grain="call",
    holds="both",
    unfolds=True,
    verified=False,
    signature=frozenset({"info", "data"}),
    columns=COLUMNS,
    select=SELECT,
    rows=_rows,
    claims=_claims,
)
