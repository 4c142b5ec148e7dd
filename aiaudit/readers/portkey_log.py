"""Portkey's log objects as its gateway stores them: a request and a response each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiaudit.readers.bodies import exchanged
from aiaudit.readers.reader import Reader

if TYPE_CHECKING:
    from aiaudit.readers.reader import Export

_EXCHANGE: Final = """
SELECT
    json_extract(request, '$.body') AS asked,
    CASE WHEN json_type(response, '$.body') = 'OBJECT'
        THEN json_extract(response, '$.body') END AS answer,
    CASE WHEN json_type(response, '$.body') = 'VARCHAR'
        THEN json_extract_string(response, '$.body') END AS stream,
    json_extract_string(request, '$.url') AS url,
    json_extract_string(request, '$.method') AS "method",
    json_extract_string(response, '$.status') AS code,
    created_at AS sent,
    json_extract_string(response, '$.responseTime') AS took,
    replace(coalesce(json_extract_string(request, '$.portkeyHeaders."x-portkey-provider"'),
        json_extract_string(request, '$.portkeyHeaders.provider')), '-', '_') AS named,
    "_id" AS request_id,
    lower(coalesce(json_extract_string(response, '$.headers."x-portkey-cache-status"'), ''))
        IN ('hit', 'semantic hit', 'semantic_hit') AS gateway_cache_hit,
    TRY_CAST(json_extract_string(response, '$.headers."x-portkey-retry-attempt-count"') AS BIGINT)
        + 1 AS attempt
FROM export
"""
_SELECT: Final = (
    "SELECT *, 'portkey' AS gateway, CASE WHEN gateway_cache_hit THEN FALSE END AS billable"
    f" FROM ({exchanged(_EXCHANGE)})"
)


def _claims(record: Export) -> bool:
    request = record.get("request")
    return "organisation_id" in record and isinstance(request, dict) and "portkeyHeaders" in request


READER = Reader(
    id="portkey-log",
    family="portkey-log",
    title="Portkey log objects",
    carries="calls with tokens, cache, status, times and prompts; no money",
    found_by="organisation_id and request.portkeyHeaders",
    grain="call",
    holds="json",
    verified=False,
    signature=frozenset({"_id", "organisation_id", "request", "response"}),
    columns={
        "_id": "VARCHAR",
        "organisation_id": "VARCHAR",
        "created_at": "VARCHAR",
        "request": "JSON",
        "response": "JSON",
    },
    select=_SELECT,
    claims=_claims,
)
