"""The invented month that reports are tried on: its sums are exact, and it can be changed."""

from __future__ import annotations

import runpy
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from aiaudit import ledger
from aiaudit.ledger import Audit, Fact

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FOLDER: Final = Path(__file__).parent / "report"
D: Final = Decimal


def month() -> Audit:
    """Return the invented month."""
    return ledger.read(FOLDER / "audit.json")


def with_facts(audit: Audit, values: Mapping[str, Decimal | int | None]) -> Audit:
    """Return the audit with other values of some facts."""
    facts = dict(audit.facts)
    for key, value in values.items():
        known = facts.get(key)
        step = known.step if known else "costed"
        unit = known.unit if known else "USD"
        facts[key] = Fact(value=value, unit=unit, step=step, reason=known.reason if known else None)
    return replace(audit, facts=facts)


def with_rows(audit: Audit, name: str, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Audit:
    """Return the audit with each row of a table changed."""
    table = audit.tables[name]
    changed = [change(row) for row in table.records()]
    rows = tuple(tuple(row[n] for n, _ in table.columns) for row in changed)
    return replace(audit, tables={**audit.tables, name: replace(table, rows=rows)})


def renamed(audit: Audit, change: Callable[[str], str]) -> Audit:
    """Return the audit with every name of a use case, an owner and a model changed."""
    names = {"use_case", "owner", "model", "offering", "from_model", "to_model"}
    for table in audit.tables:
        audit = with_rows(
            audit,
            table,
            lambda row: {k: change(v) if k in names and v else v for k, v in row.items()},
        )
    sources = tuple({**s, "file": change(str(s["file"]))} for s in audit.sources)
    return replace(audit, sources=sources, run={**audit.run, "client": change("Halden Freight")})


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> Audit:
    """Return the month as its script builds it."""
    monkeypatch.syspath_prepend(FOLDER)
    built: Audit = runpy.run_path(str(FOLDER / "make_audit.py"))["build"]()
    return built


def test_the_file_is_what_its_script_builds(built: Audit) -> None:
    assert ledger.to_json(built) == (FOLDER / "audit.json").read_text("utf-8")


@pytest.mark.parametrize("name", ["statement", "tiers", "daily", "models"])
def test_every_view_of_the_month_adds_up_to_its_cost(name: str) -> None:
    assert month().tables[name].total("cost_list") == month().money("cost.list")


def test_levers_and_classes_of_the_month_add_up_to_the_total() -> None:
    audit = month()
    classes = ("calculated", "tested", "likely", "untested")
    total = audit.money("savings.total")
    assert audit.tables["levers"].total("in_order") == total
    assert sum((audit.money(f"savings.{key}") or D(0) for key in classes), D(0)) == total
    assert audit.tables["statement"].total("savings") == total
