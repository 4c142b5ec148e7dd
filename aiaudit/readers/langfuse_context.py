"""Langfuse tables of traces and of scores: what stands around calls, without usage of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiaudit.readers.reader import Reader

if TYPE_CHECKING:
    from aiaudit.readers.reader import Export

_TRACE: Final = ("bookmarked", "public", "release", "tags")
_SCORE: Final = {"name", "value", "source"}
_SCORED: Final = {"data_type", "datatype"}


def _claims(record: Export) -> bool:
    names = {name.lower() for name in record}
    if "type" in names or _nested(record.get("observations")):
        return False
    session = bool({"session_id", "sessionid"} & names)
    trace = {"id", "name", "timestamp"} <= names and all(name in names for name in _TRACE)
    traced = bool({"trace_id", "traceid"} & names)
    return (trace and session) or (traced and names >= _SCORE and bool(_SCORED & names))


def _nested(observations: object) -> bool:
    return isinstance(observations, list) and any(isinstance(one, dict) for one in observations)


READER = Reader(
    id="langfuse-context",
    family="langfuse-context",
    title="Langfuse traces and scores without observations",
    carries="nothing that is counted: users and sessions stand in the observations as well",
    found_by="id, name, timestamp, bookmarked and public, or a score of a trace",
    grain="call",
    holds="both",
    verified=False,
    signature=frozenset({"id", "bookmarked", "public"}),
    columns={"id": "VARCHAR", "timestamp": "VARCHAR"},
    select="""
        SELECT
            "timestamp" AS started_at,
            'trace or score, no call' AS ignored
        FROM export
    """,
    claims=_claims,
)
