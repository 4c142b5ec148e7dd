"""Sessions of coding agents: streamed, resumed, replayed and forked lines are counted once."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest
from taken import take, written

from aiaudit.errors import UnrecognisedError

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


def counted(second: float, last: Any, total: Any) -> dict[str, Any]:  # noqa: ANN401  # whatever an event holds
    """Return a token event of a Codex session, by its last call and the session's total."""
    names = ("input_tokens", "cached_input_tokens", "output_tokens", "reasoning_output_tokens")
    used, all_used = (dict(zip(names, use, strict=True)) if use else None for use in (last, total))
    info = {"last_token_usage": used, "total_token_usage": all_used}
    return {
        "timestamp": f"2025-11-04T10:00:{second:06.3f}Z",
        "type": "event_msg",
        "payload": {"type": "token_count", "info": info},
    }


def opened(session: str, **meta: Any) -> list[dict[str, Any]]:  # noqa: ANN401  # any field
    """Return how a Codex session begins."""
    payload = {"id": session, "cwd": "/home/dev/harbour", "source": "cli"} | meta
    turn = {"model": "gpt-5-codex", "effort": "high"}
    return [
        {"timestamp": "2025-11-04T10:00:00Z", "type": "session_meta", "payload": payload},
        {"timestamp": "2025-11-04T10:00:00Z", "type": "turn_context", "payload": turn},
    ]


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


def test_totals_are_never_added_up_and_events_told_again_are_not_calls(tmp_path: Path) -> None:
    first, second, third = (100, 60, 10, 4), (300, 200, 25, 4), (500, 300, 45, 9)
    lines = [
        *opened("a"),
        counted(1, first, first),
        counted(2, first, first),
        counted(3, None, second),
        counted(4, (200, 100, 20, 5), third),
        counted(5, (0, 0, 0, 0), third),
    ]
    taken = take(tmp_path, written(tmp_path / "a.jsonl", lines))
    # 100 + 200 + 200 went in, of which 60 + 140 + 100 were cached; 10 + 15 + 20 came out.
    assert taken.totals() | {"requests": 3} == taken.totals()
    calls = {
        name: taken.total("calls", name) for name in ("input_uncached", "cache_read", "output")
    }
    assert calls == {"input_uncached": 200, "cache_read": 300, "output": 45}
    assert taken.total("calls", "reasoning") == 9
    assert taken.reasons() == {
        "event told again": 1, "event without tokens": 1, "line of the talk": 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    "meta",
    [
        {"source": {"subagent": {"thread_spawn": {"parent_thread_id": "a"}}}},
        {"forked_from_id": "a"},
    ],
)
def test_a_spawned_session_repeats_its_parent_and_that_is_history(
    meta: dict[str, Any], tmp_path: Path
) -> None:
    lines = [
        *opened("b", **meta),
        counted(0.1, (100, 0, 10, 0), (100, 0, 10, 0)),
        counted(0.2, (200, 0, 20, 0), (300, 0, 30, 0)),
        counted(7, None, (350, 0, 37, 0)),
    ]
    taken = take(tmp_path, written(tmp_path / "b.jsonl", lines))
    assert (taken.total("calls", "input_uncached"), taken.total("calls", "output")) == (50, 7)
    assert taken.reasons()["history of the parent session"] == 2


def test_a_fork_with_the_times_of_its_parent_adds_only_what_is_new(tmp_path: Path) -> None:
    start = [counted(1, (60, 0, 6, 0), (60, 0, 6, 0)), counted(2, (40, 0, 4, 0), (100, 0, 10, 0))]
    written(tmp_path / "logs/a.jsonl", [*opened("a"), *start])
    more = counted(30, (50, 0, 5, 0), (150, 0, 15, 0))
    written(tmp_path / "logs/b.jsonl", [*opened("b"), *start, more])
    taken = take(tmp_path, tmp_path / "logs")
    assert (taken.total("calls", "input_uncached"), taken.total("calls", "output")) == (150, 15)


