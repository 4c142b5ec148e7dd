"""The ladder: the user's word, then proof, then votes, then words, then nothing; never a price."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from aiaudit import classify, pricing
from aiaudit.engine import Engine
from aiaudit.schema import CALLS, table_sql
from aiaudit.settings import Rule, Settings, UseCase

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
        engine.run(table_sql("calls", CALLS))
        for column in ("offering", "model", "origin"):
            engine.run(f"ALTER TABLE calls ADD COLUMN {column} VARCHAR")
        engine.append("calls", [CALL | {"call_id": n} | c for n, c in enumerate(calls, 10)])
        classify.classify(engine, settings or Settings(), tiers())
        return engine.rows("SELECT * FROM labelled ORDER BY call_id")


def one(call: dict[str, Any], **settings: Any) -> dict[str, Any]:  # noqa: ANN401  # any setting
    return label(call, settings=Settings(**settings))[0]


def told(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["task"], row["family"], row["needed_tier"], row["evidence"]


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


def test_a_rule_of_the_user_comes_first() -> None:
    rule = Rule(match={"use_case": "EMAIL-*"}, task="drafting", use_case="mail")
    row = one({"use_case": "email-triage", **WORDS}, rules=(rule,))
    assert told(row) == ("drafting", "generate", "efficient", "rule")
    assert row["use_case"] == "mail"
    assert row["confidence"] == 1.0


def test_for_each_thing_the_first_rule_that_says_it_counts() -> None:
    rules = (
        Rule(match={"team": "ops"}, use_case="first"),
        Rule(match={"team": "ops"}, use_case="second", tier="frontier"),
        Rule(match={"team": "*"}, tier="micro", task="code"),
    )
    row = one({"team": "Ops"}, rules=rules)
    assert told(row) == ("code", "code", "frontier", "rule")
    assert row["use_case"] == "first"


def test_a_rule_must_match_in_everything_that_it_says() -> None:
    rule = Rule(match={"team": "ops", "model": "one"}, tier="micro")
    assert one({"team": "ops"}, rules=(rule,))["evidence"] == "rule"
    assert one({"team": "ops", "model": "two"}, rules=(rule,))["evidence"] == "insufficient"
    assert one({"team": None}, rules=(rule,))["evidence"] == "insufficient"


def test_only_a_star_stands_for_anything() -> None:
    rules = (Rule(match={"team": "50%_[a]'*"}, tier="micro"),)
    assert one({"team": "50%_[a]'s team"}, rules=rules)["evidence"] == "rule"
    assert one({"team": "500_[a]'s team"}, rules=rules)["evidence"] == "insufficient"


def test_a_rule_about_a_use_case_also_finds_what_stands_in_for_it() -> None:
    rules = (Rule(match={"use_case": "apollo"}, task="code"),)
    assert one({"project": "apollo"}, rules=rules)["task"] == "code"
    assert one({"system_sha256": "AB"}, rules=(Rule(match={"system_prompt_sha256": "ab"}, task="chat"),))["task"] == "chat"  # fmt: skip # noqa: E501


def test_a_rule_without_a_call_is_named() -> None:
    rules = (
        Rule(match={"team": "ops"}, tier="micro"),
        Rule(match={"team": "nobody", "model": "x*"}, task="code"),
    )
    with Engine() as engine:
        engine.run(table_sql("calls", CALLS))
        for column in ("offering", "model", "origin"):
            engine.run(f"ALTER TABLE calls ADD COLUMN {column} VARCHAR")
        engine.append("calls", [CALL | {"call_id": 1, "team": "ops"}])
        unmatched = classify.classify(engine, Settings(rules=rules), tiers())
    assert unmatched == ("rule 2 (team: nobody, model: x*)",)


def test_the_name_of_a_use_case_comes_from_what_is_there() -> None:
    rows = label(
        {"use_case": "a", "agent": "b", "project": "c"}, {"agent": "b", "project": "c"},
        {"project": "c"}, {},
    )  # fmt: skip
    assert [row["use_case"] for row in rows] == ["a", "b", "c", "unallocated"]


def test_a_use_case_caps_the_tier_and_sets_it_where_nothing_is_known() -> None:
    terms = {"mail": UseCase(max_tier="efficient")}
    capped = one({"use_case": "mail", **REASONING}, use_cases=terms)
    assert told(capped) == ("math_reasoning", "reasoning", "efficient", "hand_rule")
    lower = one({"use_case": "mail", **WORDS}, use_cases=terms)
    assert lower["needed_tier"] == "micro"
    unknown = one({"use_case": "mail"}, use_cases=terms)
    assert told(unknown) == (None, None, "efficient", "rule")
    assert unknown["confidence"] == 1.0
    embedding = one({"use_case": "mail", "operation": "embedding"}, use_cases=terms)
    assert told(embedding) == (None, None, None, "not_applicable")


def test_a_bucket_needs_nothing_until_the_user_says_so() -> None:
    bucket = {"origin": "bucket", "requests": 900, "has_schema": True, "output": 9, **WORDS}
    assert told(one(bucket)) == (None, None, None, "insufficient")
    rule = Rule(match={"model": "one"}, task="classification")
    assert told(one(bucket, rules=(rule,)))[2:] == ("micro", "rule")


def test_traffic_that_no_log_covers_stays_without_a_label() -> None:
    row = one(
        {"origin": "export_only", "use_case": "mail", **WORDS},
        rules=(Rule(match={"model": "*"}, task="code", use_case="x"),),
        use_cases={"mail": UseCase(max_tier="micro"), "unallocated": UseCase(max_tier="micro")},
    )
    assert told(row) == (None, None, None, "insufficient")
    assert row["use_case"] == "unallocated"


def test_what_must_not_be_moved_is_protected() -> None:
    assert one(WORDS)["protected"] is False
    assert one(WORDS | {"offering": None})["protected"] is True
    safe = {"mail": UseCase(never_downgrade=True)}
    assert one(WORDS | {"use_case": "mail"}, use_cases=safe)["protected"] is True
    rules = (Rule(match={"team": "risk"}, never_downgrade=True),)
    assert one(WORDS | {"team": "risk"}, rules=rules)["protected"] is True
    assert one(WORDS | {"team": "other"}, rules=rules)["protected"] is False


def test_no_price_is_read_to_say_what_is_needed() -> None:
    with Engine() as engine:
        engine.run(table_sql("calls", CALLS))
        for column in ("offering", "model", "origin"):
            engine.run(f"ALTER TABLE calls ADD COLUMN {column} VARCHAR")
        classify.classify(engine, Settings(), tiers())
        read = {name for step in engine.steps.values() for name in step.inputs}
    assert not read & {"prices", "rates", "offerings", "roles", "costed"}


def test_the_classifier_says_its_name() -> None:
    assert classify.describe().startswith("hand rules ")
