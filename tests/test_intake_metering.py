"""Logs beside a usage export: the logs say what it was for, the export how much it was."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from taken import COUNTERS, bucket, call, identify, take, written

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from taken import Taken

    from aiaudit.engine import Engine


def both(tmp_path: Path, calls: list[dict[str, Any]], buckets: list[dict[str, Any]]) -> Taken:
    log = written(tmp_path / "log.jsonl", calls)
    return take(tmp_path, log, written(tmp_path / "usage.jsonl", buckets))


def origins(taken: Taken) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in taken["calls"]:
        found[row["origin"]] = found.get(row["origin"], 0) + (row["requests"] or 0)
    return found


def test_the_excess_of_the_export_enters_as_one_row(tmp_path: Path) -> None:
    # Logged: 100 + 200 in, 10 + 20 out. Exported: 1000 in, 100 out, 5 requests.
    taken = both(tmp_path, [call(1), call(2)], [bucket(3)])
    assert origins(taken) == {"call": 2, "export_only": 3}
    (excess,) = [row for row in taken["calls"] if row["origin"] == "export_only"]
    assert (excess["input_uncached"], excess["output"], excess["requests"]) == (700, 70, 3)
    assert (excess["offering"], excess["rate_class"]) == ("openai/gpt-4o-2024-08-06", "standard")
    totals = taken.totals()
    assert (totals["input_uncached"], totals["output"], totals["requests"]) == (1000, 100, 5)


def test_the_excess_of_the_logs_is_shown_and_never_netted(tmp_path: Path) -> None:
    # 900 of 1000 input tokens are logged, but 150 output tokens against 100.
    taken = both(tmp_path, [call(9, completion_tokens=150)], [bucket(3)])
    (row,) = taken["metering"]
    assert (row["export_only_input_uncached"], row["logged_not_metered_input_uncached"]) == (100, 0)
    assert (row["export_only_output"], row["logged_not_metered_output"]) == (0, 50)
    totals = taken.totals()
    assert (totals["input_uncached"], totals["output"]) == (1000, 150)


def test_an_export_that_equals_the_logs_adds_nothing(tmp_path: Path) -> None:
    exact = bucket(3, input_tokens=300, output_tokens=30, num_model_requests=2)
    taken = both(tmp_path, [call(1), call(2)], [exact])
    assert origins(taken) == {"call": 2}
    assert {row[f"export_only_{name}"] for row in taken["metering"] for name in COUNTERS} <= {
        0,
        None,
    }


def test_other_days_models_and_rate_classes_stay_as_they_are(tmp_path: Path) -> None:
    buckets = [bucket(3), bucket(4), bucket(3, batch=True), bucket(3, model="gpt-5-mini")]
    taken = both(tmp_path, [call(1)], buckets)
    assert origins(taken) == {"call": 1, "bucket": 15, "export_only": 4}


def test_an_export_without_a_rate_class_covers_them_all(tmp_path: Path) -> None:
    flex = call(2, metadata={"usage_object": {"service_tier": "flex"}})
    plain = bucket(3, batch=None, service_tier=None)
    taken = both(tmp_path, [call(1), flex], [plain])
    assert origins(taken) == {"call": 2, "export_only": 3}


def test_what_the_gateway_answered_itself_is_not_metered(tmp_path: Path) -> None:
    hit = call(2, cache_hit="True")
    taken = both(tmp_path, [call(1), hit], [bucket(3, input_tokens=100, output_tokens=10)])
    (row,) = taken["metering"]
    assert (row["logged_requests"], row["logged_not_metered_input_uncached"]) == (1, 0)


def test_a_logged_model_that_a_covered_day_does_not_meter_is_shown(tmp_path: Path) -> None:
    taken = both(tmp_path, [call(1, model="gpt-5-mini")], [bucket(3)])
    rows = {row["offering"]: row for row in taken["metering"]}
    assert rows["openai/gpt-5-mini"]["logged_not_metered_input_uncached"] == 100
    assert rows["openai/gpt-4o-2024-08-06"]["export_only_input_uncached"] == 1000
    assert origins(taken) == {"call": 1, "bucket": 5}


def identified(engine: Engine, source: str) -> None:
    """Stand in for the catalogue: a dated name is an offering of the model without the date."""
    identify(engine, source)
    engine.run("UPDATE identified SET model = regexp_replace(model, '-[0-9-]{10}$', '')")


def test_a_moving_name_in_the_logs_is_the_one_dated_name_of_the_export(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("taken.identify", identified)
    calls = [call(1, model="gpt-4o"), call(2)]
    exact = bucket(3, input_tokens=300, output_tokens=30, num_model_requests=2)
    assert origins(both(tmp_path, calls, [exact])) == {"call": 2}
    # Of two dated names the logs' one is a part of whichever the export has more of.
    two = [exact, bucket(3, model="gpt-4o-2024-05-13")]
    taken = both(tmp_path, calls, two)
    assert origins(taken) == {"call": 2, "export_only": 5}
    assert taken.totals()["input_uncached"] == 1300


def test_an_export_without_a_number_of_requests_is_told(tmp_path: Path) -> None:
    taken = take(tmp_path, written(tmp_path / "u.jsonl", [bucket(3, num_model_requests=None)]))
    (note,) = taken.intake.notes
    assert note.startswith("openai: 1 rows of a usage export state no number of requests")


def test_a_success_without_any_token_is_unknown_wherever_a_zero_stands(tmp_path: Path) -> None:
    usage = {"usage_object": {"prompt_tokens_details": {"cached_tokens": 0}}}
    silent = call(1, prompt_tokens=None, completion_tokens=None, metadata=usage)
    taken = take(tmp_path, written(tmp_path / "log.jsonl", [silent]))
    assert taken.totals()["cache_read"] is None
    assert "state no tokens" in taken.source["notes"]


def test_days_without_an_export_are_not_compared(tmp_path: Path) -> None:
    taken = both(tmp_path, [call(1, startTime="2025-11-09T08:00:00Z")], [bucket(3)])
    assert {str(row["day"]) for row in taken["metering"]} == {"2025-11-03"}
    assert not any(row["logged"] for row in taken["metering"])


def test_the_period_restricts_after_settling_and_says_what_it_leaves_out(tmp_path: Path) -> None:
    records = [call(1), call(2, startTime="2025-11-04T00:00:00Z"), call(3, startTime="2025-11-05")]
    log = written(tmp_path / "log.jsonl", records)
    taken = take(
        tmp_path, log,
        since=datetime(2025, 11, 4, tzinfo=UTC), until=datetime(2025, 11, 5, tzinfo=UTC),
    )  # fmt: skip
    assert [row["natural_id"] for row in taken["calls"]] == ["call-2"]
    assert taken.source["loaded"] == 3
    assert taken.source["notes"] == '["2 rows lie outside the period"]'


def test_nothing_is_dropped_because_a_cache_flag_is_text(tmp_path: Path) -> None:
    flags = ["False", "None", "", None, "false", "True", "true", True, False]
    log = written(tmp_path / "l.jsonl", [call(n, cache_hit=f) for n, f in enumerate(flags, 1)])
    taken = take(tmp_path, log)
    assert len(taken["calls"]) == len(flags)
    free = {row["natural_id"] for row in taken["calls"] if row["billable"] is False}
    assert free == {"call-6", "call-7", "call-8"}


def test_cached_tokens_are_read_from_each_of_their_places(tmp_path: Path) -> None:
    places: list[Any] = [
        {"usage_object": {"prompt_tokens_details": {"cached_tokens": 40}}},
        {"usage_object": {"cache_read_input_tokens": 40}},
        '{"cached_tokens": 40}',
        {"additional_usage_values": {"prompt_tokens_details": {"cached_tokens": 40}}},
    ]
    records = [call(n, metadata=place) for n, place in enumerate(places, start=1)]
    response = {"usage": {"prompt_tokens_details": {"cached_tokens": 40}}}
    records.append(call(5, response=response))
    totals = take(tmp_path, written(tmp_path / "log.jsonl", records)).totals()
    assert (totals["cache_read"], totals["input_uncached"]) == (200, 1500 - 200)
