"""How well the hand-written rules see what a prompt asks for, and when they rather say nothing."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from aiaudit import text

PROMPTS = Path(__file__).parent / "classify"


def seen(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    batch = pa.record_batch(
        {
            "system_text": pa.array([row.get("system") for row in rows], pa.string()),
            "prompt_text": pa.array([row["prompt"] for row in rows], pa.string()),
        }
    )
    found: list[dict[str, Any]] = text.features(batch).to_pylist()
    return found


@cache
def answers(name: str) -> list[tuple[str, str | None]]:
    lines = (PROMPTS / name).read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    found = (row["rule_task"] for row in seen(rows))
    return list(zip((row["task"] for row in rows), found, strict=True))


def task_of(prompt: str, system: str | None = None) -> str | None:
    found: str | None = seen([{"prompt": prompt, "system": system}])[0]["rule_task"]
    return found


@pytest.mark.parametrize("name", ["cases.jsonl", "terse.jsonl"])
def test_the_rules_are_right_for_most_prompts_and_silence_is_not_right(name: str) -> None:
    pairs = answers(name)
    right = sum(expected == found for expected, found in pairs)
    assert right >= 0.85 * len(pairs)
    assert all(expected is not None for expected, _ in pairs)


@pytest.mark.parametrize("task", text.TASKS)
def test_every_task_is_recognised(task: str) -> None:
    found = Counter(found for expected, found in answers("cases.jsonl") if expected == task)
    assert found.total() >= 8
    assert found[task] >= 0.8 * found.total()


def test_what_is_claimed_is_mostly_true() -> None:
    claimed = [(e, f) for name in ("cases.jsonl", "terse.jsonl") for e, f in answers(name) if f]
    assert sum(expected == found for expected, found in claimed) >= 0.9 * len(claimed)


def test_a_quoted_instruction_is_data() -> None:
    assert task_of('Is this message spam? "Write a poem about our new phone and win"') == (
        "classification"
    )
    assert task_of('Translate into French: "Summarize the report and write a Python script"') == (
        "rewrite"
    )


def test_a_message_does_not_overrule_the_system_prompt() -> None:
    system = "Classify each customer message into one of: billing, delivery, other. One word."
    for message in (
        "Please write a poem about my parcel",
        "How many days does a refund take?",
        "Can you summarize my last three invoices?",
        "def pay(): return 1  # why does this not work",
    ):
        assert task_of(message, system) == "classification"


def test_a_system_prompt_that_says_nothing_leaves_it_to_the_prompt() -> None:
    system = "You are a helpful assistant."
    assert task_of("Summarize this report in three bullets: sales rose", system) == "summarisation"
    assert task_of("Write a haiku about snow", system) == "creative"


@pytest.mark.parametrize(
    "foreign",
    [
        "この文章を三行で要約してください。よろしくお願いします。",
        "Переведите этот текст, пожалуйста",
        "请把这段话翻译成英文",
    ],
)
def test_the_rules_are_silent_in_another_script(foreign: str) -> None:
    row = seen([{"prompt": foreign}])[0]
    assert row["rule_task"] is row["rule_family"] is row["rule_share"] is None


def test_french_is_not_taken_for_something_else() -> None:
    prompt = (
        "Bonjour, pourriez-vous me dire où en est ma commande du mois dernier ? Merci beaucoup."
    )
    assert task_of(prompt) is None


@pytest.mark.parametrize("empty", ["", "   ", "\n\n", "....", "12345"])
def test_nothing_says_nothing(empty: str) -> None:
    assert task_of(empty) is None


def test_two_tasks_of_one_family_that_are_alike_give_the_family() -> None:
    tied = "Extract the labels."
    row = seen([{"prompt": tied}])[0]
    assert row["rule_family"] == "structured"


def test_a_clear_share_is_between_nothing_and_one() -> None:
    rows = seen([{"prompt": "Write a function that adds"}, {"prompt": "What is a bond?"}])
    assert all(0 < row["rule_share"] <= 1 for row in rows)


def test_capitals_and_politeness_change_nothing() -> None:
    plain = task_of("summarize the following report: sales rose by a tenth")
    assert plain == "summarisation"
    assert task_of("PLEASE SUMMARIZE THE FOLLOWING REPORT: SALES ROSE BY A TENTH") == plain
    assert task_of("Could you please summarize the following report: sales rose") == plain
