"""The tables that commitments are settled on: their periods, their models, and what was spent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from aiaudit.audit.periods import Part, ceil_hour, floor_hour
from aiaudit.resources import statement

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aiaudit.engine import Engine
    from aiaudit.pricing import Catalogue
    from aiaudit.replay import Replayed


def prepare(engine: Engine, catalogue: Catalogue, audited: Sequence[Part]) -> None:
    """Make what does not depend on which savings are supported."""
    names = [part.commitment.id for part in audited]
    stamps = pa.timestamp("us")
    periods = {
        "commitment": pa.array(names, pa.string()),
        "period": pa.array([part.period for part in audited], pa.int64()),
        "starts": pa.array([floor_hour(part.start) for part in audited], stamps),
        "ends": pa.array([ceil_hour(part.end) for part in audited], stamps),
    }
    _give(engine, "commitment_periods", periods)
    _give(engine, "commitment_scopes", _scopes(catalogue))
    engine.create("spent", statement("spent"), temporary=True)
    engine.create("withdrawn", statement("withdrawn"), temporary=True)
    engine.create("capacity_hours", statement("capacity_hours"), key=("commitment", "period"))


def support(engine: Engine, replayed: Replayed) -> None:
    """Make `committed` for the savings that are calculated (1) or have public evidence (2)."""
    rows: list[tuple[str, int | None, int]] = [
        (r.lever.id, None, 1) for r in replayed.levers if r.lever.certainty == "calculated"
    ]
    rows += [("route", found.unit.group, 2) for found in replayed.units if found.likely_low > 0]
    rows.append(("router", None, 2))
    supported = {
        "lever": pa.array([lever for lever, _, _ in rows], pa.string()),
        "unit": pa.array([unit for _, unit, _ in rows], pa.int64()),
        "stage": pa.array([stage for _, _, stage in rows], pa.int64()),
    }
    _give(engine, "supported", supported)
    engine.create("committed", statement("committed"), key=("commitment", "period", "state"))


def _scopes(catalogue: Catalogue) -> dict[str, pa.Array]:
    pairs = [
        (commitment.id, key)
        for commitment in catalogue.commitments
        for key, offering in catalogue.offerings.items()
        if commitment.counts(offering)
    ]
    return {
        "commitment": pa.array([name for name, _ in pairs], pa.string()),
        "offering": pa.array([key for _, key in pairs], pa.string()),
    }


def _give(engine: Engine, name: str, columns: Mapping[str, pa.Array]) -> None:
    with engine.offered("given", pa.table(dict(columns))):
        engine.create(name, "SELECT * FROM given", temporary=True)
