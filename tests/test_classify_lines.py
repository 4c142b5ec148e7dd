"""`aiaudit classify`: a line in, a line out, in order, whatever the line holds."""

from __future__ import annotations

import gzip
import json
from functools import cache
from typing import TYPE_CHECKING, Any

from aiaudit import classify, pricing
from aiaudit.engine import Engine

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Program

KEYS = ["id", "task", "family", "tier", "confidence", "evidence", "template_id"]


@cache
def tiers() -> pricing.Tiers:
    return pricing.load().tiers


def answers(path: Path) -> list[dict[str, Any]]:
    with Engine() as engine, path.open("rb") as nothing:
        lines = classify.answers(engine, tiers(), pricing.batches(path, nothing))
        return [json.loads(line) for line in lines]


def ask(folder: Path, *lines: object) -> list[dict[str, Any]]:
    path = folder / "requests.jsonl"
    texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text("".join(text + "\n" for text in texts), "utf-8")
    return answers(path)


def test_a_line_in_is_a_line_out_with_the_keys_in_order(tmp_path: Path) -> None:
    rows = ask(tmp_path, *[{"id": n, "prompt": "Write a haiku about rain"} for n in range(30)])
    assert [row["id"] for row in rows] == list(range(30))
    assert list(rows[0]) == KEYS
    assert rows[0]["task"] == "creative"
    assert rows[0]["family"] == "generate"
    assert rows[0]["tier"] == "capable"
    assert 0 < rows[0]["confidence"] <= 1


def test_a_line_that_is_no_object_has_an_answer_too(tmp_path: Path) -> None:
    rows = ask(tmp_path, "{not json", [1], {"id": "a", "prompt": "Summarize this: rain"}, "null")
    nothing = dict.fromkeys(KEYS) | {"evidence": "insufficient"}
    assert rows[:2] == [nothing, nothing]
    assert rows[2]["task"] == "summarisation"
    assert rows[3] == nothing


def test_an_id_comes_back_as_it_was(tmp_path: Path) -> None:
    ids = ["x", 7, 1.5, None, True, {"a": 1}, "é\u2028"]
    assert [row["id"] for row in ask(tmp_path, *[{"id": i, "prompt": "hi"} for i in ids])] == ids


def test_a_prompt_that_is_no_text_says_nothing(tmp_path: Path) -> None:
    rows = ask(tmp_path, {"id": 1, "prompt": ["a"]}, {"id": 2}, {"id": 3, "prompt": None})
    assert [(row["id"], row["evidence"]) for row in rows] == [
        (1, "insufficient"), (2, "insufficient"), (3, "insufficient"),
    ]  # fmt: skip


def test_what_the_call_says_of_itself_counts(tmp_path: Path) -> None:
    schema = {"type": "json_schema", "json_schema": {"name": "intent"}}
    rows = ask(
        tmp_path,
        {"prompt": "my card", "response_format": schema, "output_tokens": 9},
        {"prompt": "my card", "response_format": {"type": "text"}, "output_tokens": 9},
        {"prompt": "my card", "max_output_tokens": 4},
        {"prompt": "my card", "operation": "embeddings"},
        {"prompt": "my card", "max_output_tokens": "many", "tools": "none", "response_format": 3},
    )
    found = [(row["task"], row["evidence"]) for row in rows]
    assert found == [
        ("classification", "metadata"), (None, "insufficient"), ("classification", "metadata"),
        (None, "not_applicable"), (None, "insufficient"),
    ]  # fmt: skip


def test_many_tools_make_a_question_harder(tmp_path: Path) -> None:
    question = {"prompt": "What is the refund policy for flights?"}
    tools = [{"type": "function", "function": {"name": f"t{n}"}} for n in range(5)]
    plain, offered = ask(tmp_path, question, question | {"tools": tools})
    assert (plain["tier"], offered["tier"]) == ("efficient", "capable")


def test_a_system_prompt_holds_the_instruction(tmp_path: Path) -> None:
    row = ask(
        tmp_path,
        {"prompt": "hi, where is my parcel", "system": "Classify the ticket into one of: a, b, c."},
    )[0]
    assert row["task"] == "classification"


def test_packed_marked_and_piped_lines_read_alike(tmp_path: Path) -> None:
    line = json.dumps({"id": 1, "prompt": "Translate to French: good day"}) + "\n"
    plain, packed = tmp_path / "a.jsonl", tmp_path / "b.jsonl.gz"
    plain.write_bytes(b"\xef\xbb\xbf" + line.encode())
    packed.write_bytes(gzip.compress(line.encode()))
    assert answers(plain) == answers(packed)
    assert answers(plain)[0]["task"] == "rewrite"


def test_the_command_writes_a_file_that_is_whole(tmp_path: Path, program: Program) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps({"id": 1, "prompt": "Plan a trip to Rome"}) + "\n", "utf-8")
    shown = program("classify", "in.jsonl", cwd=tmp_path)
    saved = program("classify", "in.jsonl", "-o", "out.jsonl", cwd=tmp_path)
    assert (shown.returncode, saved.returncode, saved.stdout) == (0, 0, "")
    assert (tmp_path / "out.jsonl").read_text("utf-8") == shown.stdout
    assert json.loads(shown.stdout)["task"] == "planning"


def test_a_file_that_is_not_there_cannot_be_read(tmp_path: Path, program: Program) -> None:
    ended = program("classify", "nowhere.jsonl", cwd=tmp_path)
    assert ended.returncode == 3
    assert "nowhere.jsonl" in ended.stderr
