"""Each reader over its sample, and over the shapes in which its export is saved."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from taken import bucket, take, written

from aiaudit import readers
from aiaudit.settings import Mapped

if TYPE_CHECKING:
    from conftest import Golden

SAMPLES: Final = sorted(
    path
    for path in Path(__file__).parent.glob("readers/*/sample.*")
    if not path.name.endswith(".golden.json")
)
MAPPING: Final = Mapped(
    files="sample.csv",
    columns={
        "started_at": "when",
        "model": "model name",
        "input": "in",
        "cache_read": "cached",
        "output": "out",
        "use_case": "job",
        "prompt_text": "asked",
    },
    values={"provider": "openai"},
)


def mappings(sample: Path) -> tuple[Mapped, ...]:
    return (MAPPING,) if sample.parent.name == "mapped" else ()


def rows(table: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what is known of each row, without what depends on the text functions."""
    later = {
        "source_id",
        "kept_source",
        "reader",
        "template_id",
        "language",
        "complexity",
        "system_sha256",
    }
    return [
        {
            name: str(value) if not isinstance(value, int | str) else value
            for name, value in row.items()
            if value is not None and name not in later and not name.startswith("rule_")
        }
        for row in sorted(table, key=lambda row: row.get("row", 0))
    ]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.parent.name)
def test_a_sample_reads_as_its_golden(sample: Path, tmp_path: Path, golden: Golden) -> None:
    taken = take(tmp_path, sample, mapped=mappings(sample))
    assert taken.source["format"] == sample.parent.name
    golden(
        sample.with_suffix(".golden.json"),
        {
            "source": rows(taken["sources"])[0],
            **{name: rows(taken[name]) for name in ("calls", "charges", "rejects", "duplicates")},
        },
    )


def test_every_reader_has_a_sample() -> None:
    ids = {reader.id for reader in readers.registry()} | {"mapped"}
    assert {sample.parent.name for sample in SAMPLES} == ids


def shapes(page: dict[str, Any]) -> dict[str, str]:
    """Return a page as scripts save it."""
    buckets = page["data"]
    times = ("start_time", "end_time", "starting_at", "ending_at")
    flattened = [
        result | {name: bucket[name] for name in times if name in bucket}
        for bucket in buckets
        for result in bucket["results"]
    ]
    return {
        "page": json.dumps(page, indent=2),
        "pages": json.dumps([page, page | {"data": []}]),
        "data": json.dumps(buckets, indent=1),
        "lines": "".join(json.dumps(bucket) + "\n" for bucket in buckets),
        "flattened": json.dumps(flattened),
        "flattened lines": "".join(json.dumps(row) + "\n" for row in flattened),
    }


@pytest.mark.parametrize(
    "name", ["anthropic-usage", "anthropic-costs", "openai-costs", "openai-usage"]
)
def test_the_shapes_of_an_api_page_give_the_same(name: str, tmp_path: Path) -> None:
    sample = Path(__file__).parent / "readers" / name / "sample.json"
    document = json.loads(sample.read_text("utf-8"))
    whole = document if isinstance(document, dict) else {"object": "page", "data": document}
    if name == "openai-usage":
        whole = {"object": "page", "data": [b for page in document for b in page["data"]]}
    found = {
        shape: take(tmp_path, written(tmp_path / f"{shape}.json", text))
        for shape, text in shapes(whole).items()
    }
    assert {taken.source["format"] for taken in found.values()} == {name}
    totals = found["page"].totals()
    assert any(totals.values())
    for shape, taken in found.items():
        assert taken.totals() == totals, shape


def test_idle_days_do_not_hide_what_a_file_is(tmp_path: Path) -> None:
    idle = [{"starting_at": f"2026-08-{day:02}T00:00:00Z", "results": []} for day in range(1, 25)]
    paid = {
        "starting_at": "2026-08-25T00:00:00Z",
        "results": [{"amount": "150", "currency": "USD"}],
    }
    taken = take(tmp_path, written(tmp_path / "a.jsonl", [*idle, paid]))
    assert taken.source["format"] == "anthropic-costs"
    assert (taken.source["loaded"], taken.source["ignored"]) == (1, 24)
    assert taken["charges"][0]["billed_cost"] == Decimal("1.5")
    assert take(tmp_path, written(tmp_path / "b.jsonl", idle)).reasons() == {"idle bucket": 24}


def test_a_page_that_is_not_the_last_says_so(tmp_path: Path) -> None:
    page = {"object": "page", "data": [bucket(3)], "has_more": True, "next_page": "page_2"}
    first = take(tmp_path, written(tmp_path / "1.json", json.dumps(page)))
    assert "more pages follow" in first.source["notes"]
    pages = [page, page | {"has_more": False, "data": [bucket(4)]}]
    both = take(tmp_path, written(tmp_path / "2.json", json.dumps(pages)))
    assert "more pages follow" not in both.source["notes"]


def test_every_header_of_the_console_costs_is_read(tmp_path: Path) -> None:
    known = {"usage_date_utc": "2024-06-05", "model": "Claude 3 Opus", "usage_type": "message",
             "context_window": "≤ 200k", "token_type": "output", "cost_usd": "0.84"}  # fmt: skip
    headers = (
        "usage_date_utc,model,usage_type,token_type,cost_usd",
        "usage_date_utc,model,workspace,api_key,usage_type,token_type,cost_usd",
        "usage_date_utc,model,api_key,usage_type,context_window,token_type,cost_usd,cost_type",
    )
    for header in headers:
        row = ",".join(known.get(name, "") for name in header.split(","))
        taken = take(tmp_path, written(tmp_path / "costs.csv", f"{header}\n{row}\n"))
        (charge,) = taken["charges"]
        assert charge["billed_cost"] == Decimal("0.84")
        assert (charge["token_class"], charge["rate_class"]) == ("output", "standard")


def test_a_month_without_use_is_valid_and_zero(tmp_path: Path) -> None:
    header = "usage_date_utc,model,usage_type,token_type,cost_usd\n"
    taken = take(tmp_path, written(tmp_path / "costs.csv", header))
    assert (taken.source["rows_read"], taken["charges"]) == (0, [])
