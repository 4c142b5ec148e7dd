"""Results of an Anthropic message batch: what succeeded is billed at the batch rate."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from aiaudit.readers.bodies import exchanged
from aiaudit.readers.pages import text
from aiaudit.readers.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.readers.reader import Export, Flat

_ENDS: Final = frozenset({"succeeded", "errored", "canceled", "expired"})
# No line has a time. A date in the name of the file is taken for it, else the date in the name of
# the model, the earliest at which it can have answered; without either a line is refused.
_EXCHANGE: Final = r"""
SELECT
    CAST(NULL AS JSON) AS asked,
    json_extract(result, '$.message') AS answer,
    CAST(NULL AS VARCHAR) AS stream,
    CAST(NULL AS VARCHAR) AS url,
    CAST(NULL AS VARCHAR) AS "method",
    CAST(NULL AS VARCHAR) AS code,
    greatest(
        nullif(regexp_replace(regexp_extract(file_name,
            '(^|[^0-9A-Za-z])(20[0-9]{2}[-_]?[01][0-9][-_]?[0-3][0-9])([^0-9A-Za-z]|$)', 2),
            '^(....)[-_]?(..)[-_]?(..)$', '\1-\2-\3'), ''),
        nullif(regexp_replace(regexp_extract(json_extract_string(result, '$.message.model'),
            '20[0-9]{2}[01][0-9][0-3][0-9]$'), '^(....)(..)(..)$', '\1-\2-\3'), '')) AS sent,
    CAST(NULL AS VARCHAR) AS took,
    CASE WHEN starts_with(json_extract_string(result, '$.message.id'), 'msg_bdrk_')
        THEN 'bedrock' ELSE 'anthropic' END AS named,
    CAST(NULL AS VARCHAR) AS request_id,
    CASE WHEN json_extract_string(result, '$.type') IN ('errored', 'canceled', 'expired')
        THEN concat('line of a batch that ', CASE json_extract_string(result, '$.type')
            WHEN 'errored' THEN 'failed' WHEN 'canceled' THEN 'was cancelled' ELSE 'expired' END)
    END AS failed
FROM export
"""
_SELECT: Final = (
    "SELECT * EXCLUDE (rate_class, ignored, failed), 'batch' AS rate_class,"
    f" coalesce(ignored, failed) AS ignored FROM ({exchanged(_EXCHANGE)})"
)


def _claims(record: Export) -> bool:
    result = record.get("result")
    return "custom_id" in record and isinstance(result, dict) and text(result.get("type")) in _ENDS


def _rows(record: Export) -> Iterator[Flat]:
    yield {"custom_id": text(record.get("custom_id")), "result": json.dumps(record.get("result"))}


READER = Reader(
    id="anthropic-batch",
    family="raw",
    title="Anthropic message batch results",
    carries="calls at the batch rate, with tokens and cache; no times, no prompts, no money",
    found_by="custom_id and result.type",
    grain="call",
    holds="json",
    verified=False,
    signature=frozenset({"custom_id", "result"}),
    columns={"custom_id": "VARCHAR", "result": "JSON", "file_name": "VARCHAR"},
    select=_SELECT,
    rows=_rows,
    claims=_claims,
)
