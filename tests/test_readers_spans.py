"""A call counts once under its wrappers, and whatever else stands in a trace stops nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pytest
from spans import document, span, tokens, totals
from taken import Taken, take, written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

STEP: Final = {"step": True, "openinference__span__kind": "CHAIN"}
FAILED: Final = {"status": {"code": 2}}
# What stands in a trace, and the input of the calls that remain of it; 0 where it is unknown.
TREES: Final[dict[str, tuple[list[dict[str, Any]], list[int]]]] = {
    "a wrapper over its calls is not counted": (
        [span(1, usage=30), span(2, 1, usage=10), span(3, 1, usage=20)],
        [10, 20],
    ),
    "a wrapper may come later and stand far above": (
        [span(3, 2, usage=10), span(2, 1, **STEP), span(1, usage=10)],
        [10],
    ),
    "of a call and its inner spans without usage, the call counts": (
        [span(1, usage=30), span(2, 1), span(3, 2)],
        [30],
    ),
    "without any usage the innermost calls count": ([span(1), span(2, 1), span(3, 1)], [0, 0]),
    "a failed attempt beside a call stays": (
        [span(1, usage=20), span(2, 1) | FAILED, span(3, 1, usage=20)],
        [0, 20],
    ),
    "spans in a circle are all counted": (
        [span(1, 2, usage=1), span(2, 1, usage=2), span(3, 3, usage=3)],
        [1, 2, 3],
    ),
    "a span below one that is not here is counted": ([span(4, 99, usage=4)], [4]),
    "an agent is no call although it states tokens": (
        [span(1, usage=99, gen_ai__operation__name="invoke_agent")],
        [],
    ),
}


@pytest.fixture(scope="module")
def forest(tmp_path_factory: pytest.TempPathFactory) -> Taken:
    """Return all trees of one file, each in a trace of its own and each span in a line."""
    folder = tmp_path_factory.mktemp("forest")
    lines = [
        document(one | {"traceId": name}) for name, (spans, _) in TREES.items() for one in spans
    ]
    return take(folder, written(folder / "spans.jsonl", lines))


@pytest.mark.parametrize("name", sorted(TREES))
def test_of_the_spans_of_a_trace(name: str, forest: Taken) -> None:
    calls = [row["input_uncached"] or 0 for row in forest["calls"] if row["trace_id"] == name]
    assert sorted(calls) == TREES[name][1]


def test_why_a_span_was_left_out_is_said(forest: Taken) -> None:
    assert forest.reasons() == {
        "wrapper over its own calls": 4,
        "part of the call above it": 2,
        "agent or chain span": 2,
    }


def test_rows_keep_their_numbers_where_wrappers_are_looked_for(tmp_path: Path) -> None:
    spans = [span(n, n - 1 if n % 2 == 0 else 0, usage=n) for n in range(1, 3001)]
    taken = take(tmp_path, written(tmp_path / "a.jsonl", [document(*spans)]))
    assert taken.reasons() == {"wrapper over its own calls": 1500}
    assert all(row["row"] == row["input_uncached"] for row in taken["calls"])


def test_more_from_the_cache_than_went_in_stands_beside(tmp_path: Path) -> None:
    found: dict[str, Any] = {
        "gen_ai__system": "anthropic",
        "gen_ai__usage__cache_read_input_tokens": 3000,
        "gen_ai__usage__cache_creation_input_tokens": 500,
    }
    taken = take(
        tmp_path, written(tmp_path / "a.json", json.dumps(document(span(1, usage=4, **found))))
    )
    (call,) = taken["calls"]
    assert (call["input_uncached"], call["cache_read"], call["cache_write_5m"]) == (4, 3000, 500)
    assert call["invalid"] is None


def test_a_bad_counter_is_refused_and_the_other_spans_are_read(tmp_path: Path) -> None:
    bad = [span(n, gen_ai__usage__input_tokens=value) for n, value in ((1, "-5"), (2, "1.5"))]
    taken = take(tmp_path, written(tmp_path / "a.jsonl", [document(*bad, span(3, usage=7))]))
    assert taken.reasons() == {"bad counter": 2}
    assert tokens(taken) == 8


HOSTILE: Final[list[Any]] = [
    None, True, 5, "", "{", "[]", [], {}, [[]], [{}], {"a": {"b": []}}, [None, 3, "x"],
]  # fmt: skip
SAMPLES: Final[dict[str, Callable[[Any], dict[str, Any]]]] = {
    "otlp": lambda part: {"resourceSpans": [{"scopeSpans": [{"spans": [part, span(2, usage=7)]}]}]},
    "otlp whole": lambda part: {
        "resourceSpans": [part, *document(span(2, usage=7))["resourceSpans"]]
    },
    "attributes": lambda part: document(span(1) | {"attributes": part}, span(2, usage=7)),
    "messages": lambda part: document(
        span(2, usage=7, gen_ai__input__messages=json.dumps(part), gen_ai__prompt=json.dumps(part))
    ),
    "events": lambda part: document(span(2, usage=7) | {"events": part, "status": part}),
}


@pytest.mark.parametrize("place", sorted(SAMPLES))
def test_whatever_stands_in_a_span_the_others_are_counted(place: str, tmp_path: Path) -> None:
    lines = [SAMPLES[place](part) for part in HOSTILE]
    taken = take(tmp_path, written(tmp_path / "a.jsonl", lines))
    # Every line has the same call: one is kept, and each of the others is its copy.
    assert (totals(taken)["input_uncached"], totals(taken)["output"]) == (7, 1)
    assert taken.source["rows_read"] >= len(HOSTILE)


def test_a_span_nested_without_end_is_read_to_some_depth(tmp_path: Path) -> None:
    deep: Any = "x"
    for _ in range(200):
        deep = {"kvlistValue": {"values": [{"key": "k", "value": deep}]}}
    odd = span(1, usage=5)
    odd["attributes"].append({"key": "deep", "value": deep})
    assert tokens(take(tmp_path, written(tmp_path / "a.jsonl", [document(odd)]))) == 6


# A usage map of Langfuse, and the uncached input, the cached input and the output that it means.
USAGES: Final[list[tuple[dict[str, int], tuple[int | None, ...]]]] = [
    # What stands beside, by the names of its keys; what lies inside, by their dots.
    ({"input": 10, "output": 5, "input_cached_tokens": 4, "total": 19}, (10, 4, 5)),
    ({"input": 10, "output": 5, "prompt_details.cache_read": 4, "total": 15}, (6, 4, 5)),
    # A total that says otherwise decides.
    ({"input": 10, "output": 5, "cache_read_input_tokens": 4, "total": 15}, (6, 4, 5)),
    ({"input": 10, "output": 5, "output_reasoning_tokens": 3, "total": 18}, (10, None, 8)),
    ({"input": 10, "output": 5, "output_reasoning_tokens": 3, "total": 15}, (10, None, 5)),
    ({"input": 10, "output": 5, "input_cache_read": 4, "output_reasoning": 2, "total": 17},
     (6, 4, 7)),
    # More in the cache than in all that went in: beside, whatever it is called.
    ({"input": 3, "output": 5, "prompt_details.cache_read": 900}, (3, 900, 5)),
    # Audio and predictions have keys of their own; what is named otherwise is no token.
    ({"input": 10, "input_audio_tokens": 2, "output": 5, "output_audio_tokens": 1,
      "output_rejected_prediction_tokens": 7, "total": 25}, (12, None, 13)),
    ({"input": 10, "output": 5, "search_units": 3, "total": 18}, (10, None, 5)),
    # What only the total holds was generated.
    ({"input": 5, "output": 845, "total": 2023}, (5, None, 2018)),
    ({"promptTokens": 7, "completionTokens": 2, "totalTokens": 9}, (7, None, 2)),
]  # fmt: skip


@pytest.fixture(scope="module")
def usages(tmp_path_factory: pytest.TempPathFactory) -> Taken:
    """Return an observation for each usage map."""
    folder = tmp_path_factory.mktemp("usages")
    observations = [
        {
            "id": str(number),
            "traceId": f"t{number}",
            "parentObservationId": None,
            "type": "GENERATION",
            "startTime": "2025-11-03T09:00:00Z",
            "model": "gpt-4o",
            "usageDetails": usage,
        }
        for number, (usage, _) in enumerate(USAGES)
    ]
    return take(folder, written(folder / "observations.jsonl", observations))


@pytest.mark.parametrize("number", range(len(USAGES)))
def test_a_usage_map_of_langfuse_becomes_disjoint_counters(number: int, usages: Taken) -> None:
    (call,) = (row for row in usages["calls"] if row["natural_id"] == str(number))
    names = ("input_uncached", "cache_read", "output")
    assert tuple(call[name] for name in names) == USAGES[number][1]
    assert call["invalid"] is None
