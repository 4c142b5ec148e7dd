"""Claude Code sessions: streamed, resumed and replayed lines are counted once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from taken import take, written

if TYPE_CHECKING:
    from pathlib import Path


def said(number: int, output: int, **changes: Any) -> dict[str, Any]:  # noqa: ANN401  # any field
    """Return an answer of a Claude Code session; every number is another call."""
    usage = {"input_tokens": 10, "cache_read_input_tokens": 100, "output_tokens": output}
    message = {
        "id": f"msg_{number}",
        "role": "assistant",
        "model": "claude-sonnet-4-5",
        "usage": usage,
    }
    return {
        "type": "assistant",
        "sessionId": "s-1",
        "uuid": f"u-{number}",
        "isSidechain": False,
        "cwd": "/home/dev/harbour",
        "timestamp": f"2025-11-03T09:{number:02}:00.000Z",
        "requestId": f"req_{number}",
        "message": message | changes.pop("message", {}),
    } | changes


def test_a_streamed_answer_is_its_largest_line(tmp_path: Path) -> None:
    lines = [said(1, 1), said(1, 80), said(1, 80, uuid="u-1b"), said(2, 5)]
    taken = take(tmp_path, written(tmp_path / "a.jsonl", lines))
    assert (taken.source["loaded"], taken.source["duplicates"]) == (2, 2)
    assert taken.total("calls", "output") == 85


def test_a_session_that_was_resumed_into_a_new_file_is_counted_once(tmp_path: Path) -> None:
    before = written(tmp_path / "logs/a.jsonl", [said(1, 10), said(2, 20)])
    written(tmp_path / "logs/b.jsonl", [said(1, 10), said(2, 20), said(3, 40)])
    taken = take(tmp_path, before.parent)
    assert taken.total("calls", "output") == 70
    assert sum(source["duplicates"] for source in taken["sources"]) == 2


def test_a_replay_in_a_sidechain_is_the_call_of_its_parent(tmp_path: Path) -> None:
    replayed = said(1, 10, isSidechain=True, requestId="req_other")
    own = said(2, 20, isSidechain=True)
    taken = take(tmp_path, written(tmp_path / "a.jsonl", [replayed, own, said(1, 10), said(3, 40)]))
    assert taken.total("calls", "output") == 70
    ids = {call["natural_id"] for call in taken["calls"]}
    assert ids == {"msg_1/req_1", "msg_2/req_2", "msg_3/req_3"}


def test_two_requests_of_one_message_are_two_calls_and_no_id_is_never_a_copy(
    tmp_path: Path,
) -> None:
    unknown = said(4, 7, message={"id": None})
    lines = [said(1, 10), said(1, 10, requestId="req_b"), unknown, unknown]
    assert take(tmp_path, written(tmp_path / "a.jsonl", lines)).total("calls", "output") == 34


def test_the_passes_of_an_answer_are_added_up(tmp_path: Path) -> None:
    passes = [{"input_tokens": 7, "output_tokens": 3}, {"input_tokens": 5, "output_tokens": 2}]
    usage = {"input_tokens": 7, "output_tokens": 3, "iterations": passes}
    taken = take(tmp_path, written(tmp_path / "a.jsonl", [said(1, 0, message={"usage": usage})]))
    assert (taken.total("calls", "input_uncached"), taken.total("calls", "output")) == (12, 5)


@pytest.mark.parametrize(
    ("folder", "shown"),
    [
        ("/home/dev/harbour/", "harbour"), ("C:\\Users\\dev\\harbour", "harbour"),
        ("/Users/dev", None), ("C:\\Users\\dev\\", None), ("/", None), ("", None),
    ],
)  # fmt: skip
def test_of_a_path_only_the_folder_is_kept(folder: str, shown: str | None, tmp_path: Path) -> None:
    (call,) = take(tmp_path, written(tmp_path / "a.jsonl", [said(1, 1, cwd=folder)]))["calls"]
    assert (call["project"], call["use_case"]) == (shown, shown)


def test_what_the_tool_wrote_itself_is_not_billed(tmp_path: Path) -> None:
    notice = said(1, 0, isApiErrorMessage=True, message={"model": "<synthetic>"})
    (call,) = take(tmp_path, written(tmp_path / "a.jsonl", [notice]))["calls"]
    assert (call["billable"], call["status"]) == (False, "error")


def test_lines_of_every_kind_are_accounted_for_beside_others(tmp_path: Path) -> None:
    one, two, three, four, five, six, seven = (json.dumps(said(n, 2**n)) for n in range(1, 8))
    texts = {
        "a": f"{one}\n\n  \n{two}",
        "b": f'{three}\r\n{{"cut\n{four}\n[1]\n{five}\n',
        "c": f"{six}{seven}\n{one}\n{one}\n",
        "d": f"\n{one}\n",
    }
    for name, text in texts.items():
        written(tmp_path / "logs" / f"{name}.jsonl", text)
    taken = take(tmp_path, tmp_path / "logs")
    assert taken.total("calls", "output") == 254
    sources = taken["sources"]
    assert {s["file"][0]: (s["rows_read"], s["rejected"], s["blank"]) for s in sources} == {
        "a": (2, 0, 2), "b": (5, 2, 0), "c": (4, 0, 0), "d": (1, 0, 1),
    }  # fmt: skip
    assert [sum(s[part] for s in sources) for part in ("loaded", "duplicates")] == [7, 3]
    assert {(reject["row"], reject["code"]) for reject in taken["rejects"]} == {
        (2, "cut"), (4, "not an object"),
    }  # fmt: skip
