"""The commands as a person meets them: help, refusals, exit codes, and a quiet terminal."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import typer

import aiaudit
from aiaudit import cli, errors
from aiaudit.cli import analyze, progress

ROOT = Path(aiaudit.__file__).parent.parent
LIGHT = ("duckdb", "polars", "numpy", "sklearn", "jinja2", "pyarrow", "rich", "yaml", "zoneinfo")


def code_of(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int | str | None:
    monkeypatch.setattr(sys, "argv", ["aiaudit", *arguments])
    with pytest.raises(SystemExit) as end:
        cli.main()
    return end.value.code


def failing(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> int | str | None:
    """Return the exit code of the program when a command fails like this."""
    app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)

    @app.command()
    def fail() -> None:
        raise error

    monkeypatch.setattr(cli, "app", app)
    return code_of(monkeypatch)


def test_help_loads_nothing_heavy() -> None:
    check = (
        "import sys\nfrom aiaudit import cli\ntry:\n    cli.app(['--help'])\n"
        f"except SystemExit:\n    print(sorted(set({LIGHT!r}) & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", check],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout.splitlines()[-1] == "[]"


def test_version_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert code_of(monkeypatch, "--version") == 0
    assert capsys.readouterr().out == f"aiaudit {aiaudit.__version__}\n"


@pytest.mark.parametrize("command", [c.name for c in cli.app.registered_commands])
def test_every_command_explains_itself(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    assert code_of(monkeypatch, command, "--help") == 0
    assert f"Usage: aiaudit {command}" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ("unheard-of",),
        ("analyze",),
        ("analyze", "x", "--unheard-of"),
        ("analyze", "x", "--fail-on", "cost>"),
        ("analyze", "x", "--since", "yesterday"),
        ("analyze", "x", "-f", "docx"),
        ("analyze", "x", "-c", "absent.yaml"),
    ],
)
def test_wrong_usage_ends_in_2_before_any_work(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    arguments: tuple[str, ...],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert code_of(monkeypatch, *arguments) == 2
    assert "Traceback" not in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.GateError("x"), 1),
        (errors.UsageError("x"), 2),
        (errors.SettingsError("x"), 2),
        (errors.CatalogueError("x"), 2),
        (errors.NoInputError("x"), 3),
        (errors.UnreadableError("x"), 3),
        (errors.UnrecognisedError("x"), 3),
        (errors.StrictError("x"), 4),
        (errors.IntegrityError("x"), 70),
        (OSError(errno.ENOSPC, "x"), 2),
        (MemoryError(), 2),
        (ValueError("x"), 70),
        (KeyboardInterrupt(), 130),
    ],
)
def test_each_failure_has_its_exit_code(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: BaseException,
    code: int,
) -> None:
    assert failing(monkeypatch, error) == code
    told = capsys.readouterr().err
    assert ("Traceback" in told) == (code == 70)
    assert code == 70 or len(told.splitlines()) == 1


def test_an_interrupt_that_a_library_dresses_up_is_still_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cli, "_interrupts", [signal.SIGINT])
    assert failing(monkeypatch, RuntimeError("Query interrupted")) == 130
    assert capsys.readouterr().err == "aiaudit: interrupted\n"


def test_a_bug_asks_to_be_reported(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    failing(monkeypatch, ZeroDivisionError("by zero"))
    told = capsys.readouterr().err.splitlines()
    assert told[-2] == "ZeroDivisionError: by zero"
    assert told[-1] == "aiaudit: this is a bug; please report it with the lines above"


def test_a_message_cannot_act_on_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    failing(monkeypatch, errors.UnreadableError("bad\x1b[2J\rname\t\x9b\u202e.csv \ud800"))
    assert capsys.readouterr().err == "aiaudit: bad?[2J?name???.csv ?\n"


def test_each_mistake_of_the_settings_has_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    failing(monkeypatch, errors.SettingsError("a.yaml:1:1: x\na.yaml:2:1: y"))
    assert capsys.readouterr().err == "a.yaml:1:1: x\na.yaml:2:1: y\n"


def test_a_reader_of_our_output_may_leave() -> None:
    read, write = os.pipe()
    os.close(read)
    result = subprocess.run(
        [sys.executable, "-m", "aiaudit", "--help"],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=write,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(write)
    assert (result.returncode, result.stderr) == (0, "")


def test_the_clock_is_the_one_that_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    assert analyze.made_at() == "2025-12-01T00:00:00Z"
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert analyze.made_at() is None
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "noon")
    with pytest.raises(errors.UsageError, match="not a number of seconds"):
        analyze.made_at()


def test_nobody_watches_a_pipe() -> None:
    assert not progress.is_watched()
    with progress.bar(shown=False) as tick:
        tick(1, 2)
