"""What was read stays: unchanged files are not read again, and an interrupted run goes on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from taken import Taken, call, take, written

from aiaudit.engine import Engine
from aiaudit.intake import bundle
from aiaudit.settings import Chosen, Mapped, Redaction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aiaudit.intake.account import Source

ROOT: Final = Path(__file__).parent.parent


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the files that are read, as they are."""
    names: list[str] = []
    for name in ("take", "take_together", "take_lying"):
        function = getattr(bundle, name)

        def told(engine: Engine, given: Any, *rest: Any, function: Any = function) -> None:  # noqa: ANN401
            sources: Sequence[Source] = given if isinstance(given, list) else [given]
            names.extend(source.file.name for source in sources)
            function(engine, given, *rest)

        monkeypatch.setattr(bundle, name, told)
    return names


def taken(tmp_path: Path, **chosen: Any) -> Taken:  # noqa: ANN401  # settings of any kind
    database = tmp_path / "audit.duckdb"
    database.unlink(missing_ok=True)
    return take(tmp_path, tmp_path / "in", database=database, **chosen)


def logs(tmp_path: Path, *numbers: int) -> None:
    for number in numbers:
        written(tmp_path / "in" / f"{number}.jsonl", [call(10 * number + n) for n in range(1, 4)])


def test_an_unchanged_file_is_not_read_again(tmp_path: Path, read: list[str]) -> None:
    logs(tmp_path, 1, 2)
    first = taken(tmp_path)
    assert sorted(read) == ["1.jsonl", "2.jsonl"]
    assert taken(tmp_path).tables == first.tables
    assert sorted(read) == ["1.jsonl", "2.jsonl"]
    logs(tmp_path, 3)
    written(tmp_path / "in" / "2.jsonl", [call(7)])
    assert taken(tmp_path).totals()["requests"] == 7
    assert sorted(read[2:]) == ["2.jsonl", "3.jsonl"]


def test_an_audit_covers_the_files_of_its_own_command(tmp_path: Path) -> None:
    logs(tmp_path, 1)
    alone = taken(tmp_path)
    logs(tmp_path, 2)
    assert taken(tmp_path).totals()["requests"] == 6
    (tmp_path / "in" / "2.jsonl").unlink()
    assert taken(tmp_path).tables == alone.tables
    with Engine(tmp_path / "out" / ".kept" / "intake.duckdb") as kept:
        assert kept.value("SELECT count(*) FROM taken_calls") == 3


def test_what_the_settings_say_of_a_file_reads_it_again(tmp_path: Path, read: list[str]) -> None:
    logs(tmp_path, 1)
    columns = {"started_at": "startTime", "model_raw": "model", "input": "prompt_tokens"}
    values = {"provider": "openai"}
    taken(tmp_path)
    taken(tmp_path, mapped=(Mapped(files="1.*", columns=columns, values=values),))
    taken(tmp_path, mapped=(Mapped(files="2.*", columns=columns, values=values),))
    taken(tmp_path, chosen=(Chosen(files="1.*", reader="litellm-spend-log"),))
    taken(tmp_path, redaction=Redaction("secret"))
    assert read == ["1.jsonl"] * 5


def test_a_kept_database_that_is_damaged_is_made_anew(tmp_path: Path, read: list[str]) -> None:
    logs(tmp_path, 1)
    first = taken(tmp_path)
    kept = tmp_path / "out" / ".kept" / "intake.duckdb"
    for content in (kept.read_bytes()[:5000], b"not a database", b""):
        kept.write_bytes(content)
        assert taken(tmp_path).tables == first.tables
    assert read == ["1.jsonl"] * 4


def test_what_other_files_gave_stays_when_one_is_broken(tmp_path: Path, read: list[str]) -> None:
    logs(tmp_path, 1, 2)
    written(tmp_path / "in" / "cut.json", json.dumps([call(5), call(6)]).encode()[:-40])
    for _ in range(2):
        found = taken(tmp_path)
        assert len(found["sources"]) == 2
        assert "cut.json was taken for LiteLLM" in str(found.intake.failures[0])
    assert [name for name in read if name != "cut.json"] == ["1.jsonl", "2.jsonl"]


def test_killed_at_any_moment_it_goes_on_and_ends_in_the_same_bytes() -> None:
    script = [sys.executable, "benchmarks/kills.py", "2", "7", "300"]
    done = subprocess.run(script, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
