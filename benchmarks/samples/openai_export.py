"""OpenAI's own exports of the month: usage pages by the API, costs as the dashboard saves them."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, Any, Final

from .clock import DAYS, day_of, midnight
from .incidents import PILOT_MODEL
from .prices import BATCH, STANDARD, Tokens, parts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .call import Call

Group = tuple[date, str, str, bool]  # day, project, model, batch
Usage = dict[Group, tuple[int, Tokens]]

_EMBEDDING: Final = "text-embedding-3-small"
_NOTEBOOKS: Final = "proj_notebooks"
# Uncached input, cached input, output and requests of an analyst's working day.
_ANALYST: Final = (
    ("gpt-5.4", False, (1_150_000, 60_000, 44_000, 96)),
    ("gpt-4o-2024-08-06", False, (420_000, 0, 31_000, 60)),
    ("gpt-5.4-mini", True, (1_700_000, 0, 120_000, 850)),
)
_UNEXPLAINED: Final = (date(2026, 10, 20), "gpt-5.4, output", Decimal("2.84"))
_CLASSES: Final = (
    ("uncached", "input"),
    ("cache_read", "cached input"),
    ("output", "output"),
)
_COST_COLUMNS: Final = (
    "start_time", "end_time", "start_time_iso", "end_time_iso", "amount_value", "amount_currency",
    "line_item", "project_id", "organization_id", "organization_name",
)  # fmt: skip


def metered(calls: Iterable[Call]) -> Usage:
    """Return what OpenAI counted: the gateway's calls, and notebooks that went past it."""
    usage: Usage = defaultdict(lambda: (0, Tokens()))
    for call in calls:
        if call.provider == "openai" and call.reached and call.metered:
            group = (day_of(call.started), f"proj_gateway_{call.env}", call.model, False)
            _add(usage, group, 1, call.tokens)
    for day in DAYS:
        for group, requests, tokens in _notebooks(day):
            _add(usage, group, requests, tokens)
    return dict(sorted(usage.items()))


def _add(usage: Usage, group: Group, requests: int, tokens: Tokens) -> None:
    before, counted = usage[group]
    usage[group] = (before + requests, counted + tokens)


def _notebooks(day: date) -> list[tuple[Group, int, Tokens]]:
    if day.weekday() > 4:  # noqa: PLR2004  # Friday
        return []
    rng = Random(f"notebooks/{day}")
    made = []
    for model, batch, sizes in _ANALYST:
        uncached, cached, output, requests = (int(n * (0.5 + rng.random())) for n in sizes)
        tokens = Tokens(uncached=uncached, cache_read=cached // 128 * 128, output=output)
        made.append(((day, _NOTEBOOKS, model, batch), requests, tokens))
    return made


def usage_page(usage: Usage, *, embeddings: bool) -> dict[str, Any]:
    """Return one page of the usage API with a bucket for each day of the month."""
    result = _embedding if embeddings else _completion
    buckets = []
    for day in DAYS:
        groups = [group for group in usage if group[0] == day]
        results = [
            result(group, *usage[group])
            for group in groups
            if (group[2] == _EMBEDDING) is embeddings
        ]
        start = midnight(day) // 1000
        bucket = {"object": "bucket", "start_time": start, "end_time": start + 86_400}
        buckets.append(bucket | {"results": results})
    return {"object": "page", "data": buckets, "has_more": False, "next_page": None}


def _completion(group: Group, requests: int, tokens: Tokens) -> dict[str, Any]:
    _, project, model, batch = group
    return {
        "object": "organization.usage.completions.result",
        "input_tokens": tokens.uncached + tokens.cache_read,
        "input_uncached_tokens": tokens.uncached,
        "input_cached_tokens": tokens.cache_read,
        "output_tokens": tokens.output,
        "num_model_requests": requests,
        "project_id": project,
        "user_id": None,
        "api_key_id": None,
        "model": model,
        "batch": batch,
        "service_tier": None,
    }


def _embedding(group: Group, requests: int, tokens: Tokens) -> dict[str, Any]:
    return {
        "object": "organization.usage.embeddings.result",
        "input_tokens": tokens.uncached,
        "num_model_requests": requests,
        "project_id": group[1],
        "user_id": None,
        "api_key_id": None,
        "model": group[2],
    }


def costs_csv(usage: Usage) -> str:
    """Return the costs of the month; the pilot of a tuned model was free of charge."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(_COST_COLUMNS)
    for (day, project, model, batch), (_, tokens) in usage.items():
        for kind, title in _CLASSES:
            if getattr(tokens, kind):
                item = f"{model}, {title}"
                amount = _amount(model, batch, kind, tokens)
                if (day, item) == _UNEXPLAINED[:2] and project == "proj_gateway_prod":
                    amount += _UNEXPLAINED[2]
                table.writerow(_cost_row(day, project, item, amount))
    return text.getvalue()


def _amount(model: str, batch: bool, kind: str, tokens: Tokens) -> Decimal:  # noqa: FBT001
    if model == PILOT_MODEL:
        return Decimal(0)
    return parts(BATCH[model] if batch else STANDARD[model], tokens)[kind]


def _cost_row(day: date, project: str, item: str, amount: Decimal) -> tuple[str, ...]:
    start = midnight(day) // 1000
    following = day + timedelta(days=1)
    return (
        str(start), str(start + 86_400), f"{day}T00:00:00+00:00", f"{following}T00:00:00+00:00",
        f"{amount:f}", "usd", item, project, "org-brightwater", "Brightwater Logistics",
    )  # fmt: skip
