"""Calls against charges by account, model, day and counter: what each line's difference is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from aiaudit.ledger import dollars
from aiaudit.pricing import cost
from aiaudit.reconcile.difference import PARTS, ZERO, Ours, Theirs, Why, why
from aiaudit.resources import statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from decimal import Decimal

    from aiaudit.engine import Engine

COLUMNS: Final = (
    "provider", "billing_account", "offering", "day", "token_class", "counted", "metered",
    "expected", "billed", "difference", *PARTS,
)  # fmt: skip
_Cell = tuple[str | None, str | None]  # model and counter; None covers all that no other cell does
_ALL: Final[_Cell] = (None, None)


@dataclass(slots=True)
class _Day:
    """What we count and what is billed of one provider, account and day, by model and counter."""

    ours: dict[_Cell, list[Ours]] = field(default_factory=lambda: defaultdict(list))
    theirs: dict[_Cell, list[Theirs]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One model and counter of a day, as we count it, as it is billed, and why that differs."""

    provider: str
    account: str | None
    day: date
    offering: str | None
    token_class: str | None
    counted: int | None
    metered: int | None
    expected: Decimal
    billed: Decimal | None
    why: Why


def lines(engine: Engine) -> tuple[Line, ...]:
    """Return every line of days that have usage charges; leaves the tables that they rest on."""
    engine.create("class_costs", statement("class_costs"))
    engine.create("charge_groups", statement("charge_groups"), key=("call_id",))
    engine.create("charged_usage", statement("charged_usage"), temporary=True)
    cost(engine, "charged_usage", into="costed_charges")
    days = _billed(engine)
    for row in engine.rows("SELECT * FROM class_costs ORDER BY ALL"):
        if day := days.get((row["provider"], row["account"], row["day"])):
            _count(day, row)
    found = (_lines(key, day) for key, day in sorted(days.items()))
    return tuple(line for of_day in found for line in of_day)


def _billed(engine: Engine) -> dict[tuple[str, str, date], _Day]:
    """Return what is billed on each day, nothing counted yet."""
    lacking = {
        (row["provider"], row["name"])
        for row in engine.rows(
            "SELECT DISTINCT provider, coalesce(offering, model_raw) AS name FROM workload"
            " WHERE price_status <> 'priced'"
        )
    }
    days: dict[tuple[str, str, date], _Day] = defaultdict(_Day)
    for row in engine.rows(
        "SELECT g.*, k.contracted_pico FROM charge_groups AS g LEFT JOIN costed_charges AS k"
        " ON k.call_id = g.call_id AND k.status = 'priced' ORDER BY g.call_id"
    ):
        unpriced = (row["provider"], row["offering"]) in lacking
        priced = not row["offering"] or (row["identified"] and not unpriced)
        _bill(days[row["provider"], row["account"], row["day"]], row, priced=priced)
    for day in days.values():
        if day.theirs.keys() == {_ALL}:
            day.theirs[_ALL] = [replace(t, known=True) for t in day.theirs[_ALL]]
    return days


def records(found: Iterable[Line]) -> list[dict[str, Any]]:
    """Return lines as the rows of a table; what names nothing stands for all of its kind."""
    return [
        {
            "provider": line.provider,
            "billing_account": line.account,
            "offering": line.offering,
            "day": line.day,
            "token_class": line.token_class,
            "counted": line.counted,
            "metered": line.metered,
            "expected": line.expected,
            "billed": line.billed,
            "difference": line.why.total,
            **{name: getattr(line.why, name) for name in PARTS},
        }
        for line in found
    ]


def _bill(day: _Day, row: Mapping[str, Any], *, priced: bool) -> None:
    worth, quantity = dollars(row["contracted_pico"]), row["quantity"]
    day.theirs[row["offering"], row["token_class"]].append(
        Theirs(
            rate_class=row["rate_class"],
            lines=row["lines"],
            billed=row["billed"],
            charged=row["charged"],
            quantity=None if quantity is None else int(quantity),
            worth=worth,
            known=bool(row["offering"] or row["token_class"]),
            priced=priced,
        )
    )


def _count(day: _Day, row: Mapping[str, Any]) -> None:
    day.ours[_cell(day, row["offering"], row["token_class"])].append(
        Ours(
            rate_class=row["rate_class"],
            quantity=int(row["quantity"]),
            cost=dollars(row["pico"]) or ZERO,
        )
    )


def _cell(day: _Day, offering: str, token_class: str) -> _Cell:
    """Return the closest of the billed cells that may hold a counter of ours, or its own."""
    if (offering, token_class) in day.theirs:
        return offering, token_class
    if (offering, None) in day.theirs and not any(
        name == offering and counter for name, counter in day.theirs
    ):
        return offering, None
    if (None, token_class) in day.theirs and not any(
        name and counter == token_class for name, counter in day.theirs
    ):
        return None, token_class
    if day.theirs.keys() == {_ALL}:
        return _ALL
    return offering, token_class


def _lines(key: tuple[str, str, date], day: _Day) -> Iterable[Line]:
    provider, account, when = key
    for cell in sorted({*day.ours, *day.theirs}, key=str):
        offering, token_class = cell
        ours, theirs = day.ours.get(cell, []), day.theirs.get(cell, [])
        one = token_class is not None
        yield Line(
            provider=provider,
            account=account or None,
            day=when,
            offering=offering,
            token_class=token_class,
            counted=sum(o.quantity for o in ours) if one else None,
            metered=_metered(theirs) if one else None,
            expected=sum((o.cost for o in ours), ZERO),
            billed=sum((t.billed for t in theirs), ZERO) if theirs else None,
            why=why(ours, theirs, one_counter=one),
        )


def _metered(theirs: list[Theirs]) -> int | None:
    known = [t.quantity for t in theirs if t.quantity is not None]
    return sum(known) if known and len(known) == len(theirs) else None
