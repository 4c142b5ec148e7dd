"""Bodies of requests and responses, streamed or not: each answer is one call, counted once."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from gateways import of_file, sums
from taken import SHARED, needs_shared, take, written

READERS: Final = Path(__file__).parent / "readers"


def exchange(answer: Any, **changes: Any) -> dict[str, Any]:  # noqa: ANN401  # any field
    request = {"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "Sort this."}]}
    return {
        "timestamp": "2026-05-04T08:00:00Z",
        "request": request,
        "response": answer,
    } | changes


def body(number: int = 1, **usage: Any) -> dict[str, Any]:  # noqa: ANN401  # any field
    counts = {"prompt_tokens": 100, "completion_tokens": 10} | usage
    return {"id": f"chatcmpl-{number:010}", "model": "gpt-4o-mini", "choices": [], "usage": counts}


def events(*parts: dict[str, Any]) -> str:
    return "".join(f"data: {json.dumps(part)}\n\n" for part in parts) + "data: [DONE]\n\n"


def test_a_pair_is_read_under_its_many_names(tmp_path: Path) -> None:
    chunk = body(4) | {"usage": None}
    pairs = [
        exchange(body(1)),
        exchange(json.dumps(body(2)), request=json.dumps({"model": "gpt-4o-mini"})),
        exchange(events(chunk | {"id": "chatcmpl-0000000003"}, body(3))),
        exchange([chunk, body(4)]),
        {"time": "2026-05-04T08:00:00Z", "input": "Sort this.", "output": body(5)},
        {"start_time": 1_777_881_600, "req": {}, "res": body(6), "status_code": 200},
    ]
    taken = take(tmp_path, written(tmp_path / "pairs.jsonl", pairs))
    assert sums(taken["calls"]) == (6, 600, 0, 0, 60, Decimal(0))
    assert {row["response_id"] for row in taken["calls"]} == {
        f"chatcmpl-{number:010}" for number in range(1, 7)
    }


def test_what_a_stream_repeats_is_never_added(tmp_path: Path) -> None:
    first = {"input_tokens": 17, "cache_read_input_tokens": 2048, "output_tokens": 1}
    message = {"id": "msg_sample_stream", "model": "claude-sonnet-4-5-20250929", "usage": first}
    stream = events(
        {"type": "message_start", "message": message},
        {"type": "content_block_delta", "delta": {"text": 'data: {"usage": {"output_tokens": 9}}'}},
        {"type": "message_delta", "usage": {"input_tokens": 17, "output_tokens": 108}},
    )
    taken = take(tmp_path, written(tmp_path / "stream.jsonl", [exchange(stream)]))
    assert sums(taken["calls"]) == (1, 17, 2048, 0, 108, Decimal(0))


def test_a_stream_without_usage_is_a_call_whose_tokens_are_unknown(tmp_path: Path) -> None:
    stream = events({"id": "chatcmpl-0000000009", "model": "gpt-4o", "choices": []})
    (call,) = take(tmp_path, written(tmp_path / "s.jsonl", [exchange(stream)]))["calls"]
    assert (call["requests"], call["input_uncached"], call["output"]) == (1, None, None)
    assert call["model_raw"] == "gpt-4o"


def test_a_short_id_tells_no_two_answers_apart(tmp_path: Path) -> None:
    answers = [body() | {"id": 1234}, body() | {"id": 1234}]
    taken = take(tmp_path, written(tmp_path / "short.jsonl", map(exchange, answers)))
    assert taken.totals()["requests"] == 2


def test_the_same_answer_twice_is_one_call(tmp_path: Path) -> None:
    pairs = [exchange(body(1)), exchange(body(1)), exchange(body(2))]
    taken = take(tmp_path, written(tmp_path / "twice.jsonl", pairs))
    assert sums(taken["calls"]) == (2, 200, 0, 0, 20, Decimal(0))


def test_a_batch_without_times_takes_the_date_of_its_file(tmp_path: Path) -> None:
    text = (READERS / "anthropic-batch" / "sample.jsonl").read_text("utf-8")
    taken = take(tmp_path, written(tmp_path / "results_2026-05-04.jsonl", text))
    assert {f"{row['started_at']:%F}" for row in taken["calls"]} == {"2026-05-04"}
    assert taken.totals()["input_uncached"] == 817
    unnamed = take(tmp_path, written(tmp_path / "results.jsonl", text))
    assert {f"{row['started_at']:%F}" for row in unnamed["calls"]} == {"2025-09-29"}
    assert unnamed.reasons()["no time"] == 1


@needs_shared
def test_recorded_bodies_have_their_expected_totals(tmp_path: Path) -> None:
    folder = SHARED / "data" / "request_logs"
    expected = json.loads((folder / "EXPECTED.json").read_text("utf-8"))["raw_bodies"]
    names = [f"{name}.jsonl" for name in ("anthropic", "google_generativeai", "groq", "openai")]
    paths = []
    for name in names:
        lines = (folder / "raw_bodies" / name).read_text("utf-8").splitlines(keepends=True)
        whole = "".join(line for line in lines if json.loads(line)["response"])
        paths.append(written(tmp_path / name, whole))
    taken = take(tmp_path, *paths)
    for name in names:
        fields: dict[str, int] = {k: v for k, v in expected[name]["raw_field_sums"].items() if v}
        cached = fields.get("prompt_tokens_details.cached_tokens", 0)
        prompts = ("prompt_tokens", "input_tokens", "promptTokenCount")
        parts = ("completion_tokens", "output_tokens", "candidatesTokenCount", "thoughtsTokenCount")
        read = cached + fields.get("cache_read_input_tokens", 0)
        made = fields.get("cache_creation_input_tokens", 0)
        fresh = sum(fields.get(key, 0) for key in prompts) - cached
        output = sum(fields.get(key, 0) for key in parts)
        assert sums(of_file(taken, name)[1])[1:5] == (fresh, read, made, output), name
