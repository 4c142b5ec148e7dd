"""The exports of tracers have their totals, in every shape in which they are saved."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pytest
from pyarrow import parquet
from spans import document, span, tokens, totals
from taken import SHARED, Taken, needs_shared, take, written

LOGS: Final = SHARED / "data" / "request_logs"


def by_file(folder: Path, tmp: Path) -> dict[str, Taken]:
    """Take a folder in at once, and return what each of its files gave."""
    taken = take(tmp, folder)
    return {
        source["file"]: Taken(
            {"calls": [c for c in taken["calls"] if c["source_id"] == source["source_id"]]},
            taken.intake,
        )
        for source in taken["sources"]
    }


@needs_shared
def test_the_shared_langfuse_traces_have_their_totals(tmp_path: Path) -> None:
    expected = json.loads((LOGS / "EXPECTED.json").read_text("utf-8"))["langfuse"]
    found = by_file(LOGS / "langfuse", tmp_path)
    assert found.keys() == expected.keys()
    for name, known in expected.items():
        taken = found[name]
        assert len(taken["calls"]) == known["calls"], name
        assert tokens(taken) == known["total_tokens"], name
        stated = taken.total("calls", "stated_cost")
        assert abs(stated - Decimal(str(known["logged_cost"]))) < Decimal("1e-8"), name
        assert sorted(row["latency_ms"] for row in taken["calls"]) == sorted(known["latency_ms"])


@needs_shared
def test_the_shared_otlp_spans_have_their_totals(tmp_path: Path) -> None:
    expected = json.loads((LOGS / "EXPECTED.json").read_text("utf-8"))["otlp"]
    # One at a time: they are the same calls, seen by two tracers.
    for name, known in expected.items():
        taken = take(tmp_path, LOGS / "otlp" / name)
        assert totals(taken) == {
            "requests": known["spans"],
            "input_uncached": known["in_uncached"],
            "cache_read": known["cache_read"],
            "cache_write_5m": known["cache_write"],
            "output": known["output"],
            "reasoning": known["reasoning"],
        }, name
        assert not taken.reasons()


@needs_shared
def test_the_shared_langsmith_runs_have_their_totals(tmp_path: Path) -> None:
    taken = take(tmp_path, LOGS / "langsmith")
    assert totals(taken) == {
        "requests": 3,
        "input_uncached": 43 + 9,
        "cache_read": 0,
        "cache_write_5m": 0,
        "output": 2497 + 9,
        "reasoning": 1408,
    }
    assert {row["latency_ms"] for row in taken["calls"]} == {15_138, 1_328, 927}
    assert {row["response_id"][:9] for row in taken["calls"]} == {"chatcmpl-"}


def flat(found: dict[str, Any]) -> dict[str, Any]:
    """Return a span as stores write it: attributes by name."""
    named = {one["key"]: next(iter(one["value"].values())) for one in found.pop("attributes")}
    return found | {"attributes": named}


def test_the_shapes_of_a_span_give_the_same(tmp_path: Path) -> None:
    spans = [span(1, usage=30), span(2, 1, usage=10, user__id="user-017"), span(3, 1, usage=20)]
    lined = [flat(dict(one)) for one in spans]
    columns = ["traceId", "spanId", "parentSpanId", "startTimeUnixNano", "endTimeUnixNano"]
    with (tmp_path / "table.csv").open("w", newline="") as text:
        table = csv.writer(text)
        table.writerow([*columns, "attributes"])
        for one in lined:
            table.writerow([*(one[name] for name in columns), json.dumps(one["attributes"])])
    files = [
        written(tmp_path / "one.json", json.dumps(document(*spans), indent=2)),
        written(tmp_path / "lines.jsonl", [document(one) for one in spans]),
        written(tmp_path / "flat.jsonl", lined),
        written(tmp_path / "list.json", json.dumps(lined)),
        written(tmp_path / "page.json", json.dumps({"data": lined, "next_cursor": None})),
        tmp_path / "table.csv",
    ]
    for file in files:
        taken = take(tmp_path, file)
        assert (totals(taken)["input_uncached"], totals(taken)["output"]) == (30, 2), file.name
        assert {row["user_id"] for row in taken["calls"]} == {"user-017", None}, file.name
    assert (len(take(tmp_path, *files)["calls"])) == 2


def as_table(file: Path, records: list[dict[str, Any]]) -> Path:
    """Write records as CSV, whatever is nested as JSON in its cell."""
    names = list(dict.fromkeys(name for record in records for name in record))
    with file.open("w", newline="") as text:
        table = csv.DictWriter(text, names)
        table.writeheader()
        for one in records:
            cells = {n: json.dumps(v) if isinstance(v, dict | list) else v for n, v in one.items()}
            table.writerow(cells)
    return file


@pytest.mark.parametrize("name", ["langfuse-observations", "langsmith-runs", "weave-calls"])
def test_the_rows_of_a_table_give_what_its_lines_give(name: str, tmp_path: Path) -> None:
    sample = Path(__file__).parent / "readers" / name / "sample.jsonl"
    records = [json.loads(line) for line in sample.read_text("utf-8").splitlines()]
    lines = take(tmp_path, sample)
    assert len(lines["calls"]) > 3
    file = as_table(tmp_path / "t.csv", records)
    if name == "langsmith-runs":  # whose bulk export is Parquet
        with file.open(newline="") as text:
            cells = [{n: c or None for n, c in row.items()} for row in csv.DictReader(text)]
        file = tmp_path / "t.parquet"
        parquet.write_table(pa.Table.from_pylist(cells), file)
    table = take(tmp_path, file)
    assert table.source["format"] == name
    assert totals(table) == totals(lines)
    assert table.reasons() == lines.reasons()


def test_a_data_frame_of_mlflow_holds_the_same_spans(tmp_path: Path) -> None:
    sample = Path(__file__).parent / "readers" / "mlflow-traces" / "sample.json"
    trace = json.loads(sample.read_text("utf-8"))
    frame = {
        "trace_id": "tr-1",
        "trace": json.dumps(trace),
        "request_time": 1_762_160_400_000,
        "trace_metadata": trace["info"]["trace_metadata"],
        "tags": trace["info"]["tags"],
        "spans": trace["data"]["spans"],
    }
    bare = {name: value for name, value in frame.items() if name != "trace"}
    expected = totals(take(tmp_path, sample))
    assert expected["input_uncached"] == 272 + 20
    for number, found in enumerate((frame, bare)):
        taken = take(tmp_path, as_table(tmp_path / f"{number}.csv", [found]))
        assert totals(taken) == expected
        assert {row["session_id"] for row in taken["calls"]} == {"s-4"}
