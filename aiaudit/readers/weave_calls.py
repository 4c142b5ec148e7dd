"""Weights & Biases Weave calls: a row for each model of a call; sums of parents left out."""

from __future__ import annotations

import re
from decimal import Decimal, DecimalException
from typing import TYPE_CHECKING, Final

from aiaudit.readers.attributes import attributes, first, mapping
from aiaudit.readers.pages import amount
from aiaudit.readers.reader import Reader
from aiaudit.readers.spans import COLUMNS, SELECT, flattened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.readers.attributes import Attributes
    from aiaudit.readers.reader import Export, Flat

_MODEL_OP: Final = re.compile(r"(completions?|messages|responses|embeddings|models|converse)\.\w+")
_COSTS: Final = ("prompt_tokens_total_cost", "completion_tokens_total_cost",
                 "cache_read_input_tokens_total_cost",
                 "cache_creation_input_tokens_total_cost")  # fmt: skip
_USAGE: Final = {
    "gen_ai.usage.input_tokens": ("prompt_tokens", "input_tokens"),
    "gen_ai.usage.output_tokens": ("completion_tokens", "output_tokens"),
    "gen_ai.usage.total_tokens": ("total_tokens",),
    "gen_ai.usage.cache_read_tokens": (
        "cache_read_input_tokens", "prompt_tokens_details.cached_tokens",
        "input_tokens_details.cached_tokens",
    ),
    "gen_ai.usage.cache_write_tokens": ("cache_creation_input_tokens",),
    "gen_ai.usage.reasoning_tokens": (
        "completion_tokens_details.reasoning_tokens", "output_tokens_details.reasoning_tokens",
    ),
}  # fmt: skip


def _claims(record: Export) -> bool:
    return {"op_name", "started_at", "trace_id"} <= record.keys()


def _rows(record: Export) -> Iterator[Flat]:
    summary = mapping(record.get("summary"))
    told = mapping(summary.get("weave"))
    used = mapping(summary.get("usage"))
    costs = mapping(told.get("costs"))
    for model, usage in used.items() or [("", None)]:
        counted = attributes(usage)
        found = attributes(record.get("attributes")) | {
            "input.value": record.get("inputs"),
            "output.value": record.get("output"),
            "gen_ai.request.model": mapping(record.get("inputs")).get("model"),
            "gen_ai.response.model": model,
            "gen_ai.usage.cost": _cost(mapping(costs.get(model))),
            "session.id": first(record, "thread_id"),
            "user.id": first(record, "wb_user_id"),
            "service.name": first(record, "project_id"),
            "openinference.span.kind": "LLM" if used or _is_model(record) else "CHAIN",
        }
        found |= {name: first(counted, *names) for name, names in _USAGE.items()}
        part = {"part": model if len(used) > 1 else None, "requests": first(counted, "requests")}
        yield flattened(_head(record, told, counted) | part, found, {})


def _head(record: Export, told: Attributes, counted: Attributes) -> Flat:
    failed = first(record, "exception") or first(told, "status") == "error"
    beside = "cache_read_input_tokens" in counted and "prompt_tokens" not in counted
    return {
        "trace_id": first(record, "trace_id"),
        "span_id": first(record, "id"),
        "parent_id": first(record, "parent_id"),
        "name": first(record, "display_name", "op_name"),
        "started_at": first(record, "started_at"),
        "ended_at": first(record, "ended_at"),
        "failed": "true" if failed else "false",
        "failure": first(record, "exception"),
        "beside": "true" if beside else None,
        "aside": "deleted call" if first(record, "deleted_at") else None,
    }


def _is_model(record: Export) -> bool:
    return bool(_MODEL_OP.search((first(record, "op_name") or "").lower()))


def _cost(costs: Attributes) -> str | None:
    """Return what the parts of a model's cost add up to; None when none is stated."""
    stated = [amount(costs[name]) for name in _COSTS if costs.get(name) is not None]
    try:
        return f"{sum(Decimal(part or '') for part in stated):f}" if stated else None
    except DecimalException:
        return None


READER = Reader(
    id="weave-calls",
    family="weave",
    title="Weights & Biases Weave calls (JSON lines, JSON list or CSV)",
    carries="calls with tokens and cost per model, status, thread, user and prompts",
    found_by="op_name, started_at and trace_id",
    grain="call",
    holds="both",
    unfolds=True,
    verified=False,
    signature=frozenset({"op_name", "started_at", "trace_id"}),
    columns=COLUMNS,
    select=SELECT,
    rows=_rows,
    claims=_claims,
)
