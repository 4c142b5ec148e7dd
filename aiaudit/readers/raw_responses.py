"""Responses of model APIs kept as they came, without their requests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiaudit.readers.bodies import exchanged
from aiaudit.readers.pages import text
from aiaudit.readers.reader import Reader

if TYPE_CHECKING:
    from aiaudit.readers.reader import Export

_OBJECTS: Final = frozenset({"chat.completion", "text_completion", "response"})
_TEXT: Final = (
    "id", "object", "type", "created", "created_at", "createTime", "model", "modelVersion",
    "responseId", "response_id", "generation_id", "service_tier", "status", "eval_count",
    "prompt_eval_count", "timestamp",
)  # fmt: skip
_JSON: Final = ("usage", "usageMetadata", "meta", "error", "x_groq", "embeddings")


def _claims(record: Export) -> bool:
    if "request" in record or "custom_id" in record or "call_type" in record:
        return False
    kind, usage = text(record.get("object")), record.get("usage")
    return (
        (kind in _OBJECTS and isinstance(usage, dict))
        or (kind == "list" and isinstance(usage, dict) and "data" in record and "model" in record)
        or (record.get("type") == "message" and isinstance(usage, dict) and "content" in record)
        or (isinstance(record.get("usageMetadata"), dict) and "candidates" in record)
        or {"model", "eval_count", "done"} <= record.keys()
    )


_BODY: Final = ", ".join(f"'{name}', \"{name}\"" for name in (*_TEXT, *_JSON))
_SELECT: Final = f"""
SELECT
    CAST(NULL AS JSON) AS asked,
    json_merge_patch('{{}}', json_object({_BODY})) AS answer,
    CAST(NULL AS VARCHAR) AS stream,
    CAST(NULL AS VARCHAR) AS url,
    CAST(NULL AS VARCHAR) AS "method",
    CAST(NULL AS VARCHAR) AS code,
    "timestamp" AS sent,
    CAST(NULL AS VARCHAR) AS took,
    CAST(NULL AS VARCHAR) AS named,
    CAST(NULL AS VARCHAR) AS request_id
FROM export
"""

READER = Reader(
    id="raw-responses",
    family="raw",
    title="responses of model APIs, one a record",
    carries="calls with tokens, cache and reasoning; no prompts, no money",
    found_by="object is chat.completion, text_completion, response or list; type is message;"
    " usageMetadata; or eval_count",
    grain="call",
    holds="json",
    verified=True,
    signature=frozenset({"model", "usage"}),
    columns=dict.fromkeys(_TEXT, "VARCHAR") | dict.fromkeys(_JSON, "JSON"),
    select=exchanged(_SELECT),
    claims=_claims,
)
