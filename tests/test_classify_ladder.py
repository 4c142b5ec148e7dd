"""The ladder: proof, then votes, then words, then nothing; and never a price."""

from __future__ import annotations

import pytest
from labels import REASONING, WORDS, classified, label, one, told

from aiaudit import classify
from aiaudit.engine import Engine
from aiaudit.settings import Rule


def test_every_call_has_one_label() -> None:
    rows = label(WORDS, {}, WORDS, {"operation": "embedding"})
    assert [row["call_id"] for row in rows] == [10, 11, 12, 13]


def test_nothing_known_is_said_to_be_nothing() -> None:
    row = one({})
    assert told(row) == (None, None, None, "insufficient")
    assert row["confidence"] is None


def test_words_give_a_task_and_its_tier() -> None:
    row = one(WORDS)
    assert told(row) == ("classification", "structured", "micro", "hand_rule")
    assert row["confidence"] == pytest.approx(0.5 * (0.5 + 0.8))


def test_a_family_alone_needs_the_tier_of_its_family() -> None:
    row = one({"rule_family": "generate", "rule_share": 0.6})
    assert told(row) == (None, "generate", "capable", "family")


@pytest.mark.parametrize("operation", ["embedding", "image", "audio", "moderation", "rerank"])
def test_what_is_no_text_has_no_task_whatever_else_is_said(operation: str) -> None:
    rule = Rule(match={"operation": "*"}, task="drafting")
    row = one({"operation": operation, **WORDS}, rules=(rule,))
    assert told(row) == (None, None, None, "not_applicable")


def test_a_demanded_schema_with_a_short_answer_is_a_label() -> None:
    row = one({"has_schema": True, "output": 12})
    assert told(row) == ("classification", "structured", "micro", "metadata")
    assert row["confidence"] == 0.95


def test_reasoning_tokens_are_no_answer() -> None:
    row = one({"has_schema": True, "output": 900, "reasoning": 890})
    assert row["evidence"] == "metadata"


def test_a_few_fields_in_a_demanded_shape_are_structured() -> None:
    assert told(one({"has_schema": True, "output": 50})) == (
        None,
        "structured",
        "micro",
        "metadata",
    )


def test_a_long_answer_in_a_demanded_shape_proves_nothing_alone() -> None:
    assert one({"has_schema": True, "output": 800})["evidence"] == "insufficient"
    both = WORDS | {"rule_task": "extraction", "has_schema": True, "output": 800}
    assert told(one(both)) == ("extraction", "structured", "micro", "metadata")


def test_an_answer_that_may_have_five_tokens_is_a_label() -> None:
    assert one({"max_output_tokens": 5, "output": None})["task"] == "classification"
    assert one({"max_output_tokens": 6, "output": None})["evidence"] == "insufficient"


def test_a_sum_stays_a_sum_when_its_answer_is_short() -> None:
    row = one({"has_schema": True, "output": 8, "max_output_tokens": 4, **REASONING})
    assert told(row) == ("math_reasoning", "reasoning", "capable", "hand_rule")


def test_a_complex_prompt_needs_a_tier_more_but_not_above_the_cap() -> None:
    assert one(WORDS | {"complexity": 60})["needed_tier"] == "micro"
    assert one(WORDS | {"complexity": 61})["needed_tier"] == "efficient"
    both = WORDS | {"complexity": 90, "prompt_chars": 90_000}
    assert one(both)["needed_tier"] == "efficient"


def test_an_unknown_structure_lifts_nothing() -> None:
    assert one(WORDS | {"complexity": None, "prompt_chars": None})["needed_tier"] == "micro"


def test_five_calls_of_a_template_speak_for_the_others() -> None:
    calls = [{"template_id": "t", **WORDS}] * 3 + [{"template_id": "t"}] * 2
    rows = label(*calls)
    assert {told(row) for row in rows} == {("classification", "structured", "micro", "template")}
    assert rows[0]["confidence"] == pytest.approx(0.8 * (0.7 + 0.3 * 0.6))


def test_four_calls_are_too_few_and_half_of_them_too_little() -> None:
    few = label(*[{"template_id": "t", **WORDS}] * 4)
    assert {row["evidence"] for row in few} == {"hand_rule"}
    split = label(*[{"template_id": "t", **WORDS}] * 3, *[{"template_id": "t"}] * 3)
    assert [row["evidence"] for row in split] == ["hand_rule"] * 3 + ["insufficient"] * 3


def test_a_call_that_clearly_asks_for_something_else_keeps_it() -> None:
    calls = [{"template_id": "t", **WORDS}] * 6
    rows = label(*calls, {"template_id": "t", **REASONING})
    assert told(rows[6])[0] == "math_reasoning"
    assert rows[6]["evidence"] == "hand_rule"


def test_no_price_is_read_to_say_what_is_needed() -> None:
    with Engine() as engine:
        classified(engine, WORDS)
        read = {name for step in engine.steps.values() for name in step.inputs}
    assert not read & {"prices", "rates", "offerings", "roles", "costed"}


def test_the_classifier_says_its_name() -> None:
    assert classify.describe().startswith("hand rules ")
