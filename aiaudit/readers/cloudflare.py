"""Cloudflare AI Gateway: one row per request, from its API or pushed by its log service."""

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

# The API's name of a column, and the name in pushed logs.
_NAMES: Final = {
    "id": "ID", "created_at": "CreatedAt", "timestamp": "Datetime", "provider": "Provider",
    "model": "Model", "model_type": "ModelType", "path": "Endpoint", "tokens_in": "TokensIn",
    "tokens_out": "TokensOut", "duration": "Duration", "cached": "Cached", "cost": "Cost",
    "gateway": "Gateway", "status_code": "StatusCode", "success": "Success",
}  # fmt: skip
_HEADS: Final = ("request_body", "request_head", "RequestBody")
_LABELS: Final = ("metadata", "Metadata")
_COLUMNS: Final = dict.fromkeys((*_NAMES, "asked"), "VARCHAR") | {"metadata": "JSON"}


def _items(record: Export) -> Iterator[Export]:
    if isinstance(record.get("result"), list):
        yield from (item if isinstance(item, dict) else {} for item in record["result"])
    else:
        yield record


def _claims(record: Export) -> bool:
    return any(
        {"tokens_in", "tokens_out", "cached", "provider"} <= item.keys()
        or {"TokensIn", "TokensOut", "Cached", "Provider"} <= item.keys()
        for item in _items(record)
    )


def _rows(record: Export) -> Iterator[Flat]:
    for item in _items(record):
        row = {name: text(item.get(name, item.get(pushed))) for name, pushed in _NAMES.items()}
        heads = (_document(item.get(name)) for name in _HEADS)
        labels = (_document(item.get(name)) for name in _LABELS)
        row["asked"] = next((head for head in heads if head), None)
        row["metadata"] = next((label for label in labels if label), None)
        yield row


def _document(value: Any) -> str | None:  # noqa: ANN401  # whatever JSON holds
    """Return JSON as text, whether it came as text or not; an encrypted body is none."""
    if isinstance(value, dict):
        return None if {"key", "iv", "data"} <= value.keys() else json.dumps(value)
    return text(value)


READER = Reader(
    id="cloudflare",
    family="cloudflare",
    title="Cloudflare AI Gateway logs, API or pushed",
    carries="calls with tokens (cached ones not told apart), cost, status, times and labels",
    found_by="tokens_in, tokens_out, cached and provider",
    grain="call",
    holds="json",
    verified=False,
    signature=frozenset({"tokens_in", "tokens_out", "cached"}),
    columns=_COLUMNS,
    select=requested(labelled(coded(statement("cloudflare")))),
    rows=_rows,
    claims=_claims,
)
