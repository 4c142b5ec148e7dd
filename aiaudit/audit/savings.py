"""The savings tables: levers in their order, moves worth making, and how sure the tiers are."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from aiaudit.audit.tables import make, table
from aiaudit.ledger import PICO, dollars, rounded

if TYPE_CHECKING:
    from aiaudit.engine import Engine
    from aiaudit.ledger import Table
    from aiaudit.pricing import Tiers
    from aiaudit.replay import Classes, Replayed
    from aiaudit.settings import Settings

LEVERS: Final = (
    "lever", "title", "why", "class", "requests", "first_in", "in_order", "last_in", "cost_after",
)  # fmt: skip
MOVES: Final = (
    "lever", "use_case", "from_model", "to_model", "owner", "requests", "cost_contracted",
    "saving", "likely_low", "likely_high", "class", "harm_high", "break_even",
)  # fmt: skip
EVIDENCE: Final = ("evidence", "requests", "cost_contracted", "savings", "trust")


def levers(replayed: Replayed) -> Table:
    """Return every lever that is switched on, in order; `in_order` adds up to the total."""
    rows = [
        {
            "lever": result.lever.id,
            "title": result.lever.title,
            "why": result.lever.why,
            "class": result.lever.certainty or "by evidence",
            "requests": result.requests,
            "first_in": dollars(result.first_in),
            "in_order": dollars(result.in_order),
            "last_in": dollars(result.last_in),
            "cost_after": dollars(result.after),
        }
        for result in replayed.levers
        if result.in_order is not None
    ]
    return table(LEVERS, rows, "every lever is switched off")


def evidence(engine: Engine, tiers: Tiers) -> Table:
    """Return what the needed tiers rest on, and how much trust each kind of evidence has."""
    rows = make(engine, "evidence")
    for row in rows:
        row["trust"] = tiers.trust.get(row["evidence"])
    return table(EVIDENCE, rows)


def moves(engine: Engine, settings: Settings, replayed: Replayed) -> Table:
    """Return what to do, best supported saving first: one row per use case, model and target."""
    rows = [*_avoided(engine), *_routed(engine, replayed)]
    for row in rows:
        terms = settings.use_cases.get(row["use_case"])
        row["owner"] = terms.owner if terms else None
    supported = {"calculated": "saving", "likely": "likely_low"}
    rows.sort(
        key=lambda r: (
            -(r[supported[r["class"]]] if r["class"] in supported else Decimal(0)),
            -r["saving"],
            r["use_case"],
            r["from_model"] or "",
        )
    )
    return table(MOVES, rows, "no lever changes a call")


def _avoided(engine: Engine) -> list[dict[str, Any]]:
    rows = make(engine, "avoided")
    blank = {"to_model": None, "likely_low": None, "likely_high": None, "harm_high": None}
    return [
        {
            **row,
            **blank,
            "lever": "avoid",
            "class": "calculated",
            "break_even": None,
            "saving": dollars(row["saving_pico"]),
            "cost_contracted": dollars(row["cost_contracted_pico"]),
        }
        for row in rows
    ]


def _routed(engine: Engine, replayed: Replayed) -> list[dict[str, Any]]:
    targets = {
        row["group_id"]: (row["offering"], row["target"])
        for row in engine.rows("SELECT group_id, offering, target FROM route_units")
    } if replayed.units else {}  # fmt: skip
    groups: dict[tuple[str, str, str], list[Classes]] = defaultdict(list)
    for unit in replayed.units:
        groups[(unit.unit.use_case, *targets[unit.unit.group])].append(unit)
    return [_move(key, units) for key, units in sorted(groups.items())]


def _move(key: tuple[str, str, str], units: list[Classes]) -> dict[str, Any]:
    saving = sum(u.unit.spend - u.unit.after - u.unit.router for u in units)
    requests = sum(u.unit.requests for u in units)
    harms = [u.harm_high for u in units if u.harm_high is not None]
    harm = max(harms) if harms else None
    low = sum(u.likely_low for u in units)
    return {
        "lever": "route",
        "use_case": key[0],
        "from_model": key[1],
        "to_model": key[2],
        "requests": requests,
        "cost_contracted": dollars(sum(u.unit.spend for u in units)),
        "saving": dollars(saving),
        "likely_low": dollars(low),
        "likely_high": dollars(sum(u.likely_high for u in units)),
        "class": "likely" if low else "untested",
        "harm_high": harm,
        "break_even": _break_even(saving, requests, harm),
    }


def _break_even(saving: int, requests: int, harm: Decimal | None) -> Decimal | None:
    """Return what one worse answer may cost before the move loses money; None when unknown."""
    if not requests or not harm:
        return None
    return rounded(Decimal(saving) / requests / harm, 0) * PICO
