"""OpenTelemetry log records in OTLP/JSON: the events in which coding agents report their calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiaudit.readers.attributes import attributes, first, mapping, objects
from aiaudit.readers.otel_spans import moment
from aiaudit.readers.reader import Reader
from aiaudit.readers.spans import COLUMNS, SELECT, flattened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.readers.attributes import Attributes
    from aiaudit.readers.reader import Export, Flat

_DOCUMENTS: Final = ("resourceLogs", "resource_logs")
_METRICS: Final = ("resourceMetrics", "resource_metrics")
_INFERENCE: Final = "gen_ai.client.inference.operation.details"
# Event -> who is paid, and whether it is a failure.
_EVENTS: Final = {
    "claude_code.api_request": ("anthropic", "false"),
    "claude_code.api_error": ("anthropic", "true"),
    "gemini_cli.api_response": ("google", "false"),
    "gemini_cli.api_error": ("google", "true"),
}
_NAMES: Final = {
    "gen_ai.request.model": ("model", "model_name"),
    "gen_ai.usage.input_tokens": ("input_tokens", "input_token_count"),
    "gen_ai.usage.cache_read_tokens": ("cache_read_tokens", "cached_content_token_count"),
    "gen_ai.usage.cache_write_tokens": ("cache_creation_tokens",),
    "gen_ai.usage.reasoning_tokens": ("thoughts_token_count",),
    "gen_ai.usage.total_tokens": ("total_token_count",),
    "gen_ai.usage.cost": ("cost_usd",),
    "http.response.status_code": ("status_code",),
    "error.type": ("error_type", "error"),
    "user.id": ("user.account_uuid", "user.id"),
}


def _claims(record: Export) -> bool:
    return any(isinstance(record.get(name), list) for name in (*_DOCUMENTS, *_METRICS))


def _rows(record: Export) -> Iterator[Flat]:
    for name in _METRICS:
        if name in record:
            yield {"aside": "metrics, no calls"}
    resources = next((record[name] for name in _DOCUMENTS if name in record), None)
    for resource in objects(resources):
        inherited = attributes(mapping(resource.get("resource")).get("attributes"))
        scopes = next(
            (resource[name] for name in ("scopeLogs", "scope_logs") if name in resource), None
        )
        for scope in objects(scopes):
            for log in objects(scope.get("logRecords") or scope.get("log_records")):
                yield _flat(log, inherited)


def _flat(log: Attributes, inherited: Attributes) -> Flat:
    found = attributes(log.get("attributes"))
    event = first(log, "eventName", "event_name") or first(found, "event.name")
    body = first(mapping(log.get("body")), "stringValue") or ""
    name = event if event in _EVENTS or event == _INFERENCE else body
    ended = moment(first(log, "timeUnixNano", "time_unix_nano", "observedTimeUnixNano"))
    if name == _INFERENCE:
        head = {"trace_id": first(log, "traceId"), "span_id": first(log, "spanId")}
        return flattened({**head, "started_at": ended}, found, inherited)
    if name not in _EVENTS:
        return {"aside": "log record without a model call"}
    vendor, failed = _EVENTS[name]
    told = {column: first(found, *names) for column, names in _NAMES.items()}
    output = first(found, "output_tokens", "output_token_count")
    usual: Attributes = {"openinference.span.kind": "LLM", "gen_ai.provider.name": vendor}
    head = {
        "part": first(found, "request_id"),  # of a prompt there may be several calls
        "started_at": _before(ended, first(found, "duration_ms")),
        "ended_at": ended,
        "failed": failed,
        # Claude's cache stands beside its input, and Gemini's thinking beside its output.
        "beside": "true" if vendor == "anthropic" else None,
        "outside": "true" if vendor == "google" else None,
    }
    return flattened(head, found | told | usual | {"gen_ai.usage.output_tokens": output}, inherited)


def _before(ended: str | None, duration: str | None) -> str | None:
    """Return when a request began that ended then, both as whole microseconds since 1970."""
    took = (duration or "").partition(".")[0]
    if ended is None or not (ended.isdecimal() and took.isdecimal() and len(took) < len(ended)):
        return ended
    return str(int(ended) - 1000 * int(took))


READER = Reader(
    id="otlp-logs",
    family="otel",
    title="OpenTelemetry log records, OTLP/JSON (telemetry of Claude Code and Gemini CLI)",
    carries="calls with tokens, cache, cost, status, session and user",
    found_by="resourceLogs",
    grain="call",
    holds="json",
    verified=False,
    signature=frozenset({"resourcelogs"}),
    columns=COLUMNS,
    select=SELECT,
    rows=_rows,
    claims=_claims,
)