def test_what_codex_prints_without_a_session_needs_a_time(tmp_path: Path) -> None:
    usage = {"input_tokens": 50, "cached_input_tokens": 20, "output_tokens": 5}
    lines = [
        {"type": "thread.started", "thread_id": "t-1"},
        {"type": "turn.completed", "usage": usage, "timestamp": "2025-11-04T10:00:00Z"},
        {"type": "turn.completed", "usage": usage},
    ]
    taken = take(tmp_path, written(tmp_path / "a.jsonl", lines))
    assert taken.reasons() == {"line of the talk": 1, "no time": 1}
    assert taken["calls"][0]["session_id"] == "t-1"


def test_a_gemini_log_that_grows_is_what_it_came_to(tmp_path: Path) -> None:
    def answer(name: str, output: int) -> dict[str, Any]:
        tokens = {"input": 100, "output": output, "cached": 0, "thoughts": 0, "tool": 0}
        tokens["total"] = 100 + output
        at = "2025-11-05T08:00:00Z"
        known = {"id": name, "timestamp": at, "type": "gemini", "content": ""}
        return known | {"model": "gemini-2.5-pro", "tokens": tokens}

    lines = [
        {
            "sessionId": "g-1",
            "projectHash": "9a",
            "startTime": "2025-11-05T07:59:00Z",
            "kind": "main",
        },
        {"id": "m1", "timestamp": "2025-11-05T07:59:30Z", "type": "user", "content": "Translate."},
        answer("m2", 10),
        answer("m2", 30),
        {"$set": {"summary": "A translation"}},
        {"$rewindTo": "m1"},
        answer("m3", 5),
        {"$set": {"messages": [answer("m2", 30), answer("m4", 7)]}},
    ]
    taken = take(tmp_path, written(tmp_path / "session-1.jsonl", lines))
    assert taken.source["format"] == "gemini-cli"
    assert taken.total("calls", "output") == 42
    assert taken.source["duplicates"] == 2


def test_the_summary_of_a_gemini_session_counts_its_requests(tmp_path: Path) -> None:
    tokens = {
        "prompt": 900,
        "candidates": 40,
        "cached": 600,
        "thoughts": 10,
        "tool": 0,
        "total": 950,
    }
    stats = {"models": {"gemini-2.5-pro": {"api": {"totalRequests": 3}, "tokens": tokens}}}
    document = {"response": "...", "stats": stats, "timestamp": "2025-11-05T08:00:00Z"}
    taken = take(tmp_path, written(tmp_path / "out.json", json.dumps(document)))
    totals = taken.totals()
    assert (totals["requests"], totals["input_uncached"], totals["cache_read"]) == (3, 300, 600)
    assert totals["output"] == 50


def test_a_view_in_a_database_is_not_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "logs.db"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE notes (prompt TEXT)")
        names = "id, thread_id, tip_message_hash, datetime_utc"
        database.execute(f"CREATE VIEW turns AS SELECT 1 AS {names.replace(', ', ', 1 AS ')}")
    database.close()
    with pytest.raises(UnrecognisedError):
        take(tmp_path, path)


def test_a_log_of_an_older_llm_has_responses_only(tmp_path: Path) -> None:
    path = tmp_path / "logs.db"
    with sqlite3.connect(path) as database:
        database.execute(
            "CREATE TABLE responses (id TEXT, model TEXT, prompt TEXT, system TEXT,"
            " response_json TEXT, conversation_id TEXT, duration_ms INTEGER, datetime_utc TEXT)"
        )
        row = ("r1", "gpt-4o", "Hello", None, "{}", "c1", 5, "2024-03-01T10:00:00")
        database.execute("INSERT INTO responses VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    database.close()
    (call,) = take(tmp_path, path)["calls"]
    assert (call["model_raw"], call["output"], call["prompt_chars"]) == ("gpt-4o", None, 5)
