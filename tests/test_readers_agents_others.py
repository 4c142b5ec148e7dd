"""Gemini sessions and the log of the llm tool: documents, logs that grow, and a database."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest
from taken import take, written

from aiaudit.errors import UnrecognisedError

if TYPE_CHECKING:
    from pathlib import Path


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
