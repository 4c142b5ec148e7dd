"""Bills of the clouds and logs of Bedrock: their words, their currencies, their many shapes."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pytest
from pyarrow import parquet
from taken import SHARED, Taken, needs_shared, take, written
from test_readers_expected import check

SAMPLES: Final = Path(__file__).parent / "readers"
EXPORTS: Final = SHARED / "data" / "provider_exports"
MEASURED: Final = ("billed_cost", "model_raw", "token_class", "quantity", "charge_start")


def charges(tmp_path: Path, *files: Path) -> list[list[tuple[str, ...]]]:
    """Return what each file says that it billed; they are read alone, for they say the same."""
    found = [take(tmp_path, file)["charges"] for file in files]
    return [sorted(tuple(str(row[name]) for name in MEASURED) for row in rows) for rows in found]


@pytest.mark.parametrize("name", ["focus", "aws-cur", "azure-costs"])
def test_a_bill_reads_the_same_from_parquet(name: str, tmp_path: Path) -> None:
    sample = SAMPLES / name / "sample.csv"
    with sample.open(encoding="utf-8", newline="") as file:
        table = pa.Table.from_pylist(list(csv.DictReader(file)))
    parquet.write_table(table, tmp_path / "bill.parquet")
    cells, columns = charges(tmp_path, sample, tmp_path / "bill.parquet")
    assert cells == columns


def test_a_focus_bill_reads_the_same_from_json(tmp_path: Path) -> None:
    sample = SAMPLES / "focus" / "sample.csv"
    with sample.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    fields = [{"name": name, "type": "STRING"} for name in rows[0]]
    cells = [{"f": [{"v": value} for value in row.values()]} for row in rows]
    envelope = {"schema": {"fields": fields}, "rows": cells}
    lines = written(tmp_path / "a.jsonl", rows)
    document = written(tmp_path / "b.json", json.dumps(envelope))
    found = charges(tmp_path, sample, lines, document)
    assert found == [found[0]] * 3


def test_a_quantity_of_blocks_is_told_by_its_price(tmp_path: Path) -> None:
    header = ("BilledCost,BillingCurrency,ChargeCategory,ChargePeriodStart,ConsumedQuantity,"
              "ConsumedUnit,EffectiveCost,InvoiceIssuerName,ListCost,ListUnitPrice,PricingQuantity,"
              "PricingUnit,ServiceName,x_SkuMeterName")  # fmt: skip
    end = "Units,Azure OpenAI,gpt 4o 1120 Inp glbl Tokens"
    rows = ("1.05,USD,Usage,2026-08-03,420,Units,1.05,Microsoft,0.00105,0.0025,0.42",
            "1.05,USD,Usage,2026-08-03,420000,Units,1.05,Microsoft,1.05,0.0025,420")  # fmt: skip
    text = f"{header}\n{rows[0]},{end}\n{rows[1]},{end}\n"
    found = take(tmp_path, written(tmp_path / "bill.csv", text))["charges"]
    assert [row["quantity"] for row in found] == [Decimal(420000)] * 2
    assert {row["list_cost"] for row in found} == {None, Decimal("1.05")}


def test_a_legacy_report_says_the_same_as_the_new_one(tmp_path: Path) -> None:
    header, *rest = (SAMPLES / "aws-cur" / "sample.csv").read_text("utf-8").splitlines()
    names = header.split(",")
    for room, prefix in (("lineItem", "line_item_"), ("bill", "bill_"), ("pricing", "pricing_")):
        names = [_legacy(name, room, prefix) for name in names]
    legacy = written(tmp_path / "cur.csv", "\n".join([",".join(names), *rest]) + "\n")
    old, new = charges(tmp_path, legacy, SAMPLES / "aws-cur" / "sample.csv")
    assert old == new


def _legacy(name: str, room: str, prefix: str) -> str:
    if not name.startswith(prefix):
        return name
    words = [word.capitalize() for word in name.removeprefix(prefix).split("_")]
    joined = "".join(words)
    return f"{room}/{joined[0].lower() + joined[1:] if room == 'pricing' else joined}"


def test_a_promotion_is_a_line_of_its_own_and_a_discount_is_a_price(tmp_path: Path) -> None:
    row = json.loads(
        (SAMPLES / "google-billing-export" / "sample.jsonl").read_text().splitlines()[0]
    )
    usage, credit = take(tmp_path, written(tmp_path / "bill.jsonl", [row]))["charges"]
    assert (usage["list_cost"], usage["billed_cost"]) == (Decimal(1), Decimal("0.60"))
    assert (credit["category"], credit["billed_cost"]) == ("credit", Decimal("-0.10"))
    flat = {"billing_account_id": "1", "service_description": "Gemini API",
            "sku_description": row["sku"]["description"], "cost": "0.75", "credits": "-0.25",
            "usage_start_time": "2026-08-03 09:00:00 UTC", "currency": "USD"}  # fmt: skip
    table = ",".join(flat) + "\n" + ",".join(flat.values()) + "\n"
    assert take(tmp_path, written(tmp_path / "a.csv", table)).totals()["billed"] == Decimal("0.5")


def test_actual_beside_amortized_bills_each_line_once(tmp_path: Path) -> None:
    header, used, _, _, covered, unused, _ = (
        (SAMPLES / "azure-costs" / "sample.csv").read_text("utf-8").splitlines()
    )
    free = covered.replace(",24,0.5,12,", ",24,0,0,")
    bought = used.replace("Usage", "Purchase").replace("1.05125", "400").replace("m-1", "m-8")
    actual = written(tmp_path / "in" / "actual.csv", f"{header}\n{used}\n{free}\n{bought}\n")
    written(tmp_path / "in" / "amortized.csv", f"{header}\n{used}\n{covered}\n{unused}\n")
    assert take(tmp_path, actual).totals()["billed"] == Decimal("401.05125")
    both = take(tmp_path, tmp_path / "in")
    assert both.totals()["billed"] == Decimal("401.05125")


def test_a_report_of_a_single_day_takes_it_from_its_name(tmp_path: Path) -> None:
    header, first, *_ = (SAMPLES / "google-billing-reports" / "sample.csv").read_text().splitlines()
    text = "\n".join([header.partition(",")[2], first.partition(",")[2], ""])
    (charge,) = take(tmp_path, written(tmp_path / "report_2026-08-03.csv", text))["charges"]
    assert str(charge["charge_start"]) == "2026-08-03 07:00:00"
    assert take(tmp_path, written(tmp_path / "report.csv", text)).reasons() == {"no time": 1}


def test_counts_in_a_body_are_not_counts_of_the_log(tmp_path: Path) -> None:
    log = json.loads((SAMPLES / "bedrock-invocations" / "sample.jsonl").read_text().splitlines()[0])
    log["input"]["inputBodyJson"]["inputTokenCount"] = 999
    log["input"]["inputBodyJson"]["messages"][0]["content"][0]["text"] = '{"inputTokenCount": 999}'
    log["output"]["outputBodyJson"]["usage"] = {"cache_creation": {"ephemeral_1h_input_tokens": 9}}
    (call,) = take(tmp_path, written(tmp_path / "log.jsonl", [log]))["calls"]
    assert (call["input_uncached"], call["cache_read"]) == (120, 2000)
    assert call["invalid"] == "cache writes above their total"


def test_a_log_line_inside_of_a_log_is_read_from_every_wrapper(tmp_path: Path) -> None:
    lines = (SAMPLES / "bedrock-invocations" / "sample.jsonl").read_text("utf-8").splitlines()[:2]
    shapes = {
        "filtered": json.dumps({"events": [{"message": line} for line in lines]}),
        "found": json.dumps({"results": [[{"field": "@message", "value": x}] for x in lines]}),
        "lines": "".join(json.dumps({"@message": json.loads(x)}) + "\n" for x in lines),
    }
    for shape, text in shapes.items():
        totals = take(tmp_path, written(tmp_path / f"{shape}.json", text)).totals()
        assert (totals["input_uncached"], totals["output"]) == (160, 28), shape
        assert (totals["cache_write_5m"], totals["cache_write_1h"]) == (500, 1000), shape


@needs_shared
def test_the_shared_samples_of_the_clouds_have_their_expected_totals(tmp_path: Path) -> None:
    files = json.loads((EXPORTS / "EXPECTED.json").read_text("utf-8"))["files"]
    rooms = ("azure", "bedrock", "focus", "google")
    whole = take(tmp_path, *(EXPORTS / room for room in rooms))
    assert {Path(name).name for name in whole.intake.unrecognised} == {
        Path(n).name for n, told in files.items() if n.startswith(rooms) and told.get("list")
    }
    read = {source["file"]: source for source in whole["sources"]}
    ours = {Path(n).name: told for n, told in files.items() if n.startswith(rooms)}
    assert len(read) > 15
    for file, source in read.items():
        one = {t: [row for row in rows if row.get("source_id") == source["source_id"]]
               for t, rows in whole.tables.items()}  # fmt: skip
        _check(Taken(one, whole.intake), ours[file])


def _check(taken: Taken, expected: dict[str, Any]) -> None:
    if expected.get("null_ok") and not taken["charges"]:
        assert taken.reasons() == {"another service": expected.get("rows", 2)}
        return
    check(taken, expected)
    if "money" in expected:
        code, stated = expected["money"].split()
        assert {row["currency"] for row in taken["charges"]} == {code}
        assert abs(taken.totals()["billed"] - Decimal(stated)) < Decimal("1e-10")
