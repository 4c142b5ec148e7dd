"""Portkey: one row per request, from its log export or its analytics records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiaudit.readers.bodies import coded, labelled, measured, requested
from aiaudit.readers.reader import Reader
from aiaudit.resources import statement

if TYPE_CHECKING:
    from aiaudit.readers.reader import Export

# The customer picks the columns of an export, so any of them may be missing.
_MARKS: Final = frozenset({"ai_org", "ai_model", "req_units", "res_units", "response_status_code"})
_ENOUGH: Final = 2
_TEXT: Final = (
    "id", "trace_id", "created_at", "ai_org", "ai_model", "req_units", "res_units", "total_units",
    "request_url", "cost", "cost_currency", "response_time", "response_status_code", "prompt_slug",
    "is_success", "cache_status", "retry_success_count", "_user", "_prompt", "virtual_key",
    "api_key_id", "workspace_slug",
)  # fmt: skip


def _claims(record: Export) -> bool:
    return len(_MARKS & {name.lower() for name in record}) >= _ENOUGH


READER = Reader(
    id="portkey",
    family="portkey",
    title="Portkey log export or analytics records (JSON lines, JSON list or CSV)",
    carries="calls with tokens, cost (stated in cents), status, times, labels and prompts",
    found_by="two of ai_org, ai_model, req_units, res_units, response_status_code",
    grain="call",
    holds="both",
    verified=False,
    signature=frozenset({"ai_model"}),
    columns=dict.fromkeys(_TEXT, "VARCHAR")
    | dict.fromkeys(("request", "response", "metadata"), "JSON"),
    select=requested(labelled(coded(measured(statement("portkey"))))),
    claims=_claims,
)
