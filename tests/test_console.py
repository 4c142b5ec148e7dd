"""What is written to a terminal, a pipe or nowhere."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from aiaudit.cli import console

if TYPE_CHECKING:
    import pytest


def test_streams_that_are_closed_before_we_begin_are_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    console.adopt()
    console.say("nobody hears")
    console.tell("nobody hears")
    assert sys.stdin.read() == ""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        stream.close()


def test_a_terminal_of_no_width_still_shows_its_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "0")
    assert console.terminal().width == 20


def test_a_console_has_no_markup_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    console.terminal().print("[red]text[/red] :smile:")
    assert capsys.readouterr().out == "[red]text[/red] :smile:\n"
