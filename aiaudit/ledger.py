"""Facts and tables: what an audit found, as one document that every report is made from.

`audit.schema.json` beside this file describes the document.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, Final

from aiaudit.errors import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SCHEMA: Final = "aiaudit.audit/1"
PICO: Final = Decimal("1e-12")

Value = Decimal | int | str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A figure with its origin; when it could not be measured, None and the reason.

    Money is a Decimal in USD, exact to the pico-dollar; counts are integers.
    """

    value: Value
    unit: str
    step: str
    rows: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of a report: columns with units, and a reason when there is no data."""

    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[Any, ...], ...] = ()
    reason: str | None = None

    def records(self) -> list[dict[str, Any]]:
        """Return each row as a dictionary by column name."""
        names = [name for name, _ in self.columns]
        return [dict(zip(names, row, strict=True)) for row in self.rows]

    def total(self, column: str) -> Decimal:
        """Return the exact sum of a money column; blanks count as nothing."""
        return sum((r[column] for r in self.records() if r[column] is not None), Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """One audit: how it was made, what went in, every fact and table, and the trail behind them."""

    run: Mapping[str, Any]
    sources: tuple[Mapping[str, Any], ...]
    coverage: Mapping[str, Any]
    facts: Mapping[str, Fact]
    steps: Mapping[str, Mapping[str, Any]]
    tables: Mapping[str, Table] = field(default_factory=dict)

    def money(self, key: str) -> Decimal | None:
        """Return a money fact, or None when it is absent or could not be measured."""
        fact = self.facts.get(key)
        return fact.value if fact and isinstance(fact.value, Decimal) else None

    def count(self, key: str) -> int | None:
        """Return a count, or None when it is absent or could not be measured."""
        fact = self.facts.get(key)
        return fact.value if fact and isinstance(fact.value, int) else None


def dollars(pico: int | Decimal | None) -> Decimal | None:
    """Return pico-dollars as exact dollars."""
    return None if pico is None else Decimal(pico) * PICO


def plain(value: Decimal) -> str:
    """Return an amount as plain digits with at least twelve decimals, as audit.json holds it."""
    exponent = value.as_tuple().exponent
    places = max(12, -exponent) if isinstance(exponent, int) else 12
    return f"{value:.{places}f}"


def rounded(value: Decimal, places: int = 2) -> Decimal:
    """Return an amount rounded half up, for display only."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def to_json(audit: Audit) -> str:
    """Return the audit as JSON: the same bytes for the same audit, money as strings."""
    document = {
        "schema": SCHEMA,
        "run": audit.run,
        "sources": list(audit.sources),
        "coverage": audit.coverage,
        "facts": {key: _fact(fact) for key, fact in audit.facts.items()},
        "steps": audit.steps,
        "tables": {name: _table(table) for name, table in audit.tables.items()},
    }
    return json.dumps(document, indent=1, sort_keys=True, default=_plain, ensure_ascii=False) + "\n"


def from_json(text: str) -> Audit:
    """Return the audit that a document holds.

    Raises:
        UnreadableError: it is not an audit, or one of another major version.
    """
    try:
        document = json.loads(text)
        schema = document["schema"]
    except (ValueError, TypeError, KeyError) as error:
        raise UnreadableError("this is not an audit.json that aiaudit wrote") from error
    if schema != SCHEMA:
        raise UnreadableError(f"this audit has the schema {schema!r}; this version reads {SCHEMA}")
    try:
        return Audit(
            run=document["run"],
            sources=tuple(document["sources"]),
            coverage=document["coverage"],
            facts={key: _fact_of(value) for key, value in document["facts"].items()},
            steps=document["steps"],
            tables={key: _table_of(value) for key, value in document["tables"].items()},
        )
    except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
        raise UnreadableError(
            "this audit.json is damaged: a part is missing or malformed"
        ) from error


def read(path: Path) -> Audit:
    """Return the audit in a file; raise UnreadableError when there is none."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError(f"{path.name} cannot be read") from error
    return from_json(text)


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return plain(value)
    return str(value)


def _fact(fact: Fact) -> dict[str, Any]:
    document: dict[str, Any] = {"value": fact.value, "unit": fact.unit, "step": fact.step}
    if fact.rows is not None:
        document["rows"] = fact.rows
    if fact.reason is not None:
        document["reason"] = fact.reason
    return document


def _fact_of(document: Mapping[str, Any]) -> Fact:
    return Fact(
        value=_value(document["value"], document["unit"]),
        unit=document["unit"],
        step=document["step"],
        rows=document.get("rows"),
        reason=document.get("reason"),
    )


def _table(table: Table) -> dict[str, Any]:
    columns = [{"name": name, "unit": unit} for name, unit in table.columns]
    document: dict[str, Any] = {"columns": columns, "rows": [list(row) for row in table.rows]}
    if table.reason is not None:
        document["reason"] = table.reason
    return document


def _table_of(document: Mapping[str, Any]) -> Table:
    columns = tuple((column["name"], column["unit"]) for column in document["columns"])
    units = [unit for _, unit in columns]
    rows = tuple(
        tuple(_value(cell, unit) for cell, unit in zip(row, units, strict=True))
        for row in document["rows"]
    )
    return Table(columns=columns, rows=rows, reason=document.get("reason"))


def _value(value: Any, unit: str) -> Any:  # noqa: ANN401
    return Decimal(value) if isinstance(value, str) and unit in {"USD", "ratio"} else value
