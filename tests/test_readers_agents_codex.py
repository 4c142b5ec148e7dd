"""Codex sessions: totals are never added up, and what is told again is counted once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from taken import take, written

if TYPE_CHECKING:
    from pathlib import Path


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


def test_lines_that_stand_twice_change_nothing(tmp_path: Path) -> None:
    events = [
        counted(1, (100, 0, 10, 0), (100, 0, 10, 0)),
        counted(2, None, (300, 0, 30, 0)),
        counted(3, None, (350, 0, 37, 0)),
    ]
    for name, lines in {
        "clean": [*opened("a"), *events],
        "block": [*opened("a"), *events[:2], *opened("a"), *events[:2], *events],
    }.items():
        taken = take(tmp_path, written(tmp_path / f"{name}.jsonl", lines))
        assert (taken.total("calls", "input_uncached"), len(taken["calls"])) == (350, 3), name


def test_a_total_that_is_no_number_is_refused_and_never_makes_more_tokens(tmp_path: Path) -> None:
    lines = [
        *opened("a"),
        counted(1, (100, 60, 10, 0), (100, True, 10, 0)),
        counted(2, None, (300, True, 30, 0)),
        counted(3, None, (350, 90, 37, 0)),
    ]
    taken = take(tmp_path, written(tmp_path / "a.jsonl", lines))
    # The refused 200 stand in the difference of the next total: 350 - 100, of them 90 - 60 cached.
    assert (taken.total("calls", "input_uncached"), taken.total("calls", "cache_read")) == (260, 90)
    assert taken.reasons()["bad counter"] == 1
