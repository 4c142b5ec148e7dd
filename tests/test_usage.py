"""What providers report becomes disjoint counters, or a reason why it cannot."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from taken import SHARED, needs_shared

from aiaudit import usage
from aiaudit.engine import Engine

if TYPE_CHECKING:
    from collections.abc import Iterator

OBJECTS = SHARED / "data/provider_exports/usage_objects/provider_usage_objects.jsonl"
HERE = Path(__file__).parent / "pricing"
# One object whose compaction pass stands in `iterations` only; the independent normalisation
# reads the top level, which leaves 55,096 written tokens out.
REVIEWED = {"compaction": 1}


@pytest.fixture
def engine() -> Iterator[Engine]:
    with Engine() as engine:
        yield engine


def counted(engine: Engine, objects: list[Any], stated: str | None = None) -> list[dict[str, Any]]:
    """Return the counters of usage objects, in their order."""
    rows = pa.table({"n": list(range(len(objects))), "text": [json.dumps(o) for o in objects]})
    word = "NULL" if stated is None else f"'{stated}'"
    with engine.offered("given", rows):
        engine.create("given_usage", "SELECT n, CAST(text AS JSON) AS usage FROM given")
    engine.create(
        "with_convention",
        f"SELECT *, {usage.convention_sql('usage', word)} AS convention FROM given_usage",
    )
    measures = usage.measures_sql("usage", "convention")
    columns = ", ".join(f"{sql} AS {name}" for name, sql in measures.items())
    engine.create("measured", f"SELECT n, convention, {columns} FROM with_convention")
    engine.create("counted", usage.counters_sql("measured"))
    return engine.rows("FROM counted ORDER BY n")


def raw(engine: Engine, **measures: str) -> dict[str, Any]:
    """Return the counters of one row of RAW measures."""
    columns = ", ".join(
        f"CAST({'NULL' if (v := measures.get(name)) is None else repr(v)} AS VARCHAR) AS {name}"
        for name in usage.RAW_MEASURES
    )
    engine.create("measured", f"SELECT 'kept' AS other, {columns}")
    return engine.rows(usage.counters_sql("measured"))[0]


CASES: dict[str, dict[str, Any]] = {
    case["case"]: case for case in json.loads((HERE / "usage_objects.json").read_text("utf-8"))
}


@pytest.fixture(scope="module")
def answers() -> dict[str, dict[str, Any]]:
    with Engine() as engine:
        return dict(
            zip(CASES, counted(engine, [case["usage"] for case in CASES.values()]), strict=True)
        )


@pytest.mark.parametrize("name", CASES)
def test_a_usage_object_becomes_disjoint_counters(
    answers: dict[str, dict[str, Any]], name: str
) -> None:
    row, expected = answers[name], CASES[name]["counters"]
    assert {key: row[key] for key in expected} == expected
    assert (row["invalid"], row["bad_counter"], row["no_counters"]) == (None, None, False)


def test_a_foreign_name_among_our_counters_is_not_dropped_in_silence(engine: Engine) -> None:
    row = counted(engine, [{"input_uncached": 100, "completion": 50}])[0]
    assert row["convention"] is None
    assert row["no_counters"]


def test_a_stated_convention_settles_a_doubt(engine: Engine) -> None:
    doubtful = {"input_tokens": 100, "output_tokens": 5, "cache_read_input_tokens": 80}
    assert counted(engine, [doubtful])[0]["input_uncached"] == 100
    assert counted(engine, [doubtful], "anthropic")[0]["input_uncached"] == 100
    assert counted(engine, [doubtful], "openai")[0]["input_uncached"] == 20
    chat = {"prompt_tokens": 100, "completion_tokens": 5, "cache_read_input_tokens": 80}
    assert counted(engine, [chat])[0]["input_uncached"] == 20
    assert counted(engine, [chat], "anthropic")[0]["input_uncached"] == 100
    ours = {"input_uncached": 3, "output": 1}
    assert counted(engine, [ours], "openai")[0]["convention"] == "counters"


@pytest.mark.parametrize("bad", [-1, 1.5, "many", True, [1], 10**16])
def test_a_bad_part_of_a_sum_makes_the_sum_bad(engine: Engine, bad: object) -> None:
    gemini = {"promptTokenCount": 5, "toolUsePromptTokenCount": bad}
    claude = {"iterations": [{"input_tokens": 5}, {"input_tokens": bad}]}
    rows = counted(engine, [gemini, claude])
    assert [row["bad_counter"] for row in rows] == ["input", "input_uncached"]


@pytest.mark.parametrize("whole", ["59200", "59200.0", "0"])
def test_whole_numbers_are_whole_however_they_are_written(engine: Engine, whole: str) -> None:
    row = raw(engine, input=whole)
    assert row["input_uncached"] == int(float(whole))
    assert row["other"] == "kept"


@pytest.mark.parametrize("bad", ["-1", "1.5", "x", "1e5", " 5", "1,000", "9" * 16, "NaN"])
def test_what_is_no_whole_number_is_named(engine: Engine, bad: str) -> None:
    row = raw(engine, input="5", output=bad)
    assert row["bad_counter"] == "output"
    assert row["output"] is None


@pytest.mark.parametrize(
    ("measures", "reason"),
    [
        ({"input": "5", "cache_read": "6"}, "cached above input"),
        ({"input": "5", "cache_read": "3", "cache_write": "3"}, "cached above input"),
        ({"input": "5", "input_uncached": "4", "cache_read": "2"}, "parts above input"),
        ({"cache_write": "5", "cache_write_1h": "6"}, "cache writes above their total"),
        ({"output": "5", "reasoning": "6"}, "reasoning above output"),
        ({"input": "5", "audio_input": "6"}, "audio above input"),
        ({"output": "5", "audio_output": "6"}, "audio above output"),
    ],
)
def test_contradictions_are_invalid_and_never_negative(
    engine: Engine, measures: dict[str, str], reason: str
) -> None:
    row = raw(engine, **measures)
    assert row["invalid"] == reason
    assert all(row[c] is None or row[c] >= 0 for c in ("input_uncached", "cache_write_5m"))


def test_unknown_is_null_and_never_zero(engine: Engine) -> None:
    row = raw(engine, input="5")
    assert {name for name, value in row.items() if value == 0} == {"no_counters"}
    assert raw(engine)["no_counters"]
    assert raw(engine, input="", output="")["no_counters"]
    assert not raw(engine, requests="3")["no_counters"]


def test_words_for_the_rate_class_meet_in_one_place(engine: Engine) -> None:
    words = {
        "default": "standard",
        "ON_DEMAND_PRIORITY": "priority",
        "flex_discount": "flex",
        "PROVISIONED_THROUGHPUT": "provisioned",
        "batch": "batch",
        "warp": "warp",
        "": None,
    }
    for word, expected in words.items():
        sql = f"SELECT {usage.rate_class_sql('$word')}"
        assert engine.value(sql, {"word": word}) == expected


@needs_shared
def test_real_usage_objects_agree_with_an_independent_normalisation(engine: Engine) -> None:
    records = [json.loads(line) for line in OBJECTS.read_text("utf-8").splitlines()]
    bodies = [record["body"] for record in records]
    objects = [b.get("usage") or b.get("usageMetadata") or b["meta"] for b in bodies]
    differ = []
    for record, given, row in zip(records, objects, counted(engine, objects), strict=True):
        names = ("input_uncached", "cache_read", "cache_write_5m", "cache_write_1h")
        ours = {"input_tokens": sum(row[name] or 0 for name in names)}
        ours |= {
            "output_tokens": row["output"] or 0,
            "cache_read_tokens": row["cache_read"] or 0,
            "cache_write_tokens": row["cache_write_5m"] or 0,
            "output_reasoning_tokens": row["reasoning"] or 0,
            "web_searches": row["web_searches"] or 0,
        }
        theirs = {k: v for k, v in record["genai_prices_normalised"].items() if k in ours}
        assert (row["invalid"], row["bad_counter"]) == (None, None)
        if {key: ours[key] for key in theirs} != theirs:
            differ.append(next(i["type"] for i in given["iterations"] if i["type"] != "message"))
    assert len(records) == 219
    assert {kind: differ.count(kind) for kind in differ} == REVIEWED
