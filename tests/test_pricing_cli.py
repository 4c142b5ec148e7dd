"""`aiaudit pricing` shows where a price comes from, and lets nothing act on the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from aiaudit import pricing
from aiaudit.cli import pricing as command
from aiaudit.engine import Engine
from aiaudit.errors import AuditError, CatalogueError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent / "pricing"


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with Engine() as engine:
        pricing.install(engine, pricing.load([HERE / "overlay"], HERE / "catalogue"))
        yield engine


def test_a_trace_tells_every_step(engine: Engine) -> None:
    found = pricing.trace(engine, "gpt-4o-2024-11-20", provider="openai", on="2025-07-01")
    assert found.lines == (
        ("name", "gpt-4o-2024-11-20 (rule: alias)"),
        ("offering", "openai/gpt-4o"),
        ("model", "gpt-4o, chat, family gpt-4o"),
        ("limits", "context 128000, output 16384"),
        ("tier", "capable: the vendor's general model"),
        ("price", "openai/gpt-4o@2024-10-02/standard until 2026-01-01"),
        ("source", "price page (confirmed)"),
        ("*", "no published rate: a default of the catalogue, derived from input"),
    )
    assert found.rates[0] == ("standard", "2.5", "1.25", "2.5*", "2.5*", "10", "10")
    assert found.rates[1] == ("standard, contracted", "2.2", "1.1", "2.2*", "2.2*", "8.8", "5")
    assert found.rates[-1][0] == "batch, us, contracted"


def test_the_day_decides(engine: Engine) -> None:
    then = pricing.trace(engine, "gpt-4o", provider=None, on="2024-10-01")
    assert then.rates[0] == ("standard", "5", "5*", "5*", "5*", "15", "")
    before = pricing.trace(engine, "gpt-4o", provider="openai", on="2023-01-01")
    assert before.lines[-1] == ("price", "none in force on that day")
    with pytest.raises(UsageError, match="'soon' is not a date"):
        pricing.trace(engine, "gpt-4o", provider=None, on="soon")


def test_an_unknown_name_ends_with_a_suggestion(engine: Engine) -> None:
    with pytest.raises(AuditError, match=r"unknown model; did you mean openai/gpt-4o\?") as raised:
        pricing.trace(engine, "gpt-4", provider="openai", on="2025-01-01")
    assert raised.value.exit_code == 3


def test_nothing_in_a_name_or_a_source_can_act(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "[red]x[/red]\\e]0;title\\a\\u202e"
    (tmp_path / "own.yaml").write_text(
        "provider: acme\n"
        'models: [{id: odd, prices: [{source: "\\e[2J[bold]free[/bold]", '
        "rates: {input: 1, output: 2}}]}]\n"
        f'map: [{{raw: "{name}", to: acme/odd}}]\n',
        "utf-8",
    )
    command.show(model="[red]x[/red]\x1b]0;title\x07\u202e", pricing=[tmp_path])
    shown = capsys.readouterr().out
    assert "[red]x[/red]?]0;title?? (rule: map)" in shown
    assert "?[2J[bold]free[/bold] (catalogue)" in shown
    assert not any(char in shown for char in "\x1b\x07\u202e")


def test_lint_prints_findings_and_ends_in_2_on_errors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command.lint()
    assert " 0 errors, " in capsys.readouterr().out
    (tmp_path / "own.yaml").write_text(
        "{provider: acme, models: [{id: odd, prices: [{rates: {input: 0, output: 2}}]}]}"
    )
    with pytest.raises(CatalogueError, match="the catalogue has 1 errors") as raised:
        command.lint(pricing=[tmp_path])
    assert raised.value.exit_code == 2
    shown = capsys.readouterr().out
    assert shown.startswith("error: own.yaml:1: acme/odd: input is 0 but the model is not marked")


def test_a_folder_of_prices_that_may_not_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(folder: Path) -> list[Path]:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr(Path, "iterdir", closed)
    with pytest.raises(CatalogueError, match="the folder cannot be read: Permission denied"):
        pricing.load([tmp_path], tmp_path)
