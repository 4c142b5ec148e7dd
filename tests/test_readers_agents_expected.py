"""The shared sessions, logs and traces have the totals that were worked out independently."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from taken import SHARED, Taken, needs_shared, take

if TYPE_CHECKING:
    from pathlib import Path

LOGS: Final = SHARED / "data" / "request_logs"
ALPHA: Final = "ccusage project-alpha"


def expected(*path: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((LOGS / "EXPECTED.json").read_text("utf-8"))
    for name in path:
        found = found[name]
    return found


def sums(taken: Taken, *names: str) -> list[int]:
    return [taken.total("calls", name) or 0 for name in names]


@needs_shared
def test_the_claude_session_has_its_totals(tmp_path: Path) -> None:
    told = expected("claude_code", ALPHA)
    taken = take(tmp_path, LOGS / "claude_code" / "ccusage")
    names = ("requests", "input_uncached", "output", "cache_write_5m", "cache_read")
    counts = [
        told[name] for name in ("calls", "in_uncached", "output", "cache_write", "cache_read")
    ]
    assert sums(taken, *names) == counts
    assert taken.total("calls", "stated_cost") == Decimal(str(told["logged_cost"]))
    fast = [call for call in taken["calls"] if call["rate_class"] == "fast"]
    assert len(fast) == told["fast_calls"]


@needs_shared
def test_broken_lines_of_a_claude_session_are_refused_and_the_others_read(tmp_path: Path) -> None:
    folder = LOGS / "claude_code" / "claude-code-log"
    taken = take(tmp_path, folder / "edge_cases.jsonl")
    assert (taken.source["rows_read"], taken.source["loaded"], taken.source["rejected"]) == (
        19,
        4,
        4,
    )
    assert sums(taken, "input_uncached", "output") == [35 + 200 + 85 + 168, 145 + 25 + 180 + 85]
    whole = take(tmp_path, folder / "representative_messages.jsonl")
    assert sums(whole, "requests", "input_uncached", "output") == [5, 218, 445]


@needs_shared
def test_sessions_without_usage_hold_no_call(tmp_path: Path) -> None:
    for agent, rows in (("claude_code", 4), ("codex_cli", 7)):
        taken = take(tmp_path, LOGS / agent / "agentsview")
        assert taken["calls"] == []
        assert sum(source["ignored"] for source in taken["sources"]) == rows


@needs_shared
def test_the_codex_session_has_its_totals(tmp_path: Path) -> None:
    told = expected("codex_cli", ALPHA)
    taken = take(tmp_path, LOGS / "codex_cli" / "ccusage")
    names = ("requests", "input_uncached", "cache_read", "output", "reasoning")
    counts = [told[n] for n in ("calls", "in_uncached", "cache_read", "output", "reasoning")]
    assert sums(taken, *names) == counts
    assert counts[1] + counts[2] == told["input_inclusive"]


@needs_shared
def test_the_log_of_the_llm_tool_has_a_call_for_each_turn(tmp_path: Path) -> None:
    taken = take(tmp_path, LOGS / "llm_cli" / "logs.db")
    assert sums(taken, "requests", "input_uncached", "output", "reasoning") == [30, 967, 3084, 192]
    assert all(call["response_id"].startswith("chatcmpl-") for call in taken["calls"])


@needs_shared
def test_serving_traces_are_counted_and_name_no_model(tmp_path: Path) -> None:
    traces = {
        LOGS / "azure_llm_trace" / "AzureLLMInferenceTrace_code.csv": expected("azure", "code"),
        LOGS / "mooncake" / "conversation_trace.first5000.jsonl": expected("mooncake"),
    }
    for path, told in traces.items():
        taken = take(tmp_path, path)
        found = sums(taken, "requests", "input_uncached", "output")
        assert found == [told["rows"], told["input"], told["output"]]
        assert {call["offering"] for call in taken["calls"]} == {None}


@needs_shared
def test_a_corpus_of_conversations_holds_nothing_to_count(tmp_path: Path) -> None:
    taken = take(tmp_path, LOGS / "chat_corpora" / "fastchat_dummy_conversation.json")
    assert taken.reasons() == {"conversation without counts or a time": 500}
