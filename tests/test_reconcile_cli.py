"""`aiaudit reconcile`: the steps in 80 columns, or as JSON; nothing is left behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from taken import bucket, call, written

if TYPE_CHECKING:
    from pathlib import Path


def run(folder: Path, *flags: str) -> subprocess.CompletedProcess[str]:
    """Run the command on a log of two calls and the costs of their day.

    100 + 200 tokens in and 10 + 20 out of gpt-4o-2024-08-06, at $2.50 and $10 a million, are
    $0.00075 and $0.0003; of the first the bill has another $1.
    """
    log = written(folder / "in" / "log.jsonl", [call(1), call(2)])
    costs = bucket(3)
    costs["results"] = [
        {"object": "organization.costs.result", "line_item": f"gpt-4o-2024-08-06, {counter}",
         "amount": {"value": value, "currency": "usd"}}
        for counter, value in (("input", 1.00075), ("output", 0.0003))
    ]  # fmt: skip
    written(folder / "in" / "costs.json", json.dumps([costs]))
    command = [sys.executable, "-m", "aiaudit", "reconcile", str(log.parent), *flags]
    environ = os.environ | {"PYTHONUTF8": "1"}
    return subprocess.run(
        command,
        cwd=folder,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )


def test_the_terminal_shows_every_step_in_eighty_columns(tmp_path: Path) -> None:
    found = run(tmp_path, "--invoice", "openai=1.5")
    assert (found.returncode, found.stderr) == (0, "")
    lines = found.stdout.splitlines()
    assert max(map(len, lines)) <= 80
    cells = [tuple(line.rsplit(maxsplit=1)) for line in lines]
    assert ("= expected", "<$0.01") in cells
    assert ("= invoice", "$1.50") in cells
    assert any(line.startswith("  unexplained ") and line.endswith("$1.00") for line in lines)
    assert lines[-1].startswith("Does not tie")
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_json_holds_the_same_exactly(tmp_path: Path) -> None:
    found = json.loads(run(tmp_path, "-f", "json", "--invoice", "openai=1.5").stdout)
    assert found["reconciliation"]["state"] == "not reconciled"
    table = found["tables"]["reconciliation_bridge"]
    names = [column["name"] for column in table["columns"]]
    steps = {row[1]: row[names.index("amount")] for row in table["rows"]}
    assert steps["expected"] == "0.001050000000"
    assert steps["unexplained"] == "1.000000000000000000"
    assert steps["all charges"] == "1.001050000000000000"
    assert steps["unexplained by charges"] == "0.498950000000000000"


@pytest.mark.parametrize(
    ("flags", "code", "said"),
    [
        (("--strict",), 4, "do not tie"),
        (("-f", "xml"), 2, "--format is text or json"),
        (("--invoice", "openai=1,5"), 2, "not an amount in plain digits"),
    ],
)
def test_what_does_not_tie_or_is_no_flag_ends_in_a_sentence(
    tmp_path: Path, flags: tuple[str, ...], code: int, said: str
) -> None:
    found = run(tmp_path, *flags)
    assert found.returncode == code
    assert said in found.stderr
