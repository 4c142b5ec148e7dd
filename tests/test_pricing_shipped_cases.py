"""The published cases once more, with the prices that ship: a catalogue that drifts is caught."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest

from aiaudit import pricing
from aiaudit.engine import Engine

FILE: Final = Path(__file__).parent / "pricing" / "shipped_cases.jsonl"
CASES: Final = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def answers() -> dict[str, dict[str, Any]]:
    with Engine() as engine:
        pricing.install(engine, pricing.load())
        quotes = pricing.quotes(engine, pricing.batches(FILE, io.BytesIO()))
        return {case["id"]: json.loads(quote) for case, quote in zip(CASES, quotes, strict=True)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["id"]))
def test_a_published_case_is_exact_at_shipped_prices(
    answers: dict[str, dict[str, Any]], case: dict[str, Any]
) -> None:
    answer = answers[case["id"]]
    assert (answer["status"], answer["list_cost"]) == ("priced", case["expect"])


def test_turns_add_up_to_the_published_total(answers: dict[str, dict[str, Any]]) -> None:
    turns = [a["list_cost"] for name, a in answers.items() if name.startswith("T12")]
    assert sum(map(Decimal, turns)) == Decimal("0.88739685")
