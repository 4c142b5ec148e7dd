"""What every test shares: goldens beside their samples, a fixed clock, and no way out."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import pytest
from hypothesis import settings

from aiaudit import cli

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CLOCK = 1_764_547_200  # 2025-12-01T00:00:00Z

# Timing depends on the machine, and a test may not.
settings.register_profile("aiaudit", deadline=None, derandomize=True, database=None)
settings.load_profile("aiaudit")


class Ended(NamedTuple):
    """How a run of the program ended, and what it printed."""

    returncode: int | str | None
    stdout: str
    stderr: str


class Program(Protocol):
    """Run aiaudit as a user does, from any folder."""

    def __call__(self, *arguments: str, cwd: Path, **environ: str) -> Ended:
        """Return how it ended."""


class Golden(Protocol):
    """Compare a value with the file that holds what is expected."""

    def __call__(self, path: Path, actual: Any) -> None:  # noqa: ANN401  # whatever JSON can hold
        """Fail unless the file at `path` holds `actual`."""


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the catalogue of the tests apart from that of whoever runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the switch that rewrites goldens; whoever uses it reads what it wrote."""
    parser.addoption("--update-golden", action="store_true", help="rewrite the expected files")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Return the check: text is compared as text, everything else as JSON."""

    def check(path: Path, actual: Any) -> None:  # noqa: ANN401  # see Golden
        plain = isinstance(actual, str)
        text = actual if plain else json.dumps(actual, indent=2, default=str) + "\n"
        if request.config.getoption("--update-golden"):
            path.write_text(text, "utf-8")
        assert path.exists(), f"no golden file: run pytest --update-golden and read {path.name}"
        expected = path.read_text("utf-8")
        assert (expected if plain else json.loads(expected)) == (
            text if plain else json.loads(text)
        )

    return check


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Program:
    """Return the program; it runs in this process, which has loaded the heavy libraries already."""

    def run(*arguments: str, cwd: Path, **environ: str) -> Ended:
        with monkeypatch.context() as here:
            here.chdir(cwd)
            here.setattr(sys, "argv", ["aiaudit", *arguments])
            for name, value in environ.items():
                here.setenv(name, value)
            with pytest.raises(SystemExit) as end:
                cli.main()
        printed = capsys.readouterr()
        return Ended(end.value.code, printed.out, printed.err)

    return run


@pytest.fixture(autouse=True)
def _calm_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every test the same environment, whoever runs it and wherever."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(CLOCK))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")
    for name in (
        "TITLE", "CLIENT", "TIMEZONE", "MEMORY_LIMIT", "THREADS", "OUTPUT", "PRICING", "REDACT_KEY",
    ):  # fmt: skip
        monkeypatch.delenv(f"AIAUDIT_{name}", raising=False)
