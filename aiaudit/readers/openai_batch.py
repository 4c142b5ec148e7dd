"""Results of an OpenAI batch, or of a host that works like it: every line is billed as batch."""

from __future__ import annotations

from typing import Final

from aiaudit.readers.bodies import exchanged
from aiaudit.readers.reader import Reader

# What the body says of its own tier is not what is billed. Embeddings carry no time: then the id of
# the line tells it, whose first eight digits are seconds since 1970.
_EXCHANGE: Final = """
SELECT
    CAST(NULL AS JSON) AS asked,
    json_extract(response, '$.body') AS answer,
    CAST(NULL AS VARCHAR) AS stream,
    CAST(NULL AS VARCHAR) AS url,
    CAST(NULL AS VARCHAR) AS "method",
    json_extract_string(response, '$.status_code') AS code,
    CASE WHEN json_type(response, '$.body.created') IS NULL
        AND json_type(response, '$.body.created_at') IS NULL
        AND regexp_matches(id, '^batch_req_[67][0-9a-f]{23,}$')
        THEN CAST(TRY_CAST(concat('0x', substr(id, 11, 8)) AS BIGINT) AS VARCHAR) END AS sent,
    CAST(NULL AS VARCHAR) AS took,
    CAST(NULL AS VARCHAR) AS named,
    coalesce(json_extract_string(response, '$.request_id'), id) AS request_id,
    custom_id,
    CASE
        WHEN json_type(response) = 'OBJECT'
            AND json_type(response, '$.body.usage') = 'OBJECT' THEN NULL
        WHEN json_type(error) = 'OBJECT' OR json_type(response, '$.body.error') = 'OBJECT'
            OR coalesce(json_extract_string(response, '$.status_code'), '200') <> '200'
            THEN 'line of a batch that failed'
    END AS failed
FROM export
"""
_SELECT: Final = (
    "SELECT * EXCLUDE (rate_class, ignored, failed, custom_id), 'batch' AS rate_class,"
    f" coalesce(ignored, failed) AS ignored FROM ({exchanged(_EXCHANGE)})"
)

READER = Reader(
    id="openai-batch",
    family="raw",
    title="OpenAI batch results, also of Groq and other hosts",
    carries="calls at the batch rate, with tokens and cache; no prompts, no money",
    found_by="custom_id and response, with or without error",
    grain="call",
    holds="json",
    verified=True,
    signature=frozenset({"custom_id", "response"}),
    columns={"id": "VARCHAR", "custom_id": "VARCHAR", "response": "JSON", "error": "JSON"},
    select=_SELECT,
)
