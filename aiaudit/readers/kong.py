"""Kong AI Gateway: its access log, in which each AI plugin tells of the model call that it made."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from aiaudit.readers.bodies import coded, labelled, requested
from aiaudit.readers.pages import text
from aiaudit.readers.reader import Reader
from aiaudit.resources import statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.readers.reader import Export, Flat

_COLUMNS: Final = (
    "plugin", "request_id", "started_at", "uri", "code", "consumer", "service", "route",
    "provider", "request_model", "response_model", "llm_latency", "prompt_tokens",
    "completion_tokens", "total_tokens", "cost", "cache_status", "payload",
)  # fmt: skip
_META: Final = ("request_model", "response_model", "llm_latency")
_USAGE: Final = ("prompt_tokens", "completion_tokens", "total_tokens", "cost")


def _plugins(record: Export) -> dict[str, Export]:
    ai = record.get("ai")
    return {
        name: plugin
        for name, plugin in (ai.items() if isinstance(ai, dict) else ())
        if isinstance(plugin, dict) and ("usage" in plugin or "meta" in plugin)
    }


def _claims(record: Export) -> bool:
    # Most lines of a gateway's log may be of other services.
    latencies = record.get("latencies")
    around = {"request", "response", "started_at"} <= record.keys()
    return around and isinstance(latencies, dict) and {"kong", "proxy"} <= latencies.keys()


def _rows(record: Export) -> Iterator[Flat]:
    shared = {
        "request_id": text(_at(record, "request", "id")),
        "started_at": text(record.get("started_at")),
        "uri": text(_at(record, "request", "uri")),
        "code": text(_at(record, "response", "status")),
        "consumer": text(_at(record, "consumer", "username") or _at(record, "consumer", "id")),
        "service": text(_at(record, "service", "name")),
        "route": text(_at(record, "route", "name")),
    }
    plugins = _plugins(record)
    if not plugins:
        yield shared
    for name, plugin in plugins.items():
        yield (
            shared
            | {column: text(_at(plugin, "meta", column)) for column in _META}
            | {column: text(_at(plugin, "usage", column)) for column in _USAGE}
            | {
                "plugin": name,
                "provider": text(_at(plugin, "meta", "provider_name")),
                "cache_status": text(_at(plugin, "cache", "cache_status")),
                "payload": _document(_at(plugin, "payload", "request")),
            }
        )


def _at(record: Export, *names: str) -> Any:  # noqa: ANN401  # whatever JSON holds
    value: Any = record
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _document(value: Any) -> str | None:  # noqa: ANN401  # as above
    return json.dumps(value) if isinstance(value, dict) else text(value)


READER = Reader(
    id="kong",
    family="kong",
    title="Kong AI Gateway access log",
    carries="calls with tokens (cached ones not told apart), cost, status, consumer and route",
    found_by="latencies.kong beside request, response and started_at; the calls stand in ai",
    grain="call",
    holds="json",
    verified=False,
    signature=frozenset({"latencies", "request", "started_at"}),
    columns=dict.fromkeys(_COLUMNS, "VARCHAR"),
    select=requested(labelled(coded(statement("kong")))),
    rows=_rows,
    claims=_claims,
)
