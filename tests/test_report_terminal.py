"""The summary on the terminal: short, plain where it must be, the same figures."""

from __future__ import annotations

from io import BytesIO, StringIO, TextIOWrapper

import pytest
from rich.cells import cell_len
from rich.console import Console
from test_report_month import month, with_facts
from test_report_states import STATES

from aiaudit.report import terminal


def printed(state: str, width: int = 80) -> list[str]:
    out = StringIO()
    terminal.summary(STATES[state](), Console(file=out, width=width))
    return out.getvalue().splitlines()


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("width", [80, 200])
def test_the_summary_fits_the_screen(state: str, width: int) -> None:
    lines = printed(state, width)
    assert len(lines) < 24
    assert max(map(cell_len, lines)) <= 80


def test_the_summary_gives_the_figures_of_the_report() -> None:
    text = "\n".join(printed("month"))
    for figure in ("$33,045", "$21,568", "$11,477", "$18,967", "$0.0236", "\u2212$22,924"):
        assert figure in text
    assert "5 use cases over target: email-triage, ticket-routing and 3 more" in text
    assert text.endswith("Tied: Ties to the charges within 0.02%.")


def test_without_colours_there_is_no_escape() -> None:
    assert "\x1b" not in "\n".join(printed("month"))


def test_a_terminal_of_ascii_gets_ascii() -> None:
    out = BytesIO()
    stream = TextIOWrapper(out, encoding="ascii", errors="strict")
    terminal.summary(STATES["right to left"](), Console(file=stream, width=80))
    stream.flush()
    assert b"-$22,924" in out.getvalue()
    assert b"+$52" in out.getvalue()


def test_a_terminal_with_colours_gets_only_colours() -> None:
    out = StringIO()
    console = Console(file=out, width=80, force_terminal=True, color_system="standard",
                      no_color=False)  # fmt: skip
    terminal.summary(month(), console)
    assert "\x1b[32m" in out.getvalue()


def test_what_is_not_measured_is_said_so() -> None:
    out = StringIO()
    audit = with_facts(month(), {"cost.per_call": None})
    terminal.summary(audit, Console(file=out, width=80))
    assert "not measured" in out.getvalue()
