"""The savings tables: levers in their order, moves worth making, and how sure the tiers are."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, TypeVar

from aiaudit.audit.tables import make, table
from aiaudit.ledger import PICO, dollars, rounded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from aiaudit.engine import Engine
    from aiaudit.ledger import Table
    from aiaudit.pricing import Tiers
    from aiaudit.replay import Classes, Replayed

_Item = TypeVar("_Item")

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
            "class": result.lever.certainty or _class_of(result.lever.id),
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


def _class_of(lever: str) -> str:
    """Return what is said of a lever whose parts differ in class."""
    return "of what causes it" if lever == "commitments" else "by evidence"


def evidence(engine: Engine, tiers: Tiers) -> Table:
    """Return what the needed tiers rest on, and how much trust each kind of evidence has."""
    rows = make(engine, "evidence")
    for row in rows:
        row["trust"] = tiers.trust.get(row["evidence"])
    return table(EVIDENCE, rows)


def moves(engine: Engine, owners: Mapping[str, str | None], replayed: Replayed) -> Table:
    """Return what to do, best supported saving first: one row per lever and use case."""
    rows = [*_avoided(engine), *_routed(engine, replayed)]
    for row in rows:
        row["owner"] = owners.get(row["use_case"])
    rows.sort(key=lambda row: (-_supported(row), -row["saving"], row["use_case"], row["lever"]))
    return table(MOVES, rows, "no lever changes a call")


def _supported(row: Mapping[str, Any]) -> Decimal:
    supported = row["saving"] if row["class"] == "calculated" else row["likely_low"]
    return Decimal(supported)


def _avoided(engine: Engine) -> list[dict[str, Any]]:
    blank = dict.fromkeys(("to_model", "likely_low", "likely_high", "harm_high", "break_even"))
    return [
        {
            **blank,
            "lever": "avoid",
            "class": "calculated",
            "use_case": use_case,
            "from_model": _named((row["from_model"], row["cost_contracted_pico"]) for row in rows),
            "requests": sum(row["requests"] for row in rows),
            "saving": dollars(sum(row["saving_pico"] for row in rows)),
            "cost_contracted": dollars(sum(row["cost_contracted_pico"] for row in rows)),
        }
        for use_case, rows in _by(make(engine, "avoided"), lambda row: row["use_case"]).items()
    ]


def _routed(engine: Engine, replayed: Replayed) -> list[dict[str, Any]]:
    if not replayed.units:
        return []
    models = {
        row["group_id"]: (row["offering"], row["target"])
        for row in engine.rows("SELECT group_id, offering, target FROM route_units")
    }
    groups = _by(replayed.units, lambda found: found.unit.use_case)
    return [_move(use_case, found, models) for use_case, found in groups.items()]


def _move(
    use_case: str, found: Sequence[Classes], models: Mapping[int, tuple[str, str]]
) -> dict[str, Any]:
    saving = sum(c.unit.spend - c.unit.after - c.unit.router for c in found)
    requests = sum(c.unit.requests for c in found)
    harm = max((c.harm_high for c in found if c.harm_high is not None), default=None)
    low = sum(c.likely_low for c in found)
    return {
        "lever": "route",
        "use_case": use_case,
        "from_model": _named((models[c.unit.group][0], c.unit.spend) for c in found),
        "to_model": _named((models[c.unit.group][1], c.unit.spend) for c in found),
        "requests": requests,
        "cost_contracted": dollars(sum(c.unit.spend for c in found)),
        "saving": dollars(saving),
        "likely_low": dollars(low),
        "likely_high": dollars(sum(c.likely_high for c in found)),
        "class": "likely" if low else "untested",
        "harm_high": harm,
        "break_even": _break_even(saving, requests, harm),
    }


def _by(items: Iterable[_Item], key: Callable[[_Item], str]) -> dict[str, list[_Item]]:
    groups: dict[str, list[_Item]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return groups


def _named(spends: Iterable[tuple[str, int]]) -> str:
    """Return the model with the largest spend, and how many others there are."""
    sums: dict[str, int] = defaultdict(int)
    for model, spend in spends:
        sums[model] += spend
    first = min(sums, key=lambda model: (-sums[model], model))
    return first if len(sums) == 1 else f"{first} and {len(sums) - 1} more"


def _break_even(saving: int, requests: int, harm: Decimal | None) -> Decimal | None:
    """Return what one worse answer may cost before the move loses money; None when unknown."""
    if not requests or not harm:
        return None
    return rounded(Decimal(saving) / requests / harm, 0) * PICO
