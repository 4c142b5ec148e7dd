"""The present state of the replay: every call, as the levers applied so far would have made it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiaudit.engine import literal
from aiaudit.errors import IntegrityError
from aiaudit.pricing import cost
from aiaudit.resources import statement
from aiaudit.schema import METERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aiaudit.engine import Engine
    from aiaudit.levers import Lever

COLUMNS: Final = (
    "call_id", "offering", "started_at", "rate_class", "region", "requests", *METERS,
    "billable", "invalid",
)  # fmt: skip


class Scenario:
    """Calls under the levers applied so far. Only changed calls are stored and priced again."""

    def __init__(self, engine: Engine) -> None:
        """Start from the calls as they were made."""
        self._engine = engine
        names = _list("b")
        engine.run(
            f"CREATE OR REPLACE TEMP TABLE changed AS SELECT {names}, CAST(0 AS DECIMAL(38,0)) AS"
            " contracted_pico, '' AS lever, CAST(NULL AS BIGINT) AS unit"
            " FROM baseline_scenario AS b WHERE FALSE"
        )
        engine.run(
            f"CREATE OR REPLACE TEMP VIEW replayed AS SELECT {names} FROM baseline_scenario AS b"
            " WHERE NOT EXISTS (SELECT 1 FROM changed AS x WHERE x.call_id = b.call_id)"
            f" UNION ALL SELECT {_list('c')} FROM changed AS c"
        )
        engine.point("scenario", at="replayed")

    def apply(self, lever: Lever) -> None:
        """Make the calls what the lever says, where that is cheaper or the lever is obliged to.

        Raises:
            IntegrityError: the lever names a call twice, changes what it may not change, or leaves
                a call without a price.
        """
        engine = self._engine
        for table in lever.prepare:
            engine.create(table, statement(table), temporary=True)
        rewrite = f"rewrite_{lever.id}"
        engine.create(rewrite, lever.rewrite, key=("call_id",), temporary=True)
        engine.create("rewritten", _rewritten(rewrite, engine.columns(rewrite)), temporary=True)
        price(engine, "rewritten")
        engine.create("kept", statement("kept"), temporary=True)
        engine.run("DELETE FROM changed WHERE call_id IN (SELECT call_id FROM kept)")
        engine.run(
            f"INSERT INTO changed SELECT {_list('k')}, k.contracted_pico, {literal(lever.id)},"
            " k.unit FROM kept AS k"
        )

    def cost(self) -> int:
        """Return the contracted cost of all priced calls in pico-dollars."""
        return int(self._engine.value(statement("scenario_cost")))


def price(engine: Engine, table: str) -> None:
    """Price the calls of `table` into `costed_<table>`.

    Raises:
        IntegrityError: one of them has no price, so that a difference would be a fiction.
    """
    cost(engine, table, into=f"costed_{table}")
    engine.point("scenario", at="replayed")
    unpriced = engine.value(f"SELECT count(*) FROM costed_{table} WHERE status <> 'priced'")
    if unpriced:
        raise IntegrityError(f"the replay leaves {unpriced} calls of {table} without a price")


def _list(alias: str) -> str:
    return ", ".join(f"{alias}.{name}" for name in COLUMNS)


def _rewritten(rewrite: str, given: Sequence[str]) -> str:
    if wrong := set(given) - {*COLUMNS, "unit", "obliged"}:
        raise IntegrityError(f"{rewrite} may not change {', '.join(sorted(wrong))}")
    row = ", ".join(f"{'r' if name in given else 's'}.{name} AS {name}" for name in COLUMNS)
    unit = "r.unit" if "unit" in given else "CAST(NULL AS BIGINT)"
    obliged = "r.obliged" if "obliged" in given else "TRUE"
    return (
        f"SELECT {row}, {unit} AS unit, {obliged} AS obliged"
        f" FROM scenario AS s JOIN {rewrite} AS r ON r.call_id = s.call_id"
    )
