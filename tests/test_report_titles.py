"""Titles and headlines say what the figures say, in every state."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from test_report_month import month, with_facts, with_rows
from test_report_states import STATES, no_charges, unsupported

from aiaudit.report import headline, titles
from aiaudit.report.basis import Basis
from aiaudit.report.escape import spoken
from aiaudit.report.tie import Tie

D = Decimal


def test_the_headline_gives_the_cost_and_what_is_supported() -> None:
    said = headline.headline(Basis.of(no_charges()))
    assert said == "Model usage cost $33,045 at list prices. Savings of $11,477 are supported."


def test_usage_is_called_spend_only_where_it_ties() -> None:
    said = headline.headline(Basis.of(month()))
    assert said.startswith("Model spend was $33,045, and ties to the charges.")


def test_the_sentence_tells_what_rests_on_what() -> None:
    assert spoken(headline.subline(Basis.of(month()))) == (
        "Model usage in these files cost $33,045 at list prices."
        " $354 could go with no change of answer."
        " Cheaper models would save at least another $11,123 under public stand-in evidence, not"
        " yet tested on your work. Up to $3,951 more is untested. $1,289 has no evidence."
    )


def test_without_support_it_says_what_would_settle_the_question() -> None:
    basis = Basis.of(unsupported())
    assert headline.headline(basis).endswith("No saving is supported yet.")
    assert (
        "59 judged answers without a failure in each of email-triage, invoice-extraction,"
        " ticket-summaries and 6 more would bound harm under 5% with 95% confidence, and settle"
        " up to $23,277."
    ) in spoken(headline.subline(basis))
    assert D("0.95") ** headline.JUDGED < D("0.05") < D("0.95") ** (headline.JUDGED - 1)


def test_without_a_price_no_cost_is_stated() -> None:
    zero = dict.fromkeys(month().facts, D(0)) | {"requests.total": 5, "requests.priced": 0}
    audit = with_facts(month(), {k: v for k, v in zero.items() if "cost" in k or "sav" in k})
    assert headline.headline(Basis.of(audit)).startswith("No call in these files could be priced")


def test_negative_parts_are_said_as_what_they_add() -> None:
    audit = with_facts(
        month(),
        {"savings.calculated": D(-100), "savings.likely_low": D(600), "savings.headline": D(500),
         "savings.total": D(400), "savings.untested": D(-100), "savings.likely": D(600)},
    )  # fmt: skip
    said = spoken(headline.subline(Basis.of(audit)))
    assert "Changes that leave answers alone would add $100." in said
    assert "Untested moves would add $100." in said


@pytest.mark.parametrize("state", STATES)
def test_no_state_leaves_a_blank_in_the_headline(state: str) -> None:
    basis = Basis.of(STATES[state]())
    said = headline.headline(basis) + spoken(headline.subline(basis))
    assert said
    assert not any(word in said for word in ("None", "NaN", "null", "waste", "!"))


def test_the_moves_title_counts_and_shares() -> None:
    assert titles.moves(0, D(0), D(0)) == "No move would save anything"
    assert titles.moves(1, D(5), D(5)) == "One move holds all of the supported saving"
    assert titles.moves(3, D(68), D(100)) == "Three moves hold 68% of the supported saving"
    assert titles.moves(2, D(0), D(0)) == "Two moves to test first"


def test_the_bridge_title_finds_the_lever_that_matters() -> None:
    a, b = ("Routing", D(80)), ("Batch", D(20))
    assert spoken(titles.bridge([a, b], D(100), "")) == "Routing holds 80% of the simulated saving"
    assert spoken(titles.bridge([a], D(80), "")) == "Routing is the only lever that saves"
    assert spoken(titles.bridge([("A", D(5)), ("B", D(5))], D(10), "")) == (
        "A and B save 50% each of the simulated saving"
    )
    assert spoken(titles.bridge([a, b, ("Router", D(-30))], D(70), "")) == (
        "Routing holds the whole simulated saving"
    )
    assert spoken(titles.bridge([("A", D(0))], D(0), "")) == "No lever changes the cost"
    assert spoken(titles.bridge([("A", D(-9))], D(-9), "$9")) == "Together the levers would add $9"


def test_the_statement_title_follows_where_the_money_went() -> None:
    total = D(100)
    assert titles.statement({"micro": D(30), "efficient": D(30)}, total) == (
        "Micro and efficient work took 60% of cost"
    )
    assert titles.statement({"micro": D(7)}, total) == "Micro work took 7% of cost"
    assert titles.statement({"frontier": D(100)}, total).startswith("All classified work needs")
    assert titles.statement({"unclassified": D(9)}, total) == "No work could be given a tier"
    assert titles.statement({}, D(0)) == "Statement by tier and use case"


def test_the_flow_title_counts_calls_above_their_need() -> None:
    assert titles.flow(88, 100).startswith("88% of classified calls were served above")
    assert titles.flow(0, 100).startswith("No classified call was served above")
    assert titles.flow(None, 100) == titles.flow(3, 0) == "Tiers served and tiers needed"


def test_the_daily_title_counts_days() -> None:
    assert titles.daily(1, 0, "$0", expected=False) == "All usage fell on one day"
    assert titles.daily(31, 2, "$9", expected=True) == "Two days cost $9 more than expected"
    assert titles.daily(31, 12, "$9", expected=True).startswith("12 days cost")
    assert titles.daily(31, 0, "$0", expected=True) == "No day stands out"
    assert titles.daily(9, 0, "$0", expected=False) == "Cost by day"


def test_the_other_titles_know_one_from_many() -> None:
    assert titles.drivers(1, D(1)) == "One line makes up 100% of cost"
    assert titles.drivers(10, D("0.93")) == "Ten lines make up 93% of cost"
    assert titles.use_cases(0, 0, 0) == "Use cases"
    assert titles.use_cases(0, 0, 1) == "One use case, none with a target"
    assert titles.use_cases(1, 1, 5) == "The one use case with a target meets it"
    assert titles.use_cases(0, 1, 5) == "The one use case with a target misses it"
    assert titles.use_cases(2, 2, 5) == "Both use cases with a target meet it"
    assert titles.use_cases(4, 4, 5) == "All 4 use cases with a target meet it"
    assert titles.use_cases(1, 8, 9) == "1 of 8 use cases with a target meets it"


def test_the_reconciliation_title_states_the_difference() -> None:
    tie = Tie(state="tied", billed=D(1000), gross=D("0.41"), share=D("0.00041"),
              materiality=D("0.01"), without=(), open_days=0, uncovered=D(0))  # fmt: skip
    title = titles.reconciliation
    assert title(tie) == "The figures tie to the charges within 0.05%"
    assert title(replace(tie, gross=D(0), share=D(0))) == "The figures tie to the charges exactly"
    assert title(replace(tie, state="partial")).endswith("0.05%, where there are charges")
    assert title(replace(tie, state="off", share=D("0.031"))).endswith("charges by 3.1%")
    assert title(replace(tie, share=None)).startswith("The charges add up to nothing")
    assert title(replace(tie, state="unchecked", share=None)).startswith("No charges were given")


def test_overs_and_unders_are_not_netted() -> None:
    signs = iter([1, -1] * 31)
    audit = with_rows(
        month(), "reconciliation", lambda r: {**r, "difference": r["billed"] * next(signs) / 20}
    )
    assert Basis.of(audit).tie.state == "off"


def test_a_day_or_a_provider_without_charges_ties_only_in_part() -> None:
    blank = {"billed": None, "difference": None}

    def without(provider: str, state: str) -> Basis:
        return Basis.of(with_rows(
            month(), "reconciliation",
            lambda r: {**r, **blank, "state": state} if r["provider"] == provider else r,
        ))  # fmt: skip

    assert without("anthropic", "no charges").tie.without == ("anthropic",)
    assert without("anthropic", "no charges").tie.state == "partial"
    assert without("anthropic", "open").tie.open_days == 31
