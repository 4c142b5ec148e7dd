"""`aiaudit price` answers every line in its order, and reads what people really have."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest

from aiaudit import pricing
from aiaudit.cli import price as command
from aiaudit.engine import Engine
from aiaudit.errors import UnreadableError, UsageError
from aiaudit.pricing import lines

HERE = Path(__file__).parent / "pricing"
WHEN = "2025-09-01T00:00:00Z"


def test_every_line_is_answered_in_its_order() -> None:
    good = '{"id": "%s", "provider": "openai", "model": "gpt-4o", "timestamp": "2025-09-01", '
    good += '"usage": {"prompt_tokens": 1}}'
    sent = [
        good % "first",
        "{broken",
        "[1]",
        "null",
        '{"id": {"deep": [1]}}',
        "[" * 5000,
        '{"id": "\\ud800"}',
        "\\xff",
        good % "second" + good % "same line",
        good % "<b>\\u0000|=1+1</b>",
        '{"id": 12345678901234567890}',
    ]
    data = b"\xef\xbb\xbf" + "\r\n \n".join(sent).encode().replace(b"\\xff", b"\xff\xfe") + b"\n\n"
    with Engine() as engine:
        pricing.install(engine, pricing.load(base=HERE / "catalogue"))
        quotes = pricing.quotes(engine, pricing.batches(None, io.BytesIO(data)))
        answers = [json.loads(quote) for quote in quotes]
    assert [answer["status"] for answer in answers] == [
        "priced",
        *["invalid"] * 8,
        "priced",
        "invalid",
    ]
    assert answers[4]["id"] == {"deep": [1]}
    assert answers[10]["id"] == 12345678901234567890
    assert {answers[n]["reason"] for n in (1, 2, 3, 5, 6, 7, 8)} == {"not a JSON object"}
    keys = "id status list_cost offering sku_price_id counters reason notes"
    assert all(" ".join(answer) == keys for answer in answers)


def test_the_command_reads_gzip_and_writes_beside(tmp_path: Path) -> None:
    request = {"id": 1, "provider": "openai", "model": "gpt-nobody", "timestamp": WHEN}
    line = json.dumps(request | {"usage": {"prompt_tokens": 5}}) + "\n"
    source = tmp_path / "requests.jsonl.gz"
    source.write_bytes(gzip.compress(line.encode()) + gzip.compress(line.encode()))
    target = tmp_path / "answers.jsonl"
    command.price(file=source, output=target)
    answers = [json.loads(text) for text in target.read_text("utf-8").splitlines()]
    assert [answer["status"] for answer in answers] == ["unpriced", "unpriced"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["answers.jsonl", "requests.jsonl.gz"]


@pytest.mark.parametrize(
    "content", [gzip.compress(b"{}\n" * 999)[:-9], "{}".encode("utf-16"), None]
)
def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path, content: bytes | None) -> None:
    source = tmp_path / "in.jsonl"
    if content is not None:
        source.write_bytes(content)
    with pytest.raises(UnreadableError):
        list(lines.batches(source, io.BytesIO()))


def test_a_broken_input_leaves_no_half_answer(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"in\.jsonl cannot be read"):
        command.price(file=tmp_path / "in.jsonl", output=tmp_path / "out.jsonl")
    assert not list(tmp_path.iterdir())


def test_a_target_that_cannot_be_written_is_wrong_usage(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text("{}\n")
    with pytest.raises(UsageError, match="cannot be written"):
        command.price(file=source, output=tmp_path / "nowhere" / "out.jsonl")


def test_a_line_without_end_is_answered_and_what_follows_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lines, "_CHUNK", 16)
    monkeypatch.setattr(lines, "_LONGEST", 32)
    data = io.BytesIO(b"{}\n" + b'{"a": "' + b"x" * 200 + b'"}\n' + b"\n[]\n\n{} ")
    found = [(r["row"], r["line"]) for t in lines.batches(None, data) for r in t.to_pylist()]
    assert found == [(0, "{}"), (1, "{"), (3, "[]"), (5, "{} ")]
