"""Every command of the README, run as it is printed there, gives what is printed there."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from conftest import Program

README: Final = Path(__file__).parent.parent / "README.md"
BLOCK: Final = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND: Final = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
INSTALL: Final = "python3 -m venv .venv && .venv/bin/pip install -q -c constraints.txt "


def commands(text: str) -> list[str]:
    return [command for block in BLOCK.findall(text) for command, _ in COMMAND.findall(block)]


def test_two_commands_start_everything_from_a_clean_clone() -> None:
    first, second, *rest = commands(README.read_text("utf-8"))
    assert first.startswith(INSTALL + ". && .venv/bin/aiaudit analyze sample_logs")
    assert second == INSTALL + '-e ".[dev]" && .venv/bin/pytest -q -n auto'
    assert all(command.startswith("aiaudit ") for command in rest)


def test_every_command_prints_what_the_readme_shows(
    program: Program, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    text = README.read_text("utf-8")
    shutil.copytree(README.parent / "sample_logs", tmp_path / "sample_logs")

    def rerun(match: re.Match[str]) -> str:
        command = match[1]
        if not command.startswith("aiaudit "):
            return match[0]  # it installs; continuous integration runs it as it stands
        ended = program(*shlex.split(command)[1:], cwd=tmp_path)
        return f"$ {command}\n{as_long_as(match[2], ended.stdout + ended.stderr)}"

    printed = BLOCK.sub(lambda block: COMMAND.sub(rerun, block[0]), text)
    if request.config.getoption("--update-golden"):
        README.write_text(printed, "utf-8")
    else:
        assert printed == text


def as_long_as(shown: str, printed: str) -> str:
    """Return what was printed; cut where the README says with three dots that more follows."""
    if not shown.endswith("\n...\n"):
        return printed
    lines = printed.splitlines(keepends=True)[: shown.count("\n") - 1]
    return "".join([*lines, "...\n"])


@pytest.mark.parametrize("word", ["http://", "https://", "badge"])
def test_the_readme_sends_nobody_away(word: str) -> None:
    assert word not in README.read_text("utf-8")
