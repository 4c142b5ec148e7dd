"""Logs beside an export that names models otherwise, or not at all: no token counts twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taken import bucket, call, identify, take, written

from aiaudit.settings import Mapped

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from aiaudit.engine import Engine


def snapshots(engine: Engine, source: str) -> None:
    """Stand in for the catalogue: a dated name is an offering of the model without the date."""
    identify(engine, source)
    engine.run("UPDATE identified SET model = regexp_replace(model, '-[0-9-]{10}$', '')")


def test_an_undated_name_in_the_logs_is_taken_from_all_dated_names_of_the_export(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("taken.identify", snapshots)
    log = written(tmp_path / "log.jsonl", [call(n, model="gpt-4o") for n in (5, 7)])
    names = ("gpt-4o-2024-08-06", "gpt-4o-2024-05-13")
    usage = written(tmp_path / "usage.jsonl", [bucket(3, model=name) for name in names])
    taken = take(tmp_path, log, usage)
    # 2,000 in are exported and 1,200 logged: 800 are the export's alone, of the second name.
    totals = taken.totals()
    assert (totals["input_uncached"], totals["output"], totals["requests"]) == (2000, 200, 10)
    excess = [row for row in taken["calls"] if row["origin"] == "export_only"]
    assert sum(row["input_uncached"] for row in excess) == 800
    assert {row["model_raw"] for row in excess if row["input_uncached"]} == {names[0]}


def test_a_dated_name_in_the_logs_is_taken_from_the_undated_one_of_the_export(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("taken.identify", snapshots)
    calls = [call(1), call(2, model="gpt-4o-2024-05-13")]
    log = written(tmp_path / "log.jsonl", calls)
    usage = written(tmp_path / "usage.jsonl", [bucket(3, model="gpt-4o")])
    assert take(tmp_path, log, usage).totals()["input_uncached"] == 1000


def test_two_dated_names_are_never_taken_for_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("taken.identify", snapshots)
    log = written(tmp_path / "log.jsonl", [call(1, model="gpt-4o-2024-05-13")])
    usage = written(tmp_path / "usage.jsonl", [bucket(3)])
    assert take(tmp_path, log, usage).totals()["input_uncached"] == 1100


def test_an_export_that_names_no_model_covers_what_the_logs_name(tmp_path: Path) -> None:
    calls = [
        call(1),
        call(2, model="gpt-5-mini"),
        call(4, call_type="aembedding", model="text-embedding-3-small"),
    ]
    log = written(tmp_path / "log.jsonl", calls)
    usage = written(tmp_path / "usage.jsonl", [bucket(3, model=None)])
    taken = take(tmp_path, log, usage)
    # 1,000 in of chat are exported, 300 of them logged; the 400 of embeddings are another service.
    assert taken.totals()["input_uncached"] == 1400
    (excess,) = [row for row in taken["calls"] if row["origin"] == "export_only"]
    assert (excess["input_uncached"], excess["requests"], excess["offering"]) == (700, 3, None)


def test_an_export_without_models_that_equals_the_logs_adds_nothing(tmp_path: Path) -> None:
    log = written(tmp_path / "log.jsonl", [call(1), call(2, model="gpt-5-mini")])
    exact = bucket(3, model=None, input_tokens=300, output_tokens=30, num_model_requests=2)
    taken = take(tmp_path, log, written(tmp_path / "usage.jsonl", [exact]))
    assert {row["origin"] for row in taken["calls"]} == {"call"}
    assert taken.totals()["input_uncached"] == 300


def test_images_of_an_export_are_counted_beside_those_of_the_logs(tmp_path: Path) -> None:
    mapped = Mapped(files="log.csv", columns={"started_at": "at", "images": "images"},
                    values={"provider": "openai", "model_raw": "gpt-image-1",
                            "operation": "image"})  # fmt: skip
    log = written(tmp_path / "log.csv", "at,images\n2025-11-03T08:00:00Z,2\n")
    export = bucket(3)
    export["results"] = [{"object": "organization.usage.images.result", "images": 5,
                          "num_model_requests": 3, "model": "gpt-image-1"}]  # fmt: skip
    taken = take(tmp_path, log, written(tmp_path / "usage.jsonl", [export]), mapped=(mapped,))
    assert taken.total("calls", "images") == 5
    assert taken.totals()["requests"] == 3


def test_a_day_of_google_is_one_of_its_own_zone(tmp_path: Path) -> None:
    # 07:30 UTC on 4 November is still the evening of the third on the Pacific coast.
    log = Mapped(files="log.csv", columns={"started_at": "at", "input_uncached": "tokens"},
                 values={"provider": "google", "model_raw": "gemini-2.5-pro"})  # fmt: skip
    day = Mapped(files="day.csv",
                 columns={"started_at": "at", "input_uncached": "tokens", "requests": "n"},
                 values={"provider": "google", "model_raw": "gemini-2.5-pro",
                         "operation": "chat"})  # fmt: skip
    calls = "at,tokens\n2025-11-03T20:00:00Z,10\n2025-11-04T07:30:00Z,20\n2025-11-04T08:30:00Z,5\n"
    bucket_of_day = "at,tokens,n\n2025-11-03T08:00:00Z,100,3\n"
    files = (written(tmp_path / "log.csv", calls), written(tmp_path / "day.csv", bucket_of_day))
    taken = take(tmp_path, *files, mapped=(log, day))
    assert taken.totals()["input_uncached"] == 105
    (excess,) = [row for row in taken["calls"] if row["origin"] == "export_only"]
    assert (excess["input_uncached"], str(excess["started_at"])) == (70, "2025-11-03 08:00:00")
