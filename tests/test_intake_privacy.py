"""No prompt gets into any output unless the user says so, and names can be turned into words."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any, Final

import pytest
from taken import Taken, bucket, call, take, written

from aiaudit.engine import Engine
from aiaudit.errors import SettingsError
from aiaudit.settings import Flags, Redaction, load, public

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Program

SECRET: Final = "the merger with Umbrella closes on Friday"  # noqa: S105  # a sentence
NAMED: Final = {
    "user": "user-017@example.com",
    "team_id": "blue-team",
    "api_key": "key-of-somebody",
    "session_id": "session-of-somebody",
    "metadata": {"user_api_key_alias": "alias-of-somebody"},
    "messages": [
        {"role": "system", "content": f"You know that {SECRET}."},
        {"role": "user", "content": f"Say why {SECRET}, please."},
    ],
    "response": {"choices": [{"message": {"content": f"Because {SECRET}"}}]},
}
BROKEN: Final = ['{"request_id": "' + SECRET, json.dumps({"messages": SECRET})]


def log(tmp_path: Path) -> Path:
    records = [json.dumps(call(number, **NAMED)) for number in range(1, 4)]
    return written(tmp_path / "in" / "log.jsonl", "\n".join([*records, *BROKEN]) + "\n")


def everything(folder: Path) -> bytes:
    """Return all bytes below a folder, and what is packed in them is not looked into."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def rows_of(database: Path) -> str:
    """Return every row of every table, because a database packs its strings."""
    with Engine(database) as engine:
        tables = engine.rows("SELECT table_name AS name FROM information_schema.tables")
        found = [engine.rows(f'SELECT * FROM "{table["name"]}"') for table in tables]
    return str(found)


def test_a_text_is_in_no_output(program: Program, tmp_path: Path) -> None:
    log(tmp_path)
    done = program("analyze", "in", "-o", "out", "-v", cwd=tmp_path)
    assert done.returncode == 0
    kept = [tmp_path / "out" / "audit.duckdb", tmp_path / "out" / ".kept" / "intake.duckdb"]
    said = [done.stdout, done.stderr, everything(tmp_path / "out").decode("latin-1")]
    for text in (*said, *map(rows_of, kept)):
        assert "Umbrella" not in text
    assert "user-017@example.com" in rows_of(kept[0])


def test_a_text_is_kept_when_the_user_says_so(tmp_path: Path) -> None:
    database = tmp_path / "audit.duckdb"
    take(tmp_path, log(tmp_path), database=database, keep_text=True)
    with Engine(database) as engine:
        texts = engine.rows("SELECT * FROM texts ORDER BY call_id")
    assert len(texts) == 3
    assert SECRET in texts[0]["system_text"]
    assert SECRET in texts[0]["prompt_text"]
    database.unlink()
    take(tmp_path, tmp_path / "in", database=database)
    assert "Umbrella" not in rows_of(database)
    assert "Umbrella" not in rows_of(tmp_path / "out" / ".kept" / "intake.duckdb")


def redacted(tmp_path: Path, key: str, *inputs: Path) -> Taken:
    return take(tmp_path, *inputs, redaction=Redaction(key))


def test_names_become_words_that_the_same_key_gives_again(tmp_path: Path) -> None:
    plain, first = take(tmp_path, log(tmp_path)), redacted(tmp_path, "one", tmp_path / "in")
    assert first.tables == redacted(tmp_path, "one", tmp_path / "in").tables
    assert first.tables != redacted(tmp_path, "two", tmp_path / "in").tables
    assert first.totals() == plain.totals()
    for word in ("user-017", "blue-team", "of-somebody"):
        assert word in str(plain.tables)
        assert word not in str(first.tables)
    assert {row["user_id"] for row in first["calls"]} == {
        Redaction("one").word("user_id", "user-017@example.com")
    }


def test_the_identity_of_a_bucket_holds_no_name(tmp_path: Path) -> None:
    export = [bucket(3, project_id="proj_acme", user_id="user-018"), bucket(3, project_id="b")]
    file = written(tmp_path / "usage.jsonl", [*export, *export])
    plain, found = take(tmp_path, file), redacted(tmp_path, "one", file)
    assert "acme" in str(plain.tables)
    assert "acme" not in str(found.tables)
    assert "user-018" not in str(found.tables)
    assert found.totals() == plain.totals()


def test_redaction_wants_a_key_and_no_texts(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"--redact: needs a key.*AIAUDIT_REDACT_KEY"):
        load(Flags(redact=True), folder=tmp_path)
    keyed = {"AIAUDIT_REDACT_KEY": "secret"}
    with pytest.raises(SettingsError, match="--keep-text excludes it"):
        load(Flags(redact=True, keep_text=True), folder=tmp_path, environ=keyed)
    assert load(Flags(), folder=tmp_path, environ=keyed).redaction is None


def test_rules_still_find_the_calls_of_those_whom_they_name(tmp_path: Path) -> None:
    rule = "rules: [{match: {team: blue-team, use_case: 'mail-*'}, task: classification}]\n"
    (tmp_path / "aiaudit.yaml").write_text(f"redact_key: secret\n{rule}", "utf-8")
    settings = load(Flags(redact=True), folder=tmp_path)
    assert settings.rules[0].match == {
        "team": Redaction("secret").word("team", "blue-team"), "use_case": "mail-*",
    }  # fmt: skip
    said: dict[str, Any] = public(settings)
    assert "blue" not in str(said)
    assert "secret" not in str(said)
    assert "secret" not in repr(settings)
    (tmp_path / "aiaudit.yaml").write_text(rule.replace("blue-team", "blue-*"), "utf-8")
    with pytest.raises(SettingsError, match="a rule matches team by the pattern"):
        load(Flags(redact=True), folder=tmp_path, environ={"AIAUDIT_REDACT_KEY": "secret"})


def test_a_packed_text_is_not_left_as_a_copy(tmp_path: Path) -> None:
    packed = written(tmp_path / "log.jsonl.gz", gzip.compress(log(tmp_path).read_bytes()))
    take(tmp_path, packed)
    assert not list((tmp_path / "out").rglob("*"))
