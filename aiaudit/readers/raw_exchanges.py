"""Requests and responses of model APIs as proxies and recorders write them, streams included."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from aiaudit.readers.bodies import exchanged
from aiaudit.readers.reader import Reader

if TYPE_CHECKING:
    from aiaudit.readers.reader import Export

_ASKED: Final = (
    "request", "req", "request_body", "requestBody", "kwargs", "input", "body", "prompt",
)  # fmt: skip
_ANSWERED: Final = (
    "response", "res", "resp", "response_body", "responseBody", "result", "output", "completion",
)  # fmt: skip
_STREAM: Final = ("response_raw", "raw_response", "response_text")
_TIME: Final = ("started_at", "start_time", "timestamp", "time", "created_at", "date")
_CODE: Final = ("status_code", "status", "http_status")
_TOOK: Final = ("latency_ms", "duration_ms", "processing_ms")
_TEXT: Final = (
    *_STREAM, *_TIME, *_CODE, *_TOOK, "url", "uri", "path", "endpoint", "method", "provider",
    "request_id", "requestId",
)  # fmt: skip

# What a body of a response is known by, whoever made it.
_BODY: Final = frozenset(
    {"usage", "usageMetadata", "choices", "candidates", "content", "completion", "generation",
     "generations", "results", "output", "data", "meta", "error", "eval_count", "embeddings"}
)  # fmt: skip
_EVENT: Final = frozenset({"choices", "candidates", "usage", "message", "eval_count"})
# Formats that hold bodies, too, and say more about the call.
_OTHERS: Final = frozenset(
    {"ai", "ai_model", "ai_org", "call_type", "context", "cost_details", "custom_id",
     "dotted_order", "info", "latencies", "observations", "op_name", "organisation_id",
     "payload", "recordid", "request_created_at", "run_type", "schematype", "span_kind",
     "tokens_in", "traceid", "usage_details", "usagedetails"}
)  # fmt: skip


def _claims(record: Export) -> bool:
    names = {name.lower(): value for name, value in record.items()}
    if _OTHERS & names.keys():
        return False
    asked = any(name.lower() in names for name in _ASKED)
    bodies = [names.get(name.lower()) for name in _ANSWERED]
    stream = any(isinstance(names.get(name), str) for name in _STREAM)
    return asked and (stream or any(map(_is_body, bodies)))


def _is_body(value: Any) -> bool:  # noqa: ANN401  # whatever JSON holds
    """Return whether a value is the body of a response, or the events that make it up."""
    if isinstance(value, str):
        text = value.lstrip()
        return text.startswith(("data:", "event:")) or (text.startswith("{") and '"usage' in text)
    if isinstance(value, list):
        return any(isinstance(event, dict) and bool(_EVENT & event.keys()) for event in value)
    return isinstance(value, dict) and bool(_BODY & value.keys())


# A stream comes as text, or as a list of its events: then each becomes a line.
_BODIES: Final = ", ".join(f"CASE WHEN json_type({n}) = 'OBJECT' THEN {n} END" for n in _ANSWERED)
_EVENTS: Final = ", ".join(
    f"CASE json_type({n}) WHEN 'VARCHAR' THEN json_extract_string({n}, '$') WHEN 'ARRAY'"
    f" THEN array_to_string(CAST(json_extract({n}, '$[*]') AS VARCHAR[]), chr(10)) END"
    for n in _ANSWERED
)
_CODES: Final = ", ".join(f"nullif(regexp_extract({n}, '^[1-5][0-9][0-9]$'), '')" for n in _CODE)
_SELECT: Final = f"""
SELECT
    coalesce({", ".join(_ASKED)}) AS asked,
    coalesce({_BODIES}) AS answer,
    coalesce({", ".join(_STREAM)}, {_EVENTS}) AS stream,
    coalesce(url, uri, "path", "endpoint") AS url,
    upper("method") AS method,
    coalesce({_CODES}) AS code,
    coalesce(
        CAST(TRY_CAST(try_strptime("date", '%a, %d %b %Y %H:%M:%S GMT') AS TIMESTAMP) AS VARCHAR),
        {", ".join(f'"{name}"' for name in _TIME)}) AS sent,
    coalesce({", ".join(_TOOK)}) AS took,
    provider AS named,
    coalesce(request_id, requestId) AS request_id
FROM export
"""

READER = Reader(
    id="raw-exchanges",
    family="raw",
    title="requests and responses of model APIs, one pair a record",
    carries="calls with tokens, cache, reasoning, status and prompts; streams as well; no money",
    found_by="a request beside a response that is a provider's body",
    grain="call",
    holds="json",
    verified=True,
    signature=frozenset({"request", "response"}),
    columns=dict.fromkeys(_TEXT, "VARCHAR") | dict.fromkeys((*_ASKED, *_ANSWERED), "JSON"),
    select=exchanged(_SELECT),
    claims=_claims,
)
