"""`aiaudit pricing diff`: what changed between two catalogues, in words and as JSON."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Program

BASE = Path(__file__).parent / "pricing" / "catalogue"
OLD = """\
provider: acme
models:
  - id: one
    prices:
      - {from: 2025-01-01, recorded: 2025-01-01, source: seen, rates: {input: 10, output: 40}}
  - id: two
    prices:
      - {from: 2025-01-01, recorded: 2025-01-01, source: seen, rates: {input: 1, output: 3}}
aliases:
  - {match: first, to: one}
"""
NEW = """\
provider: acme
models:
  - id: one
    prices:
      - {from: 2025-01-01, until: 2025-06-10, recorded: 2025-01-01, source: seen,
         rates: {input: 10, output: 40}}
      - {from: 2025-06-10, recorded: 2025-06-10, source: seen,
         rates: {input: 2, output: 8, cache_read: 0.5}, modes: {batch: {input: 1, output: 4}}}
  - id: two
    prices:
      - {from: 2025-01-01, withdrawn: 2025-07-01, recorded: 2025-01-01, source: seen,
         rates: {input: 1, output: 3}}
      - {from: 2025-01-01, recorded: 2025-07-01, source: seen, rates: {input: 1, output: 2}}
  - id: three
    prices:
      - {from: 2025-03-01, recorded: 2025-03-01, source: heard, rates: {input: 1, output: 3}}
aliases:
  - {match: first, to: two}
"""


@pytest.fixture
def folders(tmp_path: Path) -> Callable[..., list[str]]:
    """Return a function that makes a catalogue of each text, and gives the folders' names."""

    def make(*texts: str) -> list[str]:
        for number, text in enumerate(texts):
            shutil.copytree(BASE, tmp_path / str(number))
            (tmp_path / str(number) / "acme.yaml").write_text(text, "utf-8")
        return [str(number) for number in range(len(texts))]

    return make


def test_every_change_is_told_with_old_and_new_rates(
    program: Program, folders: Callable[..., list[str]], tmp_path: Path
) -> None:
    ended = program("pricing", "diff", *folders(OLD, NEW), cwd=tmp_path, COLUMNS="80")
    assert ended.returncode == 0
    assert max(map(len, ended.stdout.splitlines())) <= 80
    assert (
        ended.stdout
        == """\
from the catalogue of 2026-04-16 to that of 2026-04-16; USD per million
acme/one
  alias removed: first
  ended, from 2025-01-01: until 2025-06-10
  added, from 2025-06-10: input 10 -> 2 (-80.0 %), output 40 -> 8 (-80.0 %),
    cache_read 0.5, batch input 1, batch output 4
acme/three
  added, from 2025-03-01: input 1, output 3
acme/two
  alias added: first
  added, from 2025-01-01: input 1, output 2
  withdrawn, from 2025-01-01: on 2025-07-01
3 added, 1 ended, 1 withdrawn, 1 alias added, 1 alias removed
"""
    )


def test_what_may_not_happen_is_told_too(
    program: Program, folders: Callable[..., list[str]], tmp_path: Path
) -> None:
    edited = OLD.replace("output: 40", "output: 44").replace("source: seen", "source: heard", 1)
    gone = edited[: edited.index("  - id: two")] + edited[edited.index("aliases") :]
    ended = program("pricing", "diff", *folders(OLD, gone), cwd=tmp_path)
    assert "  changed, from 2025-01-01: source seen -> heard, output 40 -> 44 (+10.0 %)\n" in (
        ended.stdout
    )
    assert "acme/two\n  removed, from 2025-01-01: input 1 -> none" in ended.stdout
    assert ended.stdout.endswith("1 changed, 1 removed\n")


def test_json_holds_every_value(
    program: Program, folders: Callable[..., list[str]], tmp_path: Path
) -> None:
    found: dict[str, Any] = json.loads(
        program("pricing", "diff", *folders(OLD, NEW), "-f", "json", cwd=tmp_path).stdout
    )
    assert found["schema"] == "aiaudit.pricing-diff/1"
    assert found["counts"]["added"] == 3
    assert found["a"]["sha256"] != found["b"]["sha256"]
    added = next(c for c in found["changes"] if c["from"] == "2025-06-10")
    assert (added["change"], added["offering"], added["until"]) == ("added", "acme/one", None)
    assert {v["name"]: (v["old"], v["new"], v["percent"]) for v in added["values"]} == {
        "standard.rates.input": ("10", "2", "-80.0"),
        "standard.rates.output": ("40", "8", "-80.0"),
        "standard.rates.cache_read": (None, "0.5", None),
        "modes.batch.rates.input": (None, "1", None),
        "modes.batch.rates.output": (None, "4", None),
    }


def test_an_exit_code_tells_of_a_difference_only_where_it_is_asked(
    program: Program, folders: Callable[..., list[str]], tmp_path: Path
) -> None:
    old, new = folders(OLD, NEW)
    assert program("pricing", "diff", old, old, "--exit-code", cwd=tmp_path).returncode == 0
    ended = program("pricing", "diff", old, new, "--exit-code", cwd=tmp_path)
    assert ended.returncode == 1
    assert ended.stderr == "aiaudit: the catalogues differ in 7 places (--exit-code)\n"
    assert program("pricing", "diff", old, cwd=tmp_path).returncode == 0


def test_what_is_no_catalogue_ends_in_2(program: Program, tmp_path: Path) -> None:
    ended = program("pricing", "diff", "nowhere", cwd=tmp_path)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "nowhere: no such folder of price sheets" in ended.stderr
    assert program("pricing", "diff", ".", "-f", "pdf", cwd=tmp_path).returncode == 2
