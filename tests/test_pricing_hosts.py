"""What the hosts of other makers' models bill: exact prices, their spellings, and refusals."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from aiaudit import pricing
from aiaudit.engine import Engine
from aiaudit.pricing.identity import Names
from aiaudit.pricing.providers import HOSTS, billing_provider

if TYPE_CHECKING:
    from collections.abc import Iterator

LLAMA = "meta-llama/Llama-3.3-70B-Instruct-Turbo"
OSS = "accounts/fireworks/models/gpt-oss-120b"
# Dollars by hand: tokens times the price of a million, over a million.
CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "pricing" / "hosts.jsonl").read_text("utf-8").splitlines()
]
REFUSED = [
    ("openrouter", "openai/gpt-5:nitro"),
    ("openrouter", "openai/gpt-5:floor"),
    ("openrouter", "openai/gpt-5:online"),
    ("openrouter", "openai/gpt-5:thinking"),
    ("openrouter", "openai/gpt-5:free"),
    ("openrouter", "deepseek/deepseek-chat-v3.1:exacto"),
    ("openrouter", "anthropic/claude-sonnet-99"),
    ("openrouter", "openrouter/auto"),
    ("openrouter", "~anthropic/claude-sonnet-latest"),
    ("openrouter", "perplexity/sonar-deep-research"),
    ("openrouter", "gpt-4o"),
    ("together", f"{LLAMA}-Reference"),
    ("together", "acme/Llama-3.3-70B-Instruct-tuned-1a2b"),
    ("together", "openai/gpt-4o"),
    ("fireworks", "accounts/fireworks/models/gpt-oss-120b#accounts/acme/deployments/a1"),
    ("fireworks", "accounts/acme/models/gpt-oss-120b"),
    ("fireworks", "gpt-oss"),
]
WORDS = {
    "openrouter": "openrouter OpenRouter OPENROUTER open-router openrouter.ai openrouter.chat",
    "together": "together together_ai TogetherAI together-ai together.ai togethercomputer",
    "fireworks": "fireworks fireworks_ai fireworks-ai FireworksAI fireworks.ai",
}


@pytest.fixture(scope="module")
def catalogue() -> pricing.Catalogue:
    return pricing.load()


@pytest.fixture(scope="module")
def engine(catalogue: pricing.Catalogue) -> Iterator[Engine]:
    with Engine() as engine:
        pricing.install(engine, catalogue)
        yield engine


@pytest.fixture(scope="module")
def names(engine: Engine) -> Names:
    return Names(engine.rows("FROM offerings"), engine.rows("FROM aliases"))


def request(case: dict[str, Any]) -> dict[str, Any]:
    usage = {
        "prompt_tokens": case["input"],
        "completion_tokens": case["output"],
        "prompt_tokens_details": {"cached_tokens": case["cached"]},
    }
    day = f"{case['day']}T00:00:00Z"
    return {k: case[k] for k in ("provider", "model")} | {"timestamp": day, "usage": usage}


def quoted(engine: Engine, *asked: dict[str, Any]) -> list[dict[str, Any]]:
    lines = "".join(f"{json.dumps({'id': 'x'} | line)}\n" for line in asked)
    found = pricing.quotes(engine, pricing.batches(None, io.BytesIO(lines.encode())))
    return [json.loads(answer) for answer in found]


@pytest.fixture(scope="module")
def answers(engine: Engine) -> list[dict[str, Any]]:
    """Price every case in one go."""
    return quoted(engine, *(request(case) for case in CASES))


@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda n: str(CASES[n]["model"]))
def test_a_host_bills_to_the_last_digit(answers: list[dict[str, Any]], number: int) -> None:
    answer, case = answers[number], CASES[number]
    assert (answer["status"], answer["list_cost"]) == ("priced", case["cost"])
    assert answer["offering"].startswith(f"{billing_provider(case['provider'])}/")


@pytest.mark.parametrize(("provider", "raw"), REFUSED)
def test_a_name_whose_price_nobody_knows_has_none(names: Names, provider: str, raw: str) -> None:
    (reading,) = names.read(provider, raw)
    assert (reading.offering, reading.rule) == (None, "unknown model")


def test_priority_has_its_price_where_one_is_listed_and_batch_has_none(engine: Engine) -> None:
    case = {"provider": "fireworks", "model": OSS, "day": "2026-11-01"}
    asked = request({**case, "input": 1000, "cached": 600, "output": 100})
    urgent, later = quoted(
        engine, {**asked, "service_tier": "priority"}, {**asked, "service_tier": "batch"}
    )
    # 400 x 0.18 + 600 x 0.018 + 100 x 0.72
    assert urgent["list_cost"] == "0.000154800000"
    assert (later["status"], later["reason"]) == ("unpriced", "no published batch rate")


@pytest.mark.parametrize("host", WORDS)
def test_a_host_is_known_by_every_spelling_and_never_assumed(host: str) -> None:
    assert {billing_provider(word) for word in WORDS[host].split()} == {host}
    assert host in HOSTS


@pytest.mark.parametrize(
    ("raw", "offering", "rule"),
    [
        ("openrouter/openai/gpt-4o-mini", "openrouter/openai/gpt-4o-mini", "exact"),
        ("openai/gpt-4o-mini", "openai/gpt-4o-mini", "exact"),
        ("fireworks_ai/accounts/fireworks/models/kimi-k3", "fireworks/kimi-k3", "exact"),
        ("together_ai/moonshotai/Kimi-K3", "together/moonshotai/Kimi-K3", "exact"),
        ("moonshotai/kimi-k3", None, "ambiguous provider"),
    ],
)
def test_the_prefix_says_who_bills_when_nothing_else_does(
    names: Names, raw: str, offering: str | None, rule: str
) -> None:
    (reading,) = names.read(None, raw)
    assert (reading.offering, reading.rule) == (offering, rule)


def test_the_word_for_a_model_is_the_same_at_every_host(names: Names) -> None:
    same = {
        "llama-3.3-70b": [
            ("openrouter", "meta-llama/llama-3.3-70b-instruct"),
            ("together", LLAMA),
            ("fireworks", "llama-v3p3-70b-instruct"),
            ("groq", "llama-3.3-70b-versatile"),
        ],
        "claude-sonnet-4-5": [
            ("openrouter", "anthropic/claude-sonnet-4.5"),
            ("anthropic", "claude-sonnet-4-5"),
        ],
        "gpt-oss-120b": [
            ("openrouter", "openai/gpt-oss-120b"),
            ("together", "openai/gpt-oss-120b"),
            ("fireworks", OSS),
            ("groq", "openai/gpt-oss-120b"),
        ],
    }
    for model, sold in same.items():
        keys = [names.read(*pair)[0].offering for pair in sold]
        assert [names.offerings[key or ""]["model"] for key in keys] == [model] * len(sold)


def test_only_a_name_that_says_so_is_free(catalogue: pricing.Catalogue) -> None:
    sold = [o for o in catalogue.offerings.values() if o.provider in WORDS]
    assert len(sold) > 600
    assert {o.id for o in sold if o.free} == {
        o.id for o in sold if o.id.endswith((":free", "-Free"))
    }


def test_every_model_of_a_host_has_a_tier(catalogue: pricing.Catalogue) -> None:
    untiered = [f.text for f in pricing.lint(catalogue) if "has no tier" in f.text]
    assert [text for text in untiered if text.split("/")[0] in WORDS] == []
