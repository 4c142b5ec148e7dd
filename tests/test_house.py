"""The house rules that a machine can hold: size, lint, and nothing of this machine in a file."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parent.parent
MOST_LINES: Final = 200
MOST_LINES_OF_A_FUNCTION: Final = 40

CODE: Final = sorted(
    file for room in ("aiaudit", "tests", "benchmarks") for file in (ROOT / room).rglob("*.py")
)
TEXTS: Final = (".py", ".sql", ".md", ".toml", ".txt", ".yaml", ".yml", ".j2", ".css", ".json", "")
SKIPPED: Final = re.compile(r"(^|/)(\.git|\.venv|\.\w+_cache|__pycache__|dist|build|.*\.egg-info)/")

# Places that exist only where somebody wrote this, and hosts that packages came from.
FOREIGN: Final = re.compile(
    r"(?<![\w.$-])/(?:work|root)/"
    r"|pypi\.org|pythonhosted|npmjs|debian\.org"
    r"|(?:extra-)?index-url|find-links"
)


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def committed() -> list[Path]:
    """Return the files of the repository; without git, everything that is not made by a tool."""
    listing = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607  # whichever git there is
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    names = [name for name in listing.stdout.split("\0") if name]
    if listing.returncode or not names:
        return [f for f in ROOT.rglob("*") if f.is_file() and not SKIPPED.search(short(f))]
    return [ROOT / name for name in names if (ROOT / name).is_file()]


@pytest.mark.parametrize("file", CODE, ids=short)
def test_a_file_and_its_functions_stay_small(file: Path) -> None:
    text = file.read_text("utf-8")
    assert len(text.splitlines()) <= MOST_LINES
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            assert lines <= MOST_LINES_OF_A_FUNCTION, f"{node.name} has {lines} lines"


@pytest.mark.parametrize("file", CODE, ids=short)
def test_a_module_says_what_it_is_for(file: Path) -> None:
    assert ast.get_docstring(ast.parse(file.read_text("utf-8")))


def test_no_room_is_called_after_nothing() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
    assert not [short(file) for file in CODE if vague & set(file.with_suffix("").parts)]


def test_nothing_committed_names_the_machine_that_it_was_made_on() -> None:
    found = [
        f"{short(file)}: {match[0]}"
        for file in committed()
        if file.suffix in TEXTS and file != Path(__file__)
        for match in FOREIGN.finditer(file.read_text("utf-8", errors="replace"))
    ]
    assert not found


@pytest.mark.skipif(find_spec("ruff") is None, reason="ruff is not installed")
@pytest.mark.parametrize("arguments", [("check",), ("format", "--check")], ids=" ".join)
def test_lint_is_clean(arguments: tuple[str, ...]) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "ruff", *arguments, "."],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout + result.stderr
