"""Langfuse observations: the blob-storage export and the downloads of the observations table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiaudit.readers.reader import Reader
from aiaudit.resources import statement

if TYPE_CHECKING:
    from aiaudit.readers.reader import Export

_TEXT: Final = (
    "id", "trace_id", "traceId", "project_id", "projectId", "environment", "type",
    "parent_observation_id", "parentObservationId", "start_time", "startTime", "end_time",
    "endTime", "completion_start_time", "completionStartTime", "name", "level", "status_message",
    "statusMessage", "provided_model_name", "providedModelName", "model", "total_cost",
    "totalCost", "calculatedTotalCost", "user_id", "userId", "session_id", "sessionId",
    "trace_name", "traceName", "prompt_name", "promptName", "promptTokens", "completionTokens",
    "totalTokens", "input", "output",
)  # fmt: skip
_JSON: Final = (
    "metadata", "model_parameters", "modelParameters", "usage_details", "usageDetails", "usage",
    "cost_details", "costDetails", "tool_definitions", "tags", "traceTags",
)  # fmt: skip
COLUMNS: Final = dict.fromkeys(_TEXT, "VARCHAR") | dict.fromkeys(_JSON, "JSON")
SELECT: Final = statement("langfuse")

_PARENT: Final = {"parentobservationid", "parent_observation_id"}
_TRACE: Final = {"traceid", "trace_id"}


def is_observation(record: Export) -> bool:
    """Return whether a record has the names of an observation."""
    names = {name.lower() for name in record}
    return {"id", "type"} <= names and bool(names & _PARENT) and bool(names & _TRACE)


READER = Reader(
    id="langfuse-observations",
    family="langfuse",
    title="Langfuse observations (JSON lines, JSON list, CSV or Parquet)",
    carries="calls with tokens, cache, cost, status, user, session and prompts",
    found_by="id, type, traceId and parentObservationId, or the same with underscores",
    grain="call",
    holds="both",
    verified=False,
    signature=frozenset({"id", "type"}),
    columns=COLUMNS,
    select=SELECT,
    claims=is_observation,
)
