"""Anthropic's own exports of the month: the usage report, and the cost report in cents."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from .clock import DAYS, day_of
from .prices import STANDARD, Tokens, parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from decimal import Decimal

    from .call import Call

Group = tuple[date, str, str]  # day, workspace, model
Usage = dict[Group, Tokens]

_WORKSPACES: Final = {"prod": "wrkspc_brightwater_prod", "dev": "wrkspc_brightwater_dev"}
_KINDS: Final = (
    ("uncached", "uncached_input_tokens", "Input Tokens"),
    ("cache_read", "cache_read_input_tokens", "Cache Read"),
    ("cache_write", "cache_creation.ephemeral_5m_input_tokens", "Cache Write 5m"),
    ("output", "output_tokens", "Output Tokens"),
)
_CENTS: Final = 100


def metered(calls: Iterable[Call]) -> Usage:
    """Return what Anthropic counted; on a day of an outage that is nothing."""
    usage: Usage = defaultdict(Tokens)
    for call in calls:
        if call.provider == "anthropic" and call.reached:
            usage[day_of(call.started), _WORKSPACES[call.env], call.model] += call.tokens
    return dict(sorted(usage.items()))


def usage_report(usage: Usage) -> dict[str, Any]:
    """Return the usage report, grouped by model and workspace."""
    return _page(usage, lambda group, tokens: [_usage(group, tokens)])


def cost_report(usage: Usage) -> dict[str, Any]:
    """Return the cost report, grouped by description and workspace."""
    return _page(usage, _costs)


def _page(usage: Usage, results: Callable[[Group, Tokens], list[dict[str, Any]]]) -> dict[str, Any]:
    buckets = []
    for day in DAYS:
        found = [
            result
            for group, tokens in usage.items()
            if group[0] == day
            for result in results(group, tokens)
        ]
        bucket = {
            "starting_at": f"{day}T00:00:00Z",
            "ending_at": f"{day + timedelta(days=1)}T00:00:00Z",
            "results": found,
        }
        buckets.append(bucket)
    return {"data": buckets, "has_more": False, "next_page": None}


def _usage(group: Group, tokens: Tokens) -> dict[str, Any]:
    return {
        "uncached_input_tokens": tokens.uncached,
        "cache_read_input_tokens": tokens.cache_read,
        "cache_creation": {
            "ephemeral_5m_input_tokens": tokens.cache_write,
            "ephemeral_1h_input_tokens": 0,
        },
        "output_tokens": tokens.output,
        "server_tool_use": {"web_search_requests": 0},
        "model": group[2],
        "workspace_id": group[1],
        "api_key_id": None,
        "service_tier": None,
        "context_window": None,
        "inference_geo": None,
    }


def _costs(group: Group, tokens: Tokens) -> list[dict[str, Any]]:
    costs = parts(STANDARD[group[2]], tokens)
    return [
        _cost(group, token_type, title, costs[kind])
        for kind, token_type, title in _KINDS
        if getattr(tokens, kind)
    ]


def _cost(group: Group, token_type: str, title: str, amount: Decimal) -> dict[str, Any]:
    model = group[2]
    return {
        "amount": f"{amount * _CENTS:f}",
        "currency": "USD",
        "cost_type": "tokens",
        "description": f"{_title(model)} Usage - {title}",
        "model": model,
        "service_tier": "standard",
        "token_type": token_type,
        "context_window": "0-200k",
        "inference_geo": "global",
        "workspace_id": group[1],
    }


def _title(model: str) -> str:
    """Return the name on the bill: claude-opus-4-8 is Claude Opus 4.8."""
    maker, family, major, minor = model.split("-")[:4]
    return f"{maker.title()} {family.title()} {major}.{minor}"
