"""Gateways, raw bodies and batches: their samples add up to what was worked out by hand."""

from __future__ import annotations

import json
import random
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from gateways import Rows, of_file, sums
from taken import SHARED, needs_shared, take, written

from aiaudit import readers

if TYPE_CHECKING:
    from collections.abc import Callable

READERS: Final = Path(__file__).parent / "readers"
# sample -> requests, input_uncached, cache_read, cache writes, output, stated dollars
SUMS: Final[dict[str, tuple[int, int, int, int, int, str]]] = {
    "raw-exchanges/sample.jsonl": (15, 549, 2085, 0, 2760, "0"),
    "raw-responses/sample.jsonl": (4, 282, 1024, 0, 3719, "0"),
    "openai-batch/sample.jsonl": (2, 1012, 0, 0, 50, "0"),
    "openai-batch-input/sample.jsonl": (0, 0, 0, 0, 0, "0"),
    "anthropic-batch/sample.jsonl": (1, 812, 40, 300, 120, "0"),
    "azure-apim/sample.jsonl": (3, 1800, 0, 0, 120, "0"),
    "openrouter-activity/sample.json": (8, 1303, 0, 0, 216, "0.0273556789"),
    "openrouter-activity-csv/sample.csv": (843, 15_817_515, 0, 0, 580_708, "1093.90"),
    "openrouter-generations/sample.csv": (3, 4497, 8192, 0, 451, "0.0169"),
    "openrouter-generation/sample.json": (3, 336, 64, 0, 84, "0.00165"),
    "helicone/sample.jsonl": (4, 1588, 4512, 0, 250, "0.002421"),
    "portkey/sample.jsonl": (4, 1276, 1024, 0, 520, "0.00692"),
    "portkey-log/sample.jsonl": (3, 160, 900, 0, 45, "0"),
    "cloudflare/sample.json": (3, 240, 0, 0, 66, "0.0001185"),
    "kong/sample.jsonl": (4, 248, 0, 0, 37, "0.0003325"),
    "vercel-gateway/sample.jsonl": (3, 362, 2200, 10, 160, "0.006"),
}


@pytest.fixture(scope="module")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Rows]:
    """Return the calls of a sample; all but the buckets are read together, as one customer's."""
    folder = tmp_path_factory.mktemp("samples")
    buckets = [sample for sample in SUMS if "activity" in sample]
    logs = [READERS / sample for sample in SUMS if sample not in buckets]
    found: dict[str, Rows] = {}
    for taken in (take(folder, *logs), *(take(folder, READERS / sample) for sample in buckets)):
        for source in taken["sources"]:
            calls = [row for row in taken["calls"] if row["source_id"] == source["source_id"]]
            found[source["format"]] = calls
    return lambda sample: found[sample.partition("/")[0]]


@pytest.mark.parametrize("sample", SUMS)
def test_a_sample_has_the_sums_that_were_worked_out_by_hand(
    sample: str, sampled: Callable[[str], Rows]
) -> None:
    *counts, stated = SUMS[sample]
    assert sums(sampled(sample)) == (*counts, Decimal(stated))


def test_a_batch_is_billed_as_batch_whatever_its_body_says(
    sampled: Callable[[str], Rows],
) -> None:
    for sample in ("openai-batch", "anthropic-batch"):
        calls = sampled(f"{sample}/sample.jsonl")
        assert {row["rate_class"] for row in calls} == {"batch"}


def test_an_answer_from_the_gateways_own_cache_is_not_billed(
    sampled: Callable[[str], Rows],
) -> None:
    for sample in ("helicone/sample.jsonl", "portkey/sample.jsonl", "portkey-log/sample.jsonl",
                   "cloudflare/sample.json", "kong/sample.jsonl",
                   "openrouter-generation/sample.json"):  # fmt: skip
        calls = sampled(sample)
        (hit,) = (call for call in calls if call["gateway_cache_hit"])
        assert hit["billable"] is False, sample
        assert all(call["billable"] is None for call in calls if call is not hit), sample


