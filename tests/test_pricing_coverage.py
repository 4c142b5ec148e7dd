"""`aiaudit pricing coverage`: which share of an export has a price, and what lacks one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from aiaudit import pricing
from aiaudit.engine import Engine
from aiaudit.pricing.stub import quoted, stub

if TYPE_CHECKING:
    from conftest import Program

# Calls: model, times, input tokens, output tokens, stated cost of each.
CALLS = (
    ("gpt-4o", 6, 100, 20, "0.0005"),
    ("gpt-4o-mini", 2, 50, 50, "0.0001"),
    ("house-chat", 1, 300, 40, "0.002"),
    ('odd "name"\x1b[2J', 1, 10, 10, None),
)


@pytest.fixture
def export(tmp_path: Path) -> Path:
    rows = [
        {"when": f"2025-09-01T00:00:{n:02}Z", "who": "openai", "what": model, "paid": cost,
         "in": given, "out": answered}
        for model, times, given, answered, cost in CALLS
        for n in range(times)
    ]  # fmt: skip
    lines = [json.dumps(row) for row in rows]
    (tmp_path / "calls.jsonl").write_text("\n".join(lines), "utf-8")
    (tmp_path / "aiaudit.yaml").write_text(
        "readers: {mapped: [{files: calls.jsonl, columns: {started_at: when, provider: who,"
        " model: what, input_uncached: in, output: out, stated_cost: paid}}]}\n"
    )
    return tmp_path


def document(program: Program, folder: Path, *more: str) -> dict[str, Any]:
    ended = program("pricing", "coverage", "calls.jsonl", "-f", "json", *more, cwd=folder)
    assert ended.returncode == 0, ended.stderr
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


def test_shares_are_counted_by_requests_tokens_and_stated_cost(
    program: Program, export: Path
) -> None:
    found = document(program, export)
    # 8 of 10 requests; 720 + 200 of 1,280 tokens; 0.0030 + 0.0002 of 0.0052 USD.
    assert found["priced"] == {
        "requests": {"total": "10", "priced": "8", "share": "0.800000"},
        "tokens": {"total": "1280", "priced": "920", "share": "0.718750"},
        "stated": {
            "total": "0.005200000000000000",
            "priced": "0.003200000000000000",
            "share": "0.615384",
        },
    }
    assert sum(row["requests"] for row in found["confidence"]) == 10
    assert {row["confidence"] for row in found["confidence"]} <= {
        "confirmed", "catalogue", "inferred", "unpriced",
    }  # fmt: skip
    assert [(row["model"], row["requests"], row["tokens"]) for row in found["unpriced"]] == [
        ("house-chat", 1, 340),
        ('odd "name"\x1b[2J', 1, 20),
    ]


def test_the_stub_becomes_an_overlay_that_prices_the_rest(program: Program, export: Path) -> None:
    (export / "own").mkdir()
    ended = program("pricing", "coverage", "calls.jsonl", "--stub", "own/map.yaml", cwd=export)
    assert ended.returncode == 0
    assert "map:" not in ended.stdout
    text = (export / "own" / "map.yaml").read_text("utf-8")
    assert '{provider: "openai", raw: "house-chat", to: "OFFERING"}' in text
    (export / "own" / "map.yaml").write_text(text.replace("OFFERING", "openai/gpt-4o"), "utf-8")
    found = document(program, export, "--pricing", "own")
    assert found["priced"]["requests"]["share"] == "1.000000"
    assert found["unpriced"] == []


def test_a_stub_that_nobody_filled_in_is_refused(program: Program, export: Path) -> None:
    (export / "own").mkdir()
    program("pricing", "coverage", "calls.jsonl", "--stub", "own/map.yaml", cwd=export)
    ended = program("pricing", "coverage", "calls.jsonl", "--pricing", "own", cwd=export)
    assert ended.returncode == 2
    assert "'OFFERING' is not an offering; write it as provider/model" in ended.stderr


def test_strict_ends_in_4_and_still_prints(program: Program, export: Path) -> None:
    ended = program("pricing", "coverage", "calls.jsonl", "--strict", cwd=export, COLUMNS="80")
    assert ended.returncode == 4
    assert ended.stderr.endswith("2 of 10 requests have no price (--strict)\n")
    assert "  house-chat (openai)\n    1 requests, 340 tokens: unknown model\n" in ended.stdout
    assert "\x1b" not in ended.stdout
    assert max(map(len, ended.stdout.splitlines())) <= 100
    settings = (export / "aiaudit.yaml").read_text("utf-8")
    (export / "aiaudit.yaml").write_text(f"{settings}tolerances: {{unpriced_share: 0.3}}\n")
    assert program("pricing", "coverage", "calls.jsonl", "--strict", cwd=export).returncode == 0


def test_coverage_leaves_nothing_behind(program: Program, export: Path) -> None:
    before = sorted(export.iterdir())
    program("pricing", "coverage", "calls.jsonl", cwd=export)
    assert sorted(export.iterdir()) == before


def test_what_cannot_be_read_ends_in_3(program: Program, tmp_path: Path) -> None:
    ended = program("pricing", "coverage", "none.jsonl", cwd=tmp_path)
    assert (ended.returncode, ended.stdout) == (3, "")


def test_a_stub_names_only_what_a_name_would_help(tmp_path: Path) -> None:
    row = {"provider": None, "model": "x", "did_you_mean": None, "requests": 1, "tokens": 2}
    rows = [
        {**row, "reason": "no price in force at that time"},
        {**row, "reason": "unknown model", "model": None},
    ]
    assert list(stub(rows))[-1] == "map: []"
    hostile = 'a"b\\c\n{d: e}\u202e # \x85\U0001f600: ]'
    rows = [{**row, "reason": "unknown model", "model": hostile, "did_you_mean": "openai/gpt-4o"}]
    (tmp_path / "map.yaml").write_text("\n".join(stub(rows)), "utf-8")
    base = Path(__file__).parent / "pricing" / "catalogue"
    catalogue = pricing.load([tmp_path], base)
    assert [(named.raw, named.to) for named in catalogue.maps] == [(hostile, "openai/gpt-4o")]
    with Engine() as engine:
        pricing.install(engine, catalogue)
        found = pricing.trace(engine, hostile, provider=None, on="2025-09-01")
    assert found.lines[1] == ("offering", "openai/gpt-4o")


def test_half_a_character_is_no_text() -> None:
    assert quoted("a\ud800b") == '"a?b"'
