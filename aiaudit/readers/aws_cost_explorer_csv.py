"""AWS Cost Explorer as downloaded from the console: a row per period, a column per service."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from aiaudit.readers.aws_cost_explorer import COLUMNS
from aiaudit.readers.bill_text import bill
from aiaudit.readers.money import currency_code, plain_number
from aiaudit.readers.reader import Reader
from aiaudit.resources import statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.readers.reader import Export, Flat

_COLUMN: Final = re.compile(r"(.+?) ?\(([^()]{1,4})\)")
_DIMENSIONS: Final = {
    "usage type": "usage_type", "linked account": "account", "region": "region",
    "api operation": "operation", "charge type": "record_type",
}  # fmt: skip
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def _claims(record: Export) -> bool:
    return any(name.lower().startswith("total costs") for name in record) and all(
        _COLUMN.fullmatch(name) for name in list(record)[1:]
    )


def _rows(record: Export) -> Iterator[Flat]:
    first, *columns = record
    dimension = _DIMENSIONS.get(first.strip().lower(), "service")
    when = str(record[first] or "").strip()
    if not _DAY.match(when):
        # The first row repeats the columns' totals; anything else has no day of its own.
        yield {"whole": "true"} if "total" in when.lower() else {"unblended": "0"}
        return
    cells = [_cell(record, name, dimension) for name in columns]
    start: Flat = {"period_start": when}
    yield from (start | cell for cell in cells if cell)
    if not any(cells):
        yield {"period_start": when, "idle": "true"}


def _cell(record: Export, name: str, dimension: str) -> Flat | None:
    found = _COLUMN.fullmatch(name)
    stated = plain_number(record[name])
    if not found or not stated:
        return None
    money: Flat = {"unblended": stated, "currency": currency_code(found[2])}
    if found[1].strip().lower() in {"total costs", "total cost"}:
        return money | {"whole": "true"}
    return money | {dimension: found[1]}


READER = Reader(
    id="aws-cost-explorer-csv",
    family="aws-cost-explorer",
    title="AWS Cost Explorer, console download (CSV)",
    carries="cost per period and service or usage type",
    found_by="a column Total costs($), all others but the first with a currency",
    grain="charge",
    holds="table",
    verified=False,
    signature=frozenset({"total costs($)"}),
    columns=COLUMNS,
    select=bill(statement("aws_cost_explorer")),
    rows=_rows,
    unfolds=True,
    claims=_claims,
)