def test_portkey_states_cents(tmp_path: Path) -> None:
    record = {"ai_org": "openai", "ai_model": "gpt-4o", "created_at": "2026-05-04T08:00:00Z",
              "req_units": 10, "res_units": 1, "cost": 123.4567}  # fmt: skip
    taken = take(tmp_path, written(tmp_path / "logs.jsonl", [record]))
    assert taken.totals()["stated_cost"] == Decimal("1.234567")


def test_the_table_of_helicones_export_tool_is_read(tmp_path: Path) -> None:
    header = (
        "response_id,response_created_at,response_status,request_created_at,request_body,"
        "request_properties,request_user_id,model,prompt_tokens,completion_tokens,latency,cost\n"
    )
    asked = json.dumps({"messages": [{"role": "user", "content": "Sort this."}]})
    cell = '"' + asked.replace('"', '""') + '"'
    row = f"r-1,2026-05-04T08:00:02Z,200,2026-05-04T08:00:00Z,{cell},,user-017,gpt-4o-mini,50,5,,\n"
    (call,) = take(tmp_path, written(tmp_path / "h.csv", header + row))["calls"]
    assert (call["input_uncached"], call["output"], call["stated_cost"]) == (50, 5, None)
    assert (call["latency_ms"], call["prompt_chars"], call["user_id"]) == (2000, 10, "user-017")


def test_an_own_key_is_billed_by_the_provider_itself(sampled: Callable[[str], Rows]) -> None:
    calls = sampled("openrouter-generations/sample.csv")
    assert {call["provider"].lower() for call in calls} == {"openrouter", "anthropic"}
    assert {call["gateway"] for call in calls} == {"openrouter"}


@pytest.mark.parametrize("name", ["cloudflare", "openrouter-activity", "openrouter-generation"])
def test_an_envelope_may_be_missing(
    name: str, tmp_path: Path, sampled: Callable[[str], Rows]
) -> None:
    document = json.loads((READERS / name / "sample.json").read_text("utf-8"))
    pages = document if isinstance(document, list) else [document]
    found = [page.get("result") or page.get("data") for page in pages]
    bare = [row for part in found for row in (part if isinstance(part, list) else [part])]
    whole = sampled(f"{name}/sample.json")
    taken = take(tmp_path, written(tmp_path / "bare.jsonl", bare))
    assert taken.source["format"] == name
    assert sums(taken["calls"]) == sums(whole)


def test_no_odd_value_makes_a_gateway_reader_stumble() -> None:
    odd: list[Any] = [None, True, 7, -1.5, "", "x", [], {}, [1], [{}], {"a": {}}, [[]]]
    ours = {sample.partition("/")[0] for sample in SUMS}
    known = [reader for reader in readers.registry() if reader.id in ours]
    assert len(known) == len(SUMS)
    dice = random.Random(7)  # noqa: S311  # a seeded choice, no secret
    names = sorted({name for reader in known for name in (*reader.columns, *reader.signature)})
    for _ in range(3000):
        record = {name: dice.choice(odd) for name in dice.sample(names, 9)}
        nested = dice.sample(["data", "result", "ai", "response"], 2)
        record |= {name: [dict(record)] for name in nested}
        for reader in known:
            reader.recognises(record)
            rows = list(reader.rows(record)) if reader.rows else []
            for row in rows:
                assert all(value is None or isinstance(value, str) for value in row.values())


@needs_shared
def test_the_shared_gateway_exports_have_their_expected_totals(tmp_path: Path) -> None:
    folder = SHARED / "data" / "provider_exports"
    expected = json.loads((folder / "EXPECTED.json").read_text("utf-8"))["files"]
    ours = [name for name in expected if "openrouter/" in name or "apim" in name or "batch" in name]
    assert len(ours) == 5
    taken = take(tmp_path, *(folder / name for name in ours))
    for name in ours:
        source, calls = of_file(taken, Path(name).name)
        wanted = expected[name]
        requests, fresh, read, _, output, stated = sums(calls)
        found = {"input_uncached": fresh, "cache_read": read, "output": output}
        for counter, count in wanted.get("tokens", {}).items():
            assert found.get(counter, 0) == count, name
        assert requests == wanted.get("requests", requests)
        assert source["rows_read"] == wanted.get("rows", source["rows_read"])
        if "billed" in wanted:
            assert stated in {Decimal(amount) for amount in wanted["billed"]}
