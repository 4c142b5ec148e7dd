"""Everything counts once: copies of calls, of buckets, of charges and of whole files."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from taken import bucket, call, take, written

if TYPE_CHECKING:
    from pathlib import Path

HOURLY: Final = (
    "usage_date_utc,model_version,usage_type,usage_input_tokens_no_cache,usage_output_tokens\n"
)


def payload(**changes: Any) -> dict[str, Any]:  # noqa: ANN401  # any field
    record = call(1)
    record |= {"id": record.pop("request_id"), "response_cost": record.pop("spend")}
    return record | {"model_group": "smart"} | changes


def cost(day: int, value: str, line_item: str | None = "gpt-4o, input") -> dict[str, Any]:
    amount = {"value": value, "currency": "usd"}
    object_ = {"object": "organization.costs.result", "line_item": line_item, "amount": amount}
    found = bucket(day)
    return found | {"results": [object_]}


def test_a_file_that_is_given_twice_changes_no_total(tmp_path: Path) -> None:
    calls = written(tmp_path / "log.jsonl", [call(1), call(2), call(2)])
    costs = written(tmp_path / "costs.json", json.dumps([cost(3, "1.5"), cost(4, "2")]))
    once = take(tmp_path, calls, costs)
    copies = [written(tmp_path / "again" / path.name, path.read_bytes()) for path in (calls, costs)]
    twice = take(tmp_path, calls, costs, *copies)
    assert twice.totals() == once.totals()
    assert {row["call_id"] for row in twice["calls"]} == {row["call_id"] for row in once["calls"]}
    assert twice.reasons() == {"same id": 1, "same file": 5}


def test_a_spend_log_and_a_payload_of_one_call_are_one_call(tmp_path: Path) -> None:
    log = written(tmp_path / "log.jsonl", [call(1), call(2)])
    document = written(tmp_path / "call.json", json.dumps(payload(), indent=1))
    taken = take(tmp_path, log, document)
    assert taken.totals()["requests"] == 2
    assert taken.reasons() == {"same id": 1}


def test_the_copy_with_more_tokens_stays_then_the_later_one(tmp_path: Path) -> None:
    late = {"endTime": "2025-11-03T08:01:09Z"}
    records = [call(1, completion_tokens=5), call(1), call(1, **late), call(1, completion_tokens=9)]
    taken = take(tmp_path, written(tmp_path / "log.jsonl", records))
    (kept,) = taken["calls"]
    assert (kept["row"], kept["output"], kept["latency_ms"]) == (3, 10, 9000)
    assert {row["kept_row"] for row in taken["duplicates"]} == {3}


def test_calls_without_an_id_are_never_copies_within_a_file(tmp_path: Path) -> None:
    records = [call(1, request_id=""), call(1, request_id="")]
    taken = take(tmp_path, written(tmp_path / "log.jsonl", records))
    assert taken.totals()["requests"] == 2
    assert len({row["call_id"] for row in taken["calls"]}) == 2


def test_neither_the_order_nor_the_names_of_files_matter(tmp_path: Path) -> None:
    contents = [
        [call(1), call(2, completion_tokens=1)],
        [call(2), call(3), call(1, request_id=None)],
        [bucket(3), bucket(4)],
        [bucket(4, input_tokens=7000), bucket(5)],
    ]
    results = []
    for names in ("abcd", "dcba", "cadb"):
        folder = tmp_path / names
        files = [
            written(folder / f"{n}.jsonl", records)
            for n, records in zip(names, contents, strict=True)
        ]
        taken = take(tmp_path, *files)
        rows = [{k: v for k, v in row.items() if k != "source_id"} for row in taken["calls"]]
        results.append((sorted(rows, key=lambda r: r["call_id"]), taken.totals(), taken.reasons()))
    assert results[0] == results[1] == results[2]


def test_rows_of_the_same_dimensions_in_one_file_add_up_and_the_same_row_does_not(
    tmp_path: Path,
) -> None:
    part = bucket(3, num_model_requests=2, input_tokens=70)
    taken = take(tmp_path, written(tmp_path / "usage.jsonl", [bucket(3), part, bucket(3)]))
    assert (taken.totals()["requests"], taken.totals()["input_uncached"]) == (7, 1070)
    assert taken.reasons() == {"same row again": 1}


def test_the_newer_export_of_an_open_day_replaces_the_older(tmp_path: Path) -> None:
    old = written(tmp_path / "old.jsonl", [bucket(3), bucket(4, input_tokens=9000)])
    new = written(tmp_path / "new.jsonl", [bucket(3), bucket(4, input_tokens=4000), bucket(5)])
    taken = take(tmp_path, old, new)
    assert taken.totals()["input_uncached"] == 1000 + 4000 + 1000
    assert taken.reasons() == {"newer export": 2}
    assert taken.intake.notes == ()


def test_of_two_exports_of_one_age_the_larger_holds_and_it_is_said(tmp_path: Path) -> None:
    first = written(tmp_path / "a.jsonl", [bucket(3, input_tokens=900)])
    second = written(tmp_path / "b.jsonl", [bucket(3, input_tokens=1100)])
    taken = take(tmp_path, first, second)
    assert taken.totals()["input_uncached"] == 1100
    (note,) = taken.intake.notes
    assert note.startswith("1 buckets or charges are stated differently by exports of the same age")


def test_hours_and_the_day_that_holds_them_are_one_traffic(tmp_path: Path) -> None:
    hours = "".join(
        f"2025-11-03 {hour},claude-haiku-4-5,standard,{tokens}\n"
        for hour, tokens in (("02:00", "70,7"), ("03:00", "20,2"))
    )
    hourly = written(tmp_path / "hours.csv", HOURLY + hours)
    daily = written(
        tmp_path / "month.csv", HOURLY + "2025-11-03,claude-haiku-4-5,standard,120,12\n"
    )
    taken = take(tmp_path, hourly, daily)
    assert (taken.totals()["input_uncached"], taken.totals()["output"]) == (120, 12)
    assert taken.reasons() == {"other bucket width": 2}


def test_hours_from_two_files_add_up(tmp_path: Path) -> None:
    first = written(
        tmp_path / "a.jsonl", [bucket(3, hours=1, start=0), bucket(3, hours=1, start=1)]
    )
    second = written(
        tmp_path / "b.jsonl", [bucket(3, hours=1, start=1), bucket(3, hours=1, start=2)]
    )
    assert take(tmp_path, first, second).totals()["requests"] == 15


def test_a_day_shown_whole_and_split_is_one_day(tmp_path: Path) -> None:
    split = [cost(3, "1.25"), cost(3, "0.75", "gpt-4o, output"), cost(4, "5")]
    parts = written(tmp_path / "split.json", json.dumps(split))
    whole = written(tmp_path / "whole.json", json.dumps([cost(3, "2", None), cost(5, "7", None)]))
    taken = take(tmp_path, parts, whole)
    assert taken.totals()["billed"] == Decimal(2 + 5 + 7)
    assert taken.reasons() == {"other grouping": 1}
    assert {row["sku"] for row in taken["charges"]} == {"gpt-4o, input", "gpt-4o, output", None}


def test_two_formats_of_one_provider_are_one_traffic(tmp_path: Path) -> None:
    console = written(
        tmp_path / "console.csv", HOURLY + "2025-11-03,claude-haiku-4-5,standard,100,10\n"
    )
    result = {
        "model": "claude-haiku-4-5-20251001",
        "uncached_input_tokens": 110,
        "output_tokens": 11,
    }
    page = {"starting_at": "2025-11-03T00:00:00Z", "ending_at": "2025-11-04T00:00:00Z"}
    api = written(tmp_path / "api.json", json.dumps([page | {"results": [result]}]))
    taken = take(tmp_path, console, api)
    assert taken.totals()["input_uncached"] == 110
    assert taken.reasons() == {"other grouping": 1}


def test_charges_of_two_exports_are_billed_once(tmp_path: Path) -> None:
    api = written(tmp_path / "costs.json", json.dumps([cost(3, "1.25"), cost(4, "2")]))
    header = "start_time,end_time,start_time_iso,amount_value,amount_currency,line_item\n"
    row = '1762128000,1762214400,2025-11-03T00:00:00,1.2500,usd,"gpt-4o, input"\n'
    dashboard = written(tmp_path / "costs.csv", header + row)
    taken = take(tmp_path, api, dashboard)
    assert taken.totals()["billed"] == Decimal("3.25")
    assert taken.reasons() == {"newer export": 1}
