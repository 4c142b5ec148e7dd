"""The file of hand-written rules: complete, well-formed, and read as it is written."""

from __future__ import annotations

import polars as pl
import pytest

from aiaudit import settings, text
from aiaudit.text.patterns import anywhere, asked, compiled
from aiaudit.text.rules import Ask, rules

PLACES = {"any", "system", "prompt", "short", "long"}


def test_tasks_and_families_are_those_of_the_settings() -> None:
    assert set(text.TASKS) == set(settings.TASKS)
    assert text.FAMILIES == (
        "structured", "summarise", "rewrite", "qa", "generate", "code", "reasoning",
    )  # fmt: skip


def test_every_task_has_rules_of_its_own() -> None:
    known = rules()
    every = [rule for rule, _ in known.asks] + [*known.signs, *known.things]
    assert {rule.task for rule in every} == set(text.TASKS)
    assert {rule.place for rule in every} <= PLACES
    assert all(rule.patterns for rule in every)
    assert all(rule.weight for rule in every)


def test_no_list_is_left_unwritten() -> None:
    known = rules()
    patterns = [pattern for rule in known.signs for pattern in rule.patterns]
    assert not [pattern for pattern in patterns if "{source" in pattern or " | " in pattern]


@pytest.mark.parametrize("number", range(len(rules().signs)))
def test_every_sign_is_a_pattern(number: int) -> None:
    sign = rules().signs[number]
    for pattern in sign.patterns:
        pl.Series(["some text"]).str.contains(compiled(pattern))


def test_every_ask_is_a_pattern() -> None:
    frame = pl.DataFrame({"text": ["\nsome text"]})
    for _, asks in rules().asks:
        frame.select(asked(pl.col("text"), asks))


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("\nsummarise it", True),
        ("\nread this. summarise it", True),
        ("\nplease summarise it", True),
        ("\nread this and summarise it", True),
        ("\n- summarise it", True),
        ("\nthey summarise it", False),
    ],
)
def test_a_verb_asks_only_where_a_clause_begins(written: str, *, found: bool) -> None:
    frame = pl.DataFrame({"text": [written]})
    assert frame.select(asked(pl.col("text"), [Ask(("summari[sz]e",), "")])).item() is found


def test_words_are_whole_words() -> None:
    frame = pl.DataFrame({"text": ["wrapped rapidly", "a rap, please"]})
    assert frame.select(anywhere(pl.col("text"), ("rap",))).to_series().to_list() == [False, True]
