"""The Markdown report: the summary whole, long tables cut, nothing in it but text."""

from __future__ import annotations

import re

import pytest
from markdown_it import MarkdownIt
from test_report_month import month
from test_report_states import STATES, long_names

from aiaudit.report import markdown
from aiaudit.report.escape import code_span, spoken
from aiaudit.report.model import view


def tokens(text: str) -> list[str]:
    """Return the kinds of all tokens, links and HTML let in."""
    parser = MarkdownIt("gfm-like", {"html": True, "linkify": False})
    found = parser.parse(text)
    return [t.type for token in found for t in (token, *(token.children or ()))]


@pytest.mark.parametrize("state", STATES)
def test_every_state_gives_tables_and_no_markup_of_others(state: str) -> None:
    text = markdown.render(view(STATES[state]()))
    kinds = tokens(text)
    assert text == markdown.render(view(STATES[state]()))
    assert len(text) <= markdown.LIMIT
    assert not [kind for kind in kinds if "html" in kind or "link" in kind or kind == "image"]
    assert "None" not in text


def test_the_summary_comes_first() -> None:
    lines = markdown.render(view(month())).splitlines()
    assert lines[0].startswith("# Intelligence P\\&L, October 2025, `Halden Freight`, 1")
    assert lines[2].startswith("**Model spend was $33,045")
    assert lines[4].startswith("Model usage in these files cost $33,045 at list prices.")
    assert "| After the supported saving | $21,568 |" in lines[9]


def test_figures_are_those_of_the_page() -> None:
    made = view(month())
    text = markdown.render(made)
    for figure in made.figures:
        assert f"| {figure.label} | {figure.number} |" in text
    assert "| **All levers** |" in text
    assert "**\u2212$23,277 F**" in text


def test_a_long_report_loses_drivers_first_and_says_how_many() -> None:
    made = view(long_names())
    whole = markdown.render(made)
    cut = markdown.render(made, limit=len(whole) - 100)
    assert len(cut) <= len(whole) - 100
    assert re.search(r"\n[\d,]+ rows left out\.", cut)
    assert cut.split("## ")[:3] == whole.split("## ")[:3]
    assert cut.count("rows left out") == 1


def test_a_very_small_limit_keeps_the_summary() -> None:
    made = view(month())
    text = markdown.render(made, limit=10)
    assert spoken((made.headline,)) in text
    assert "Before you act" in text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "`plain`"),
        ("a`b", "``a`b``"),
        ("`", "`` ` ``"),
        ("a|b", r"`a\|b`"),
        ("  two\n lines ", "`two lines`"),
        ("", "`no name`"),
        ("x" * 100, f"`{'x' * 79}…`"),
    ],
)
def test_a_name_is_a_code_span_that_it_cannot_leave(text: str, expected: str) -> None:
    assert code_span(text) == expected
