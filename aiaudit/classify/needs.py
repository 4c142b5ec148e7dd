"""What the tier scheme and the settings say, as small tables that the ladder joins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from aiaudit.text import FAMILY_OF

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aiaudit.engine import Engine
    from aiaudit.pricing import Tiers
    from aiaudit.settings import UseCase


def install(engine: Engine, use_cases: Mapping[str, UseCase], tiers: Tiers) -> None:
    """Make the tables that `labelled` reads beside the calls; no price is in any of them."""
    rank = {tier: number for number, tier in enumerate(tiers.order)}
    highest = len(tiers.order) - 1
    # A bare family rests on the same words as a hand rule.
    trust = {**tiers.trust, "family": tiers.trust["hand_rule"]}
    _give(engine, "tier_ranks tier rank", rank.items())
    _give(engine, "family_needs family rank", ((f, rank[t]) for f, t in tiers.families.items()))
    _give(
        engine,
        "task_needs task family rank",
        ((task, family, rank[tiers.needs[task]]) for task, family in FAMILY_OF.items()),
    )
    _give(
        engine,
        "need_raises task measure above lift cap",
        (
            (task, lift.when, lift.above, lift.by, rank.get(lift.cap or "", highest))
            for lift in tiers.raises
            for task in lift.tasks
        ),
    )
    _give(
        engine,
        "use_case_terms use_case rank safe",
        (
            (name, rank.get(terms.max_tier or ""), terms.never_downgrade)
            for name, terms in use_cases.items()
        ),
    )
    _give(engine, "evidence_trust evidence q", ((name, float(q)) for name, q in trust.items()))


_TYPES = {
    "rank": pa.int64(),
    "above": pa.int64(),
    "lift": pa.int64(),
    "cap": pa.int64(),
    "safe": pa.bool_(),
    "q": pa.float64(),
}


def _give(engine: Engine, heading: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Make a table from its name, its columns and its rows."""
    name, *columns = heading.split()
    values = list(zip(*rows, strict=True)) or [()] * len(columns)
    arrays = [
        pa.array(list(column), _TYPES.get(title, pa.string()))
        for title, column in zip(columns, values, strict=True)
    ]
    with engine.offered("given", pa.table(arrays, names=columns)):
        engine.create(name, "SELECT * FROM given")
