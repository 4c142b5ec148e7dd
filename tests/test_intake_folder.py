"""Which files are taken in, who reads them, and what is said when nobody can."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import pytest
from taken import call, take, written

from aiaudit.errors import (
    AuditError,
    NoInputError,
    SettingsError,
    UnreadableError,
    UnrecognisedError,
)
from aiaudit.intake.files import given
from aiaudit.intake.plain import plain
from aiaudit.intake.workspace import Workspace
from aiaudit.settings import Mapped, Settings

if TYPE_CHECKING:
    from pathlib import Path

CALLS: Final = [call(number) for number in range(1, 4)]
UNKNOWN: Final = {
    "notes.txt": b"Meeting at noon\n",
    "picture.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "package.json": b'{"name": "x", "version": "1.0.0"}',
    "empty.csv": b"",
    "letter.pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
}


def test_a_file_in_a_folder_that_nobody_knows_is_listed_and_stops_nothing(tmp_path: Path) -> None:
    for name, content in UNKNOWN.items():
        written(tmp_path / "in" / name, content)
    written(tmp_path / "in" / "deeper" / "log.jsonl", CALLS)
    written(tmp_path / "in" / ".hidden.jsonl", CALLS)
    written(tmp_path / "in" / "aiaudit.yaml", "title: x\n")
    taken = take(tmp_path, tmp_path / "in")
    assert taken.intake.unrecognised == tuple(sorted(UNKNOWN))
    assert taken.intake.failures == ()
    assert taken.source["file"] == "deeper/log.jsonl"


def test_a_file_that_is_named_and_that_nobody_knows_is_a_failure(tmp_path: Path) -> None:
    unknown = [written(tmp_path / name, content) for name, content in UNKNOWN.items()]
    with pytest.raises(UnrecognisedError, match=r"notes.txt is in no format that aiaudit knows"):
        take(tmp_path, unknown[0])
    with pytest.raises(UnrecognisedError, match="none of the 5 files is in a format"):
        take(tmp_path, *unknown)
    taken = take(tmp_path, written(tmp_path / "log.jsonl", CALLS), *unknown)
    assert {str(failure).split(" is ")[0] for failure in taken.intake.failures} == set(UNKNOWN)


def test_nothing_to_audit_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(NoInputError, match="there is no file in what was given"):
        take(tmp_path, tmp_path / "empty")
    with pytest.raises(NoInputError, match=r"absent.jsonl: there is no such file or folder"):
        take(tmp_path, tmp_path / "absent.jsonl")


def test_a_file_that_two_readers_claim_is_refused_with_both_names(tmp_path: Path) -> None:
    both = call(1, id="x", response_cost=0.1, model_group="fast")
    with pytest.raises(UnrecognisedError, match="litellm-payload and like litellm-spend-log"):
        take(tmp_path, written(tmp_path / "log.jsonl", [both]))


def test_a_mapping_wins_and_its_mistakes_are_told(tmp_path: Path) -> None:
    log = written(tmp_path / "log.jsonl", CALLS)
    columns = {"started_at": "startTime", "input": "prompt_tokens", "natural_id": "request_id"}
    mapped = Mapped(files="*.jsonl", columns=columns, values={"provider": "openai"})
    assert take(tmp_path, log, mapped=(mapped,)).source["format"] == "mapped"
    wrong = Mapped(files="*.jsonl", columns={"started": "startTime"})
    with pytest.raises(SettingsError, match=r"no column 'started'; did you mean 'started_at'"):
        take(tmp_path, log, mapped=(wrong,))
    absent = Mapped(files="*.jsonl", columns={"started_at": "when"})
    with pytest.raises(UnreadableError, match=r"log.jsonl has no column 'when'"):
        take(tmp_path, log, mapped=(absent,))


def test_files_of_one_name_are_told_apart_and_one_file_is_read_once(tmp_path: Path) -> None:
    first = written(tmp_path / "a" / "log.jsonl", CALLS)
    second = written(tmp_path / "b" / "log.jsonl", [call(7)])
    taken = take(tmp_path, first, second, first, tmp_path / "a")
    assert [source["file"] for source in taken["sources"]] == ["a/log.jsonl", "b/log.jsonl"]


def test_progress_reaches_the_end_and_never_goes_back(tmp_path: Path) -> None:
    settings = Settings(inputs=(written(tmp_path / "log.jsonl", CALLS),), output=tmp_path / "out")
    (file,) = given(settings)
    steps: list[int] = []
    plain(file, Workspace(tmp_path / "w"), steps.append)
    assert sum(steps) == file.bytes


def test_failures_end_in_exit_code_three() -> None:
    assert {kind.exit_code for kind in (NoInputError, UnreadableError, AuditError)} == {3}


def test_many_small_files_have_an_account_each_and_a_broken_one_harms_no_other(
    tmp_path: Path,
) -> None:
    for number in range(1, 9):
        record = call(number, prompt_tokens=100) | {"id": f"p-{number}", "response_cost": 0.1}
        del record["request_id"], record["spend"]
        text = json.dumps(record | {"model_group": "smart"}, indent=1)
        written(tmp_path / "in" / f"{number}.json", text)
    written(tmp_path / "in" / "log.jsonl", "\n\n".join(map(json.dumps, [*CALLS, [], {}])))
    taken = take(tmp_path, tmp_path / "in")
    assert [source["loaded"] for source in taken["sources"]] == [1] * 8 + [3]
    assert (taken["sources"][8]["rejected"], taken["sources"][8]["blank"]) == (2, 4)
    cut = (tmp_path / "in" / "1.json").read_text("utf-8")[:-9]
    written(tmp_path / "in" / "2.json", cut)
    broken = take(tmp_path, tmp_path / "in")
    assert [source["loaded"] for source in broken["sources"]] == [1] * 7 + [3]
    assert "2.json was taken for LiteLLM standard logging payload" in str(broken.intake.failures[0])
