"""`report` and `explain`: an audit read again on a machine that never saw the data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import typer
from test_report_month import FOLDER, month
from typer.testing import CliRunner

from aiaudit import ledger, report
from aiaudit.cli import explain
from aiaudit.cli import report as again
from aiaudit.errors import UnreadableError, UsageError
from aiaudit.report.trail import trail

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

AUDIT = str(FOLDER / "audit.json")


def run(*arguments: str) -> Result:
    app = typer.Typer()
    app.command("report")(again.report)
    app.command("explain")(explain.explain)
    return CliRunner().invoke(app, list(arguments))


def test_reports_are_written_beside_the_audit_or_where_it_is_said(tmp_path: Path) -> None:
    audit = tmp_path / "audit.json"
    audit.write_bytes((FOLDER / "audit.json").read_bytes())
    assert run("report", str(audit)).exit_code == 0
    assert {p.name for p in tmp_path.iterdir()} == {"audit.json", "report.html", "report.md"}
    done = run("report", AUDIT, "-o", str(tmp_path / "new" / "er"), "-f", "json")
    assert done.stdout.startswith("written: ")
    assert (tmp_path / "new" / "er" / "audit.json").read_bytes() == audit.read_bytes()


def test_the_same_audit_gives_the_same_bytes(tmp_path: Path) -> None:
    first = report.write(month(), tmp_path / "a", ("html", "md", "json"))
    second = report.write(month(), tmp_path / "b", ("html", "md", "json"))
    assert [a.read_bytes() for a in first] == [b.read_bytes() for b in second]


def test_an_unknown_format_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no format 'pdf'; the formats are html, md, json"):
        report.write(month(), tmp_path / "out", ("html", "pdf"))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("part", "value"),
    [
        (("facts", "savings.headline", "value"), "9" * 100),
        (("tables", "drivers", "rows", 0, 4), "many"),
        (("tables", "daily", "columns", 1, "name"), []),
        (("tables", "daily", "rows", 0, 4), "NaN"),
        (("sources", 0), None),
        (("coverage",), "all"),
        (("steps",), ""),
    ],
)
def test_a_document_that_somebody_changed_is_refused(
    tmp_path: Path, part: tuple[Any, ...], value: object
) -> None:
    changed = json.loads((FOLDER / "audit.json").read_bytes())
    *way, last = part
    place = changed
    for step in way:
        place = place[step]
    place[last] = value
    path = tmp_path / "audit.json"
    path.write_text(json.dumps(changed))
    found = [run("report", str(path)), run("explain", "requests.total", str(path))]
    stumbled = [done.exception for done in found if done.exception]
    assert stumbled
    assert all(isinstance(error, UnreadableError) for error in stumbled)


def test_a_report_that_cannot_be_put_in_place_leaves_no_half(tmp_path: Path) -> None:
    (tmp_path / "report.html").mkdir()
    with pytest.raises(UsageError, match="cannot be written: Is a directory"):
        report.write(month(), tmp_path, ("html",))
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_something_else_than_an_audit_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    for text in ("{}", "[" * 100_000):
        other.write_text(text)
        assert isinstance(run("report", str(other)).exception, UnreadableError)
    assert isinstance(run("explain", "cost.list", str(tmp_path / "no")).exception, UnreadableError)


def test_explain_goes_from_the_figure_down_to_the_files() -> None:
    lines = run("explain", "savings.route", "--audit", AUDIT).stdout.splitlines()
    assert lines[0] == f"savings.route = {month().money('savings.route')} USD"
    assert "  step        replay_route" in lines
    assert "  reads       costed, labelled" in lines
    assert any(line.startswith("  sha256      ") for line in lines)
    assert "    SELECT sum(list_pico) FROM costed JOIN labelled USING (call_id)" in lines
    chain = lines[lines.index("The steps behind it, each with what it reads:") :]
    order = [line.split()[0].rstrip(",") for line in chain[1 : chain.index("")]]
    assert order == [
        "replay_route", "costed", "rates", "prices", "scenario", "calls", "labelled", "calls",
    ]  # fmt: skip
    assert lines[-1].endswith("185 of 186 rows loaded")
    assert run("explain", "savings.route", AUDIT).stdout.splitlines() == lines


def test_a_step_that_is_read_twice_is_told_once() -> None:
    text = "\n".join(trail(month(), "savings.headline"))
    assert text.count("costed, as above") == 2


def test_a_fact_that_was_not_measured_says_why() -> None:
    lines = trail(month(), "cost.effective")
    assert lines[:2] == ["cost.effective = not measured", "  reason      no commitment is known"]


def test_an_unknown_fact_gets_its_nearest_names() -> None:
    error = run("explain", "savings.headlin", AUDIT).exception
    assert isinstance(error, UsageError)
    assert error.exit_code == 2
    assert "did you mean savings.headline" in str(error)
    with pytest.raises(UsageError, match=r"there is no fact 'zzz'; there are calls\.above_need"):
        trail(month(), "zzz")


def test_prices_behind_a_step_are_named() -> None:
    assert "  price       openai/gpt-4o/standard/2024-05-13" in trail(month(), "cost.list")


def test_a_document_survives_its_round_trip() -> None:
    assert ledger.from_json(ledger.to_json(month())) == month()
