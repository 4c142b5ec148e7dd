"""LangSmith runs: the bulk export and lists of runs, a row for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiaudit.readers.reader import Reader
from aiaudit.resources import statement

if TYPE_CHECKING:
    from aiaudit.readers.reader import Export

_TEXT: Final = (
    "id", "trace_id", "parent_run_id", "run_type", "name", "start_time", "end_time",
    "first_token_time", "status", "error", "session_id", "session_name", "prompt_tokens",
    "completion_tokens", "total_tokens", "prompt_cost", "completion_cost", "total_cost",
    "thread_id", "reference_example_id", "dotted_order",
)  # fmt: skip
_JSON: Final = (
    "inputs", "outputs", "extra", "tags", "prompt_token_details", "completion_token_details",
    "input_token_details", "output_token_details", "events",
)  # fmt: skip
COLUMNS: Final = dict.fromkeys(_TEXT, "VARCHAR") | dict.fromkeys(_JSON, "JSON")
SELECT: Final = statement("langsmith")


def is_run(record: Export) -> bool:
    """Return whether a record has the names of a run."""
    return {"id", "run_type"} <= record.keys() and bool(
        {"dotted_order", "trace_id"} & record.keys()
    )


READER = Reader(
    id="langsmith-runs",
    family="langsmith",
    title="LangSmith runs (JSON lines, JSON list, CSV or Parquet)",
    carries="calls with tokens, cache, cost, status, project, thread and prompts",
    found_by="id, run_type and trace_id or dotted_order",
    grain="call",
    holds="both",
    verified=False,
    signature=frozenset({"id", "run_type"}),
    columns=COLUMNS,
    select=SELECT,
    claims=is_run,
)
