"""Calls that are described by what is special about them, and the labels that they get."""

from __future__ import annotations

from functools import cache
from typing import Any

from aiaudit import classify, pricing
from aiaudit.engine import Engine
from aiaudit.schema import CALLS, table_sql
from aiaudit.settings import Settings

CALL: dict[str, Any] = {
    "origin": "call", "offering": "acme/one", "model": "one", "requests": 1, "use_case": None,
    "agent": None, "project": None, "team": None, "operation": "chat", "model_raw": None,
    "template_id": None, "rule_task": None, "rule_family": None, "rule_share": None,
    "complexity": 0, "tools": None, "prompt_chars": 100, "messages": 1, "has_schema": None,
    "max_output_tokens": None, "output": 500, "reasoning": None, "system_sha256": None,
}  # fmt: skip
WORDS: dict[str, Any] = {
    "rule_task": "classification", "rule_family": "structured", "rule_share": 0.8,
}  # fmt: skip
REASONING: dict[str, Any] = {
    "rule_task": "math_reasoning", "rule_family": "reasoning", "rule_share": 0.9,
}  # fmt: skip


@cache
def tiers() -> pricing.Tiers:
    return pricing.load().tiers


def label(*calls: dict[str, Any], settings: Settings | None = None) -> list[dict[str, Any]]:
    """Return the labels of calls that are described by what is special about them."""
    with Engine() as engine:
        classified(engine, *calls, settings=settings)
        return engine.rows("SELECT * FROM labelled ORDER BY call_id")


def classified(
    engine: Engine, *calls: dict[str, Any], settings: Settings | None = None
) -> tuple[str, ...]:
    """Make `calls` and `labelled`; return the names of rules without a call."""
    engine.run(table_sql("calls", CALLS))
    for column in ("offering", "model", "origin"):
        engine.run(f"ALTER TABLE calls ADD COLUMN {column} VARCHAR")
    engine.append("calls", [CALL | {"call_id": n} | c for n, c in enumerate(calls, 10)])
    return classify.classify(engine, settings or Settings(), tiers())


def one(call: dict[str, Any], **settings: Any) -> dict[str, Any]:  # noqa: ANN401  # any setting
    return label(call, settings=Settings(**settings))[0]


def told(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["task"], row["family"], row["needed_tier"], row["evidence"]
