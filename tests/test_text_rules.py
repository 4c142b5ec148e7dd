"""The file of hand-written rules: complete, well-formed, and read as it is written."""

from __future__ import annotations

import polars as pl
import pytest

from aiaudit import settings, text
from aiaudit.text.book import book
from aiaudit.text.needles import needles
from aiaudit.text.patterns import EVERY_BEGIN, MARK, Probe, anywhere, asked, compiled
from aiaudit.text.probing import Prober
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


def hit(probe: Probe, texts: list[str]) -> list[bool]:
    """Return which texts a probe matches where its needles call for it."""
    places = set(Prober((probe,)).called(pl.Series("text", texts)).get(0, ()))
    return [
        at in places and bool(pl.Series([one]).str.contains(probe.regex)[0])
        for at, one in enumerate(texts)
    ]


def test_every_ask_is_a_pattern() -> None:
    for _, asks in rules().asks:
        pl.Series(["\nsome text"]).str.contains(asked(asks).regex)


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
    assert hit(asked([Ask(("summari[sz]e",), "")]), [written]) == [found]


def test_words_are_whole_words() -> None:
    (probe,) = anywhere(("rap",))
    assert hit(probe, ["wrapped rapidly", "a rap, please"]) == [False, True]


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("tl;?dr", {"tl;dr", "tldr"}),
        (
            "(?:case|order) (?:number|id) in",
            {"case number in", "case id in", "order number in", "order id in"},
        ),
        (r"summari[sz]\w*", {"summaris", "summariz"}),
        (r"\d+ words", {" words"}),
        ("colou?r(?:ed)?", {"colour", "color", "coloured", "colored"}),
        (r"^\n(?:hi|hello)\b", {"\nhi", "\nhello"}),
        (r"\d ?[+*] ?\d", None),
        ("(?:one|[a-z]+)", None),
    ],
)
def test_a_needle_stands_in_every_match(pattern: str, words: set[str] | None) -> None:
    assert needles(pattern) == words


# Requests of many kinds, so that nearly every rule is tried and many hit.
REQUESTS = [
    "\nclassify this ticket as billing, delivery or other. answer with one word.",
    "\nextract the invoice number and the dates mentioned in the text below as json.",
    "\nplease summarise the meeting in three bullets, then translate it into german.",
    "\nbased only on the context above, who signed the contract?\n\ncontext: a b c",
    "\nyou are a helpful assistant.\nuser: hi there\nassistant: hello\nuser: i feel tired",
    "\nwrite a python function that parses a csv file; def parse(x):\n  return x",
    "\nsolve 3x + 5 = 20 step by step. if tom has 3 apples, how many are left?",
    "\ni need a blog post and a catchy slogan for our new shoe",
    "\nplan a two-week itinerary with milestones; who can help me draft an email?",
    "\n1) rate the tone.\n(2) decide whether it is spam, yes or no?",
    "\nwhat is the difference between a list and a tuple?",
    "\nit is. \n\n- rewrite this so that it's more formal, and then list the keywords",
]


def test_needles_leave_no_match_out() -> None:
    texts = pl.Series("text", REQUESTS)
    called = book().prober.called(texts)
    for number, probe in enumerate(book().prober.probes):
        matching = {at for at, found in enumerate(texts.str.contains(probe.regex)) if found}
        assert matching <= set(called.get(number, ())), probe.regex


def test_a_mark_stands_before_every_clause() -> None:
    marked = pl.Series([REQUESTS[-1]]).str.replace_all(compiled(EVERY_BEGIN), "${0}" + MARK)[0]
    clauses = ("it is", "rewrite", "it's", "list")
    assert [f"{MARK}{clause}" in marked for clause in clauses] == [True] * len(clauses)
