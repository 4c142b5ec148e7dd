"""Claude Code analytics from Anthropic's Admin API: a day's tokens per actor and model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from aiaudit.readers.pages import amount, flat, text
from aiaudit.readers.reader import Reader
from aiaudit.resources import statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.readers.reader import Export, Flat

_COLUMNS: Final = (
    "date", "organization_id", "customer_type", "subscription_type", "terminal_type",
)  # fmt: skip
_TOKENS: Final = ("input", "output", "cache_read", "cache_creation")
_ACTOR: Final = ("email_address", "api_key_name")


def _is_actor(record: Any) -> bool:  # noqa: ANN401  # whatever JSON holds
    return isinstance(record, dict) and {"core_metrics", "model_breakdown"} <= record.keys()


def _claims(record: Export) -> bool:
    lines = record.get("data")
    return any(map(_is_actor, lines)) if isinstance(lines, list) else _is_actor(record)


def _rows(record: Export) -> Iterator[Flat]:
    lines = record.get("data")
    for line in lines if isinstance(lines, list) else [record]:
        yield from _models(line if isinstance(line, dict) else {})


def _models(line: Export) -> Iterator[Flat]:
    whose = flat(line, *_COLUMNS) | flat(_object(line.get("actor")), *_ACTOR)
    models = line.get("model_breakdown")
    if not models or not isinstance(models, list):
        yield whose | {"idle": "true"}
        return
    for model in map(_object, models):
        estimate = _object(model.get("estimated_cost"))
        money = None
        if text(estimate.get("currency")) in {None, "USD"}:
            money = amount(estimate.get("amount"), cents=True)
        tokens = flat(_object(model.get("tokens")), *_TOKENS)
        yield whose | flat(model, "model") | tokens | {"cost": money}


def _object(value: Any) -> Export:  # noqa: ANN401  # whatever JSON holds
    return value if isinstance(value, dict) else {}


READER = Reader(
    id="claude-code-analytics",
    family="claude-code-analytics",
    title="Claude Code analytics, Anthropic Admin API",
    carries="tokens by cache class and an estimate of the cost per day, actor and model",
    found_by="data[].core_metrics with model_breakdown",
    grain="bucket",
    holds="json",
    verified=False,
    signature=frozenset({"core_metrics", "model_breakdown"}),
    columns=dict.fromkeys(("idle", "model", "cost", *_COLUMNS, *_ACTOR, *_TOKENS), "VARCHAR"),
    select=statement("claude_code_analytics"),
    rows=_rows,
    claims=_claims,
)
