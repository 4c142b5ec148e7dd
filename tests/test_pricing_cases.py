"""Published cases priced to the last digit, and single requests of every kind."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from aiaudit import pricing
from aiaudit.engine import Engine

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HERE = Path(__file__).parent / "pricing"
CASES = [json.loads(line) for line in (HERE / "cases.jsonl").read_text("utf-8").splitlines()]
REQUESTS = json.loads((HERE / "requests.json").read_text("utf-8"))


def quoted(engine: Engine, text: str) -> list[dict[str, Any]]:
    data = text.encode()
    return [json.loads(q) for q in pricing.quotes(engine, pricing.batches(None, io.BytesIO(data)))]


@pytest.fixture(scope="module")
def published() -> dict[str, dict[str, Any]]:
    with Engine() as engine:
        pricing.install(engine, pricing.load(base=HERE / "published"))
        data = io.BytesIO()
        answers = pricing.quotes(engine, pricing.batches(HERE / "cases.jsonl", data))
        return {case["id"]: json.loads(a) for case, a in zip(CASES, answers, strict=True)}


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with Engine() as engine:
        pricing.install(engine, pricing.load(base=HERE / "catalogue"))
        yield engine


def request(changes: dict[str, Any], without: Sequence[str] = ()) -> str:
    """Return a request line: gpt-4o with 1,000 tokens in, unless told else."""
    usual: dict[str, Any] = {
        "id": "x",
        "provider": "openai",
        "model": "gpt-4o",
        "timestamp": "2025-09-01T00:00:00Z",
        "usage": {"prompt_tokens": 1000, "completion_tokens": 0},
    }
    return json.dumps({k: v for k, v in (usual | changes).items() if k not in without})


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["id"]))
def test_a_published_case_is_exact(
    published: dict[str, dict[str, Any]], case: dict[str, Any]
) -> None:
    answer = published[case["id"]]
    assert (answer["status"], answer["list_cost"]) == ("priced", case["expect"])


def test_turns_add_up_to_the_published_total(published: dict[str, dict[str, Any]]) -> None:
    turns = [a["list_cost"] for name, a in published.items() if name.startswith("T12")]
    assert sum(map(Decimal, turns)) == Decimal("0.88739685")


def test_a_call_inside_a_call_is_priced_by_its_own_model(engine: Engine) -> None:
    passes: list[dict[str, Any]] = [
        {"input_tokens": 1000, "output_tokens": 10},
        {"input_tokens": 2000, "output_tokens": 20, "model": "claude-opus-4-8"},
    ]
    strange = [passes[0], passes[1] | {"model": "claude-nobody"}]
    claude = {"provider": "anthropic", "model": "claude-sonnet-4-5"}
    claude["timestamp"] = "2026-09-01T00:00:00Z"
    asked = [
        request({**claude, "usage": {"input_tokens": 7, "iterations": parts}})
        for parts in (passes, strange)
    ]
    known, unknown = quoted(engine, "\n".join(asked))
    # 1,000 x 3 + 10 x 15, and 2,000 x 5 + 20 x 25, per million
    assert known["list_cost"] == "0.013650000000"
    assert known["notes"] == ["includes calls of anthropic/claude-opus-4-8"]
    assert (unknown["status"], unknown["list_cost"]) == ("unpriced", None)
    assert unknown["reason"] == "a call inside it: unknown model"


@pytest.fixture(scope="module")
def answers(engine: Engine) -> list[dict[str, Any]]:
    """Price every request of the file in one go."""
    lines = (request(case["change"], case.get("without", ())) for case in REQUESTS)
    return quoted(engine, "\n".join(lines))


@pytest.mark.parametrize("number", range(len(REQUESTS)), ids=lambda n: str(REQUESTS[n]["change"]))
def test_a_request_has_its_answer(answers: list[dict[str, Any]], number: int) -> None:
    case, answer = REQUESTS[number], answers[number]
    assert answer["status"] == case["status"]
    if case["status"] == "priced":
        assert (answer["list_cost"], answer["reason"]) == (case["answer"], None)
        assert answer["sku_price_id"].startswith(answer["offering"])
    else:
        found = (answer["list_cost"], answer["sku_price_id"], answer["reason"])
        assert found == (None, None, case["answer"])


def test_defaults_and_assumptions_are_told(engine: Engine) -> None:
    claude = {"provider": "anthropic", "model": "claude-sonnet-4-5", "timestamp": "2026-01-01"}
    written = {"input_tokens": 0, "output_tokens": 0, "cache_creation_input_tokens": 1000}
    long = {"prompt_tokens": 300_000, "completion_tokens": 0}
    asked = [
        request({**claude, "usage": written}),
        request({"model": "gpt-tiered", "requests": 2, "usage": long}),
        request({"model": "gpt-9"}),
        request({"service_tier": "batch", "usage": {**written, "service_tier": "standard"}}),
    ]
    unsplit, several, unknown, contrary = quoted(engine, "\n".join(asked))
    assert unsplit["list_cost"] == "0.003750000000"
    assert unsplit["notes"] == [
        "the timestamp has no zone: taken as UTC",
        "cache writes without a lifetime were priced at five minutes",
        "no published rate for cache_write_5m: derived from input",
    ]
    assert several["list_cost"] == "0.600000000000"
    assert several["notes"] == [
        "stands for several requests: priced at the base rate, a lower bound"
    ]
    assert unknown["notes"] == ["did you mean openai/gpt-4o?"]
    assert contrary["sku_price_id"].endswith("/batch")
    assert contrary["notes"][0].startswith("the usage object names another service tier")
