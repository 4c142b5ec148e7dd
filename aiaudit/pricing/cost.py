"""What the calls of a table cost at the rates of their time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiaudit.errors import IntegrityError
from aiaudit.resources import statement
from aiaudit.schema import METERS

if TYPE_CHECKING:
    from aiaudit.engine import Engine


def cost(engine: Engine, calls: str, into: str, *, temporary: bool = True) -> None:
    """Price the calls of a table into the table `into`; afterwards `scenario` stands for them.

    The table has one row per call; a counter that it lacks is unknown for all of them.

    Raises:
        IntegrityError: a call has two prices.
    """
    given = engine.columns(calls)
    lacking = [f", CAST(NULL AS BIGINT) AS {meter}" for meter in METERS if meter not in given]
    engine.point("scenario", at=f"(SELECT *{''.join(lacking)} FROM {calls})")
    engine.create(into, statement("costed"), temporary=temporary)
    # A call is never lost, so more rows than calls are calls with two prices.
    if engine.value(f"SELECT count(*) FROM {into}") != engine.value(
        f"SELECT count(*) FROM {calls}"
    ):
        raise IntegrityError(f"a call of {calls} has two prices")
