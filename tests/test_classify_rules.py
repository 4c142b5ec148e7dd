"""What the user says of calls and use cases comes first, and stays within what it is about."""

from __future__ import annotations

from labels import REASONING, WORDS, classified, label, one, told

from aiaudit.engine import Engine
from aiaudit.settings import Rule, Settings, UseCase


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
        unmatched = classified(engine, {"team": "ops"}, settings=Settings(rules=rules))
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
