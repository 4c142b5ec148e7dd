"""The states that an audit may be in, each made from the invented month; every one renders."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import pytest
from test_report_month import month, renamed, with_facts, with_rows

from aiaudit.ledger import Audit, Table
from aiaudit.report import html
from aiaudit.report.model import view

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

D: Final = Decimal
EMPTY: Final = Table(columns=(), reason="no call in the period")


def empty() -> Audit:
    """Return an audit of files without a call in the period."""
    audit = month()
    nothing = {k: f.value and type(f.value)(0) for k, f in audit.facts.items()}
    audit = with_facts(audit, {k: v for k, v in nothing.items() if not isinstance(v, str)})
    audit = with_facts(audit, {"cost.per_call": None, "harm.budget_used": None})
    tables = dict.fromkeys(audit.tables, EMPTY)
    run = {**audit.run, "period": {"start": None, "end": None, "timezone": "UTC"}}
    return replace(audit, run=run, tables=tables, sources=(), coverage={"unpriced": []})


def one_call() -> Audit:
    """Return an audit of a single cheap call that no lever changes."""
    audit = empty()
    cost = D("0.012345678901")
    counts = {"requests.total": 1, "requests.priced": 1, "calls.above_need": 0}
    costs = dict.fromkeys(
        ("cost.list", "cost.contracted", "cost.right_sized", "cost.after_headline",
         "cost.per_call"), cost,
    )  # fmt: skip
    audit = with_facts(audit, {**counts, **costs})
    same = {"requests": 1, "cost_list": cost, "cost_contracted": cost, "cost_right_sized": cost}
    row = {"kind": "work", "needed_tier": "micro", "use_case": "ping", **same, "savings": D(0)}
    blank = {"expected": None, "excess": None, "cause": None}
    day = {"day": "2025-10-03", "weekday": 4, **same, **blank}
    flow = {"served_tier": "micro", "needed_tier": "micro", "requests": 1, "cost_list": cost}
    tables = {
        name: _one(row) for name, row in (("statement", row), ("daily", day), ("tier_flow", flow))
    }
    period = {"start": "2025-10-03", "end": "2025-10-04", "timezone": "UTC"}
    return replace(audit, run={**audit.run, "period": period}, tables={**audit.tables, **tables})


def _one(row: Mapping[str, Any]) -> Table:
    unit = {"requests": "requests", "weekday": "number"}
    money = ("cost", "savings", "expected", "excess")
    columns = tuple((n, "USD" if n.startswith(money) else unit.get(n, "text")) for n in row)
    return Table(columns=columns, rows=(tuple(row.values()),))


def unsupported() -> Audit:
    """Return the month when nothing is supported: all that the levers save is untested."""
    audit = month()
    zero = dict.fromkeys(
        ("savings.calculated", "savings.likely", "savings.likely_low", "savings.likely_high",
         "savings.headline", "harm.budget_used"), D(0),
    )  # fmt: skip
    untested = {
        "savings.untested": audit.money("savings.total"),
        "cost.after_headline": audit.money("cost.contracted"),
    }
    audit = with_facts(audit, {**zero, **untested})
    table = audit.tables["moves"]
    routes = replace(table, rows=tuple(r for r in table.rows if r[0] == "route"))
    audit = replace(audit, tables={**audit.tables, "moves": routes})
    blank = {"class": "untested", "likely_low": D(0), "likely_high": D(0)}
    return with_rows(audit, "moves", lambda r: {**r, **blank})


def negative() -> Audit:
    """Return the month when some of the work needs dearer models than it was given."""
    audit = month()
    cost, more = audit.money("cost.contracted"), D("4210.5")
    assert cost is not None
    zero = dict.fromkeys(
        ("savings.avoid", "savings.router", "savings.calculated", "savings.untested"), D(0)
    )
    same = dict.fromkeys(
        ("savings.total", "savings.route", "savings.likely", "savings.likely_low",
         "savings.likely_high", "savings.headline"), -more,
    )  # fmt: skip
    after = dict.fromkeys(("cost.right_sized", "cost.after_headline"), cost + more)
    audit = with_facts(audit, {**zero, **same, **after})
    routed = {"first_in": -more, "in_order": -more, "last_in": -more}
    nothing = dict.fromkeys(routed, D(0))
    audit = with_rows(
        audit, "levers", lambda r: {**r, **(routed if r["lever"] == "route" else nothing)}
    )

    def dearer(row: dict[str, Any]) -> dict[str, Any]:
        add = more if row["use_case"] == "email-triage" else D(0)
        return {**row, "cost_right_sized": row["cost_contracted"] + add, "savings": -add}

    audit = with_rows(audit, "statement", dearer)
    none = Table(columns=(), reason="no lever saves anything")
    return replace(audit, tables={**audit.tables, "moves": none})


def unreconciled() -> Audit:
    """Return the month when what was billed is far from what the calls cost."""

    def off(row: dict[str, Any]) -> dict[str, Any]:
        gap = row["expected"] * D("0.08")
        return {**row, "billed": row["expected"] + gap, "difference": gap, "state": "off"}

    return with_rows(month(), "reconciliation", off)


def no_charges() -> Audit:
    """Return the month when no cost export was given."""
    blank = {"billed": None, "difference": None, "state": "no charges"}
    audit = with_rows(month(), "reconciliation", lambda row: {**row, **blank})
    return with_facts(audit, {"cost.billed": None})


def two_hundred() -> Audit:
    """Return the month with its use cases split into two hundred, the sums kept exact."""
    audit = month()
    for name in ("statement", "use_cases"):
        table = audit.tables[name]
        place = [column for column, _ in table.columns].index("use_case")
        rows = [row for row in table.rows if row[place] is not None]
        rows = rows[:13] if name == "use_cases" else rows
        more = tuple(_part(row, place, i) for row in rows for i in range(16))
        kept = tuple(row for row in table.rows if row not in rows)
        audit = replace(audit, tables={**audit.tables, name: replace(table, rows=more + kept)})
    return audit


def _part(row: tuple[Any, ...], place: int, number: int) -> tuple[Any, ...]:
    """Return a sixteenth of a row; sixteenths of twelve decimals are exact in sixteen."""
    cells = [cell / 16 if isinstance(cell, Decimal) else cell for cell in row]
    cells[place] = f"{row[place]}-{number:02}"
    return tuple(cells)


def long_names() -> Audit:
    """Return the month with names of 400 characters."""
    return renamed(month(), lambda text: (text + "-extended" * 50)[:400])


def right_to_left() -> Audit:
    """Return the month with names in Hebrew and Arabic letters."""
    return renamed(month(), lambda text: f"שירות {len(text)} خدمة {text[:3]}")


STATES: Final[dict[str, Callable[[], Audit]]] = {
    "month": month, "empty": empty, "one call": one_call, "unsupported": unsupported,
    "negative": negative, "unreconciled": unreconciled, "no charges": no_charges,
    "two hundred": two_hundred, "long names": long_names, "right to left": right_to_left,
}  # fmt: skip


@pytest.mark.parametrize("state", STATES)
def test_every_state_renders_to_the_same_small_page_twice(state: str) -> None:
    text = html.render(view(STATES[state]()))
    assert text == html.render(view(STATES[state]()))
    assert len(text.encode()) < 600_000
    assert not re.search(r"\b(None|NaN|null|undefined)\b", text.split("<script>")[0])
