"""The tables of an audit, made by SQL and read into the ledger with exact dollars."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from aiaudit.errors import IntegrityError
from aiaudit.ledger import Table, dollars
from aiaudit.resources import statement

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aiaudit.engine import Engine
    from aiaudit.ledger import Fact

_UNITS: Final = {
    "requests": "requests", "input_uncached": "tokens", "cache_read": "tokens",
    "cache_write_5m": "tokens", "cache_write_1h": "tokens", "output": "tokens",
    "web_searches": "searches", "weekday": "number", "rank": "number", "order": "number",
    "share": "ratio", "running_share": "ratio", "trust": "ratio", "harm_high": "ratio",
    "covered_share": "ratio", "tokens": "tokens", "tokens_before": "tokens",
    "tokens_after": "tokens", "rows": "rows", "rows_before": "rows", "rows_after": "rows",
    "counted": "number", "metered": "number",
}  # fmt: skip
_MONEY: Final = (
    "cost", "savings", "saving", "first_in", "in_order", "last_in", "likely", "expected", "excess",
    "break_even", "target_cost", "right_sized", "logged", "export_only", "billed", "difference",
    "quantity_difference", "service_tier", "rate_difference", "rounding", "no_price", "prepaid",
    "unexplained", "failed_but_billed", "accrued", "prior_period", "credits", "refunds", "tax",
    "purchases", "charged", "invoice", "over", "under", "amount",
)  # fmt: skip
PLAIN: Final = ("statement", "tiers", "tier_flow", "models", "baseline")


def unit(column: str) -> str:
    """Return the unit of a column by its name."""
    if column in _UNITS:
        return _UNITS[column]
    return "USD" if column.startswith(_MONEY) else "text"


def table(
    columns: Sequence[str], records: Sequence[Mapping[str, Any]], reason: str | None = None
) -> Table:
    """Return records as a ledger table; columns that end in `_pico` become dollars."""
    rows = tuple(tuple(_cell(record, name) for name in columns) for record in records)
    return Table(
        columns=tuple((name, unit(name)) for name in columns),
        rows=rows,
        reason=None if rows else reason or "no priced calls",
    )


def make(engine: Engine, name: str) -> list[dict[str, Any]]:
    """Make the table of this name from its statement and return its rows, in their order."""
    engine.create(name, statement(name))
    return engine.rows(f"SELECT * FROM {name}")


def plain(engine: Engine) -> dict[str, Table]:
    """Return the tables that are one statement each."""
    found = {}
    for name in PLAIN:
        records = make(engine, name)
        columns = [c.removesuffix("_pico") for c in engine.columns(name)]
        found[name] = table(columns, records)
    return found


def tie(tables: Mapping[str, Table], listed: Fact) -> None:
    """Raise IntegrityError unless every view of the cost adds up to `cost.list`, exactly."""
    for name in ("statement", "tiers", "daily", "models"):
        total = tables[name].total("cost_list")
        if total != listed.value:
            raise IntegrityError(f"the table {name} adds up to {total}, not {listed.value}")


def _cell(record: Mapping[str, Any], name: str) -> Any:  # noqa: ANN401
    if f"{name}_pico" in record:
        return dollars(record[f"{name}_pico"])
    value = record[name]
    return value.isoformat() if isinstance(value, date) else value
