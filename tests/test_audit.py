"""The laws of an audit, over the sample company's whole month."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from aiaudit import audit, ledger
from aiaudit.audit.output import claimed
from aiaudit.errors import UsageError
from aiaudit.resources import shipped
from aiaudit.settings import Flags, load

SAMPLES = Path(str(shipped("sample_logs")))
FILES = sorted(p for p in SAMPLES.rglob("*") if p.is_file() and p.suffix != ".yaml")
WRITTEN = ("audit.json", "report.html", "report.md")


def run(inputs: tuple[Path, ...], output: Path) -> ledger.Audit:
    flags = Flags(inputs=inputs, output=output)
    return audit.run(load(flags, config=SAMPLES / "aiaudit.yaml", environ={})).audit


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("audit")


@pytest.fixture(scope="module")
def found(folder: Path) -> ledger.Audit:
    return run(tuple(FILES), folder / "once")


def test_every_row_of_every_file_is_accounted_for(found: ledger.Audit) -> None:
    assert len(found.sources) == len(FILES)
    for source in found.sources:
        accounted = sum(source[k] for k in ("loaded", "duplicates", "rejected", "ignored"))
        assert source["rows_read"] == accounted, source["file"]
        assert sum(source["reasons"].values()) == accounted - source["loaded"], source["file"]


@pytest.mark.parametrize("table", ["statement", "tiers", "daily", "models"])
def test_every_view_adds_up_to_the_list_cost(table: str, found: ledger.Audit) -> None:
    assert found.tables[table].total("cost_list") == found.money("cost.list")


@pytest.mark.parametrize("table", ["statement", "tiers", "daily"])
def test_every_view_adds_up_to_the_right_sized_cost(table: str, found: ledger.Audit) -> None:
    assert found.tables[table].total("cost_right_sized") == found.money("cost.right_sized")


def test_levers_and_classes_add_up_to_the_saving(found: ledger.Audit) -> None:
    total = found.money("savings.total")
    assert total
    assert found.tables["levers"].total("in_order") == total
    parts = [found.money(f"savings.{k}") for k in ("calculated", "tested", "likely", "untested")]
    assert sum((p for p in parts if p is not None), Decimal(0)) == total
    assert found.tables["statement"].total("savings") == total
    contracted, right_sized = found.money("cost.contracted"), found.money("cost.right_sized")
    assert contracted is not None
    assert right_sized is not None
    assert contracted - total == right_sized


def test_the_headline_is_neither_empty_nor_boastful(found: ledger.Audit) -> None:
    headline, total = found.money("savings.headline"), found.money("savings.total")
    assert headline is not None
    assert total is not None
    assert 0 < headline < total


def test_no_move_saves_more_than_the_cost_that_it_addresses(found: ledger.Audit) -> None:
    moves = found.tables["moves"].records()
    assert moves
    for move in moves:
        assert move["saving"] <= move["cost_contracted"], move


def test_requests_are_priced_or_listed(found: ledger.Audit) -> None:
    counts = [found.count(f"requests.{key}") for key in ("total", "priced", "unpriced")]
    assert counts[0] == (counts[1] or 0) + (counts[2] or 0)
    listed = sum(model["requests"] for model in found.coverage["unpriced"])
    assert listed == counts[2]
    assert listed > 0


def test_the_same_bytes_come_out_again_and_in_any_order(folder: Path, found: ledger.Audit) -> None:
    assert found
    run(tuple(reversed(FILES)), folder / "again")
    for name in WRITTEN:
        once, again = (folder / run_ / name for run_ in ("once", "again"))
        assert once.read_bytes() == again.read_bytes(), name


def test_a_file_given_twice_changes_no_total(folder: Path, found: ledger.Audit) -> None:
    copies = folder / "copies"
    copies.mkdir()
    for file in FILES[:2]:
        shutil.copy(file, copies / f"copy_of_{file.name}")
    twice = run((*FILES, copies), folder / "twice")
    assert {k: f.value for k, f in twice.facts.items()} == {
        k: f.value for k, f in found.facts.items()
    }
    for name, table in found.tables.items():
        assert twice.tables[name].rows == table.rows, name


def test_an_audit_reads_back_as_it_was_written(folder: Path, found: ledger.Audit) -> None:
    text = (folder / "once" / "audit.json").read_text("utf-8")
    assert ledger.to_json(ledger.from_json(text)) == text
    assert set(json.loads(text)["facts"]) == set(found.facts)


def test_an_audit_is_as_its_schema_says(folder: Path, found: ledger.Audit) -> None:
    assert found
    schema = json.loads((files("aiaudit") / "audit.schema.json").read_text("utf-8"))
    document = json.loads((folder / "once" / "audit.json").read_text("utf-8"))
    validator = Draft202012Validator(schema)
    assert [error.message for error in validator.iter_errors(document)] == []
    for broken in (
        {"value": 1.5, "unit": "USD", "step": "totals"},
        {"value": "1.5", "unit": "USD", "step": "totals"},
        {"value": None, "unit": "USD", "step": "totals"},
    ):
        document["facts"]["cost.list"] = broken
        assert not validator.is_valid(document)


def test_every_fact_names_a_step_whose_statement_is_there(found: ledger.Audit) -> None:
    assert {fact.step for fact in found.facts.values()} <= set(found.steps)


def test_nothing_of_this_machine_is_in_what_is_written(folder: Path, found: ledger.Audit) -> None:
    assert found
    for name in WRITTEN:
        text = (folder / "once" / name).read_text("utf-8")
        assert str(folder) not in text
        assert str(SAMPLES) not in text


def test_two_runs_do_not_write_into_one_folder(tmp_path: Path) -> None:
    with claimed(tmp_path / "out"), pytest.raises(UsageError, match="another run is writing"):
        run(tuple(FILES[:1]), tmp_path / "out")


@pytest.mark.parametrize("blocked", ["out", "out/audit.duckdb/in-the-way"])
def test_an_output_that_cannot_be_written_is_said(blocked: str, tmp_path: Path) -> None:
    (tmp_path / blocked).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / blocked).touch()
    with pytest.raises(UsageError, match="out"):
        run(tuple(FILES[:1]), tmp_path / "out")
