"""Corpora of conversations as researchers share them: texts without a count, a time or a model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiaudit.readers.reader import Reader

if TYPE_CHECKING:
    from aiaudit.readers.reader import Export


def _claims(record: Export) -> bool:
    said = record.get("conversations")
    first = said[0] if isinstance(said, list) and said else None
    return isinstance(first, dict) and {"from", "value"} <= first.keys()


READER = Reader(
    id="chat-corpus",
    family="chat-corpus",
    title="Conversations in the shape of ShareGPT (JSON)",
    carries="nothing that an audit could count: every record is listed as ignored",
    found_by="conversations with from and value",
    grain="call",
    holds="json",
    verified=True,
    signature=frozenset({"conversations"}),
    columns={"id": "VARCHAR"},
    select="""
SELECT
    id AS natural_id,
    CAST(NULL AS VARCHAR) AS started_at,
    'conversation without counts or a time' AS ignored
FROM export""",
    claims=_claims,
)
