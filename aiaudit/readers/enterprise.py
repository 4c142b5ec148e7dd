"""Anthropic's Analytics API for Enterprise plans: its reports in each of the shapes that it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from aiaudit.readers.pages import flat, results, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.readers.reader import Export, Flat

DIMENSIONS: Final = (
    "model", "product", "workspace_id", "api_key_id", "service_tier", "context_window",
    "inference_geo", "speed", "rbac_group_id", "cost_type", "token_type",
)  # fmt: skip
_WHO: Final = ("email_address", "email", "user_id", "service_account_id", "api_key_id", "id")
# What the Admin API's own reports of the same envelope do not have.
_MARKS: Final = ("product", "requests", "rbac_group_id", "total_tokens", "actor", "group")


def is_enterprise(result: Export) -> bool:
    """Return whether a result has what only the Enterprise reports have."""
    return any(name in result for name in _MARKS)


def entries(record: Export) -> Iterator[tuple[Flat, Export | None]]:
    """Yield (times, whose and what, the merged entry) of a page; None for an idle bucket.

    An entry stands in a bucket's results, or per user in a row of its own, or with its dimensions
    in `group` and its measures in `usage` or `cost`.
    """
    page = {
        "organization_id": text(record.get("organization_id")),
        "data_refreshed_at": text(record.get("data_refreshed_at")),
    }
    for bucket, result in results(record):
        times = page | flat(bucket, "starting_at", "ending_at")
        if result is None:
            yield times, None
            continue
        merged = result | _object(result.get("group")) | _object(result.get("usage"))
        merged |= _object(result.get("cost"))
        yield times | flat(merged, *DIMENSIONS) | {"who": _who(merged.get("actor"))}, merged


def _who(actor: Any) -> str | None:  # noqa: ANN401  # whatever JSON holds
    named = (text(_object(actor).get(name)) for name in _WHO)
    return next((name for name in named if name), None) or text(actor)


def _object(value: Any) -> Export:  # noqa: ANN401  # whatever JSON holds
    return value if isinstance(value, dict) else {}
