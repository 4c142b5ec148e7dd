"""Which reader a file belongs to, who decides when two claim it, and what SQLite may do."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

import pytest
from taken import bucket, call, take, written

from aiaudit import readers
from aiaudit.errors import SettingsError, UnreadableError, UnrecognisedError, UsageError
from aiaudit.intake import sqlite
from aiaudit.settings import Chosen, Flags, load

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Program

CALLS: Final = [call(number) for number in range(1, 4)]
# A record that says of itself what two formats say of theirs.
BOTH: Final = [one | bucket()["results"][0] | bucket() for one in CALLS]


def two(tmp_path: Path) -> Path:
    return written(tmp_path / "both.jsonl", BOTH)


def test_a_file_that_two_readers_claim_is_asked_about(program: Program, tmp_path: Path) -> None:
    two(tmp_path)
    done = program("analyze", "both.jsonl", cwd=tmp_path)
    assert done.returncode == 3
    assert (
        "both.jsonl looks like litellm-spend-log and like openai-usage; say which:" in done.stderr
    )
    assert "--reader litellm-spend-log='both.jsonl'" in done.stderr


@pytest.mark.parametrize(
    ("reader", "grain"), [("litellm-spend-log", "call"), ("openai-usage", "bucket")]
)
def test_the_user_says_which_reader_reads_it(tmp_path: Path, reader: str, grain: str) -> None:
    taken = take(tmp_path, two(tmp_path), chosen=(Chosen(files="b*.jsonl", reader=reader),))
    assert (taken.source["format"], taken.source["grain"]) == (reader, grain)


def test_a_choice_that_cannot_be_is_told(tmp_path: Path) -> None:
    file = two(tmp_path)
    with pytest.raises(UsageError, match=r"'openai-usge' is no format; did you mean openai-usage"):
        take(tmp_path, file, chosen=(Chosen(files="*", reader="openai-usge"),))
    with pytest.raises(UnrecognisedError, match=r"cannot be openai-usage-csv: that is CSV, TSV or"):
        take(tmp_path, file, chosen=(Chosen(files="*", reader="openai-usage-csv"),))
    with pytest.raises(SettingsError, match=r"'openai-usage' is not ID=GLOB"):
        load(Flags(readers=("openai-usage",)), folder=tmp_path)
    flags = Flags(readers=("openai-usage=march_*.json",))
    assert load(flags, folder=tmp_path).chosen == (
        Chosen(files="march_*.json", reader="openai-usage"),
    )


def test_with_keep_going_a_broken_file_is_listed_and_the_others_are_audited(
    program: Program, tmp_path: Path
) -> None:
    written(tmp_path / "in" / "good.jsonl", CALLS)
    written(tmp_path / "in" / "cut.json", json.dumps(CALLS)[:-30])
    stopped = program("analyze", "in", cwd=tmp_path)
    assert stopped.returncode == 3
    assert "cut.json was taken for LiteLLM" in stopped.stderr
    done = program("analyze", "in", "--keep-going", cwd=tmp_path)
    assert done.returncode == 0
    assert "aiaudit: left out: cut.json was taken for LiteLLM" in done.stderr
    audit = json.loads((tmp_path / "aiaudit-report" / "audit.json").read_text("utf-8"))
    assert audit["facts"]["requests.total"]["value"] == 3
    assert "cut.json" in audit["coverage"]["failures"][0]


def database(path: Path, *statements: str) -> Path:
    with closing(sqlite3.connect(path)) as made:
        for statement in statements:
            made.execute(statement)
        made.commit()
    return path


def test_only_true_tables_of_a_database_are_looked_at(tmp_path: Path) -> None:
    path = database(
        tmp_path / "a.db",
        "CREATE TABLE Turns (Id TEXT, model TEXT)",
        "CREATE VIEW other AS SELECT 1 AS id",
        "CREATE VIRTUAL TABLE found USING fts5(id)",
    )
    columns = sqlite.columns(path)
    assert {"turns.id", "turns.model"} <= columns.keys()
    assert not [name for name in columns if name.startswith(("other.", "found."))]


def test_a_query_without_an_end_is_stopped(tmp_path: Path) -> None:
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT * FROM n"
    path = database(tmp_path / "a.db", f"CREATE VIEW turns AS SELECT max(x) FROM ({endless})")
    with sqlite.opened(path) as opened, pytest.raises(sqlite3.OperationalError, match="interrupt"):
        opened.execute("SELECT * FROM turns").fetchall()


def test_nothing_is_written_into_a_database(tmp_path: Path) -> None:
    path = database(tmp_path / "a.db", "CREATE TABLE t (a)")
    before = path.read_bytes()
    with sqlite.opened(path) as opened, pytest.raises(sqlite3.OperationalError, match="readonly"):
        opened.execute("INSERT INTO t VALUES (1)")
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.db"]


def test_a_damaged_database_is_told(tmp_path: Path) -> None:
    broken = sqlite.MAGIC + b"\xff" * 4000
    with pytest.raises(UnreadableError, match=r"a.db is damaged: its SQLite cannot be read"):
        take(tmp_path, written(tmp_path / "a.db", broken))


def test_no_reader_takes_the_sample_of_another() -> None:
    ids = [reader.id for reader in readers.registry()]
    assert len(ids) == len(set(ids))
