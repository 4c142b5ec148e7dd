"""OpenTelemetry spans one by one: lines of a console or a store, with attributes in any nesting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiaudit.readers.attributes import attributes, decoded, first, mapping, objects
from aiaudit.readers.reader import Reader
from aiaudit.readers.spans import COLUMNS, SELECT, events, flattened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aiaudit.readers.attributes import Attributes
    from aiaudit.readers.reader import Export, Flat

_SPAN: Final = ("spanId", "span_id", "SpanId", "context.span_id")
_TRACE: Final = ("traceId", "trace_id", "TraceId", "context.trace_id")
_PARENT: Final = ("parentSpanId", "parent_span_id", "ParentSpanId", "parent_id", "parentId")
_ATTRIBUTES: Final = ("attributes", "SpanAttributes", "span_attributes", "Attributes")
_RESOURCE: Final = ("ResourceAttributes", "resource_attributes", "resourceAttributes")
_OWN: Final = ("gen_ai.", "llm.", "attributes.", "ai.usage.", "openinference.")
_STARTS: Final = ("startTimeUnixNano", "start_time_unix_nano", "start_time", "startTime",
                  "Timestamp", "timestamp", "start")  # fmt: skip
_ENDS: Final = ("endTimeUnixNano", "end_time_unix_nano", "end_time", "endTime", "end")
_FAILED: Final = ("2", "error", "status_code_error", "statuscode.error")
_KINDS: Final = ("LLM", "EMBEDDING", "RERANKER", "CHAIN", "AGENT", "TOOL", "RETRIEVER",
                 "GUARDRAIL", "EVALUATOR", "PROMPT", "UNKNOWN")  # fmt: skip
_NANOS: Final = range(18, 20)  # digits of nanoseconds since 1970, in our time


def is_span(record: Export) -> bool:
    """Return whether a record looks like a span with attributes."""
    context = mapping(record.get("context"))
    named = any(name in record or name in context for name in _SPAN)
    own = any(name in record for name in _ATTRIBUTES) or any(n.startswith(_OWN) for n in record)
    return named and own


def flat_span(span: Attributes, inherited: Mapping[str, object]) -> Flat:
    """Return the row of one span, whatever the names of its parts."""
    told = span | mapping(span.get("context"))
    found = next((attributes(span[name]) for name in _ATTRIBUTES if span.get(name)), {})
    found |= attributes({n.removeprefix("attributes."): _cell(n, span[n]) for n in _own(span)})
    kind = str(span.get("span_kind")).upper()
    if kind in _KINDS:
        found.setdefault("openinference.span.kind", kind)
    said = next((events(span[name]) for name in ("events", "Events") if span.get(name)), {})
    outer = next((attributes(span[name]) for name in _RESOURCE if span.get(name)), {})
    outer |= attributes(mapping(span.get("resource")).get("attributes"))
    head = {
        "trace_id": _id(first(told, *_TRACE)),
        "span_id": _id(first(told, *_SPAN)),
        "parent_id": _id(first(told, *_PARENT)),
        "name": first(told, "name", "SpanName", "span_name"),
        "started_at": moment(first(told, *_STARTS)),
        "ended_at": moment(first(told, *_ENDS)),
        "first_token_at": _first_token(span.get("events")),
        **_outcome(span),
    }
    return flattened(head, said | found, {**inherited, **outer})


def moment(stated: str | None) -> str | None:
    """Return a time as it stands, but nanoseconds since 1970 as microseconds."""
    if stated and stated.isdigit() and len(stated) in _NANOS:
        return stated[:-3]
    return stated


def _first_token(value: object) -> str | None:
    for event in objects(value):
        name = str(event.get("name")).lower()
        if "first token" in name or name in {"ai.stream.firstchunk", "gen_ai.first_token"}:
            return moment(first(event, "timeUnixNano", "time_unix_nano", "timestamp"))
    return None


def _outcome(span: Attributes) -> Flat:
    """Return whether a span failed, and what it says about it."""
    status = decoded(span.get("status"))
    told = {**span, **(status if isinstance(status, dict) else {"code": status})}
    code = first(told, "code", "status_code", "StatusCode", "statusCode")
    return {
        "failed": None if code is None else str(code.lower() in _FAILED).lower(),
        "failure": first(told, "message", "status_message", "StatusMessage", "statusMessage"),
    }


def _own(span: Attributes) -> list[str]:
    """Return the names of attributes that stand beside the other parts of a span."""
    return [name for name in span if name.startswith(_OWN) and span[name] not in (None, "")]


def _cell(name: str, value: object) -> object:
    """Return what the cell of an attribute holds; a whole request stays as it is written."""
    return value if name.endswith((".value", ".messages")) else decoded(value)


def _id(stated: str | None) -> str | None:
    return stated.removeprefix("0x") if stated else None


def rows(record: Export) -> Iterator[Flat]:
    """Yield the row of a span, or of each span in an envelope."""
    listed = next((record[name] for name in ("data", "spans") if name in record), None)
    if listed is not None and not is_span(record):
        yield from (flat_span(span, {}) for span in objects(listed))
    else:
        yield flat_span(record, {})


def enveloped(record: Export) -> Iterator[Export]:
    """Yield the first records that `rows` would see, to recognise them."""
    listed = next((record[name] for name in ("data", "spans") if name in record), None)
    yield from [record] if listed is None or is_span(record) else list(objects(listed))[:20]


def _claims(record: Export) -> bool:
    return any(is_span(span) and "span_kind" not in span for span in enveloped(record))


READER = Reader(
    id="otel-spans",
    family="otel",
    title="OpenTelemetry spans, one per line or row (console exporter, ClickHouse, data frames)",
    carries="calls with tokens, cache, status, session, user and prompts; wrappers counted once",
    found_by="span_id or spanId with attributes",
    grain="call",
    holds="both",
    unfolds=True,
    verified=False,
    signature=frozenset({"span_id", "attributes"}),
    columns=COLUMNS,
    select=SELECT,
    rows=rows,
    claims=_claims,
)
