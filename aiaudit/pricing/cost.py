"""What the calls of a table cost at the rates of their time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiaudit.errors import IntegrityError
from aiaudit.resources import statement
from aiaudit.schema import METERS

if TYPE_CHECKING:
    from aiaudit.engine import Engine

# The same table without a row.
_NONE: Final = """
    SELECT
        call_id,
        CAST(NULL AS DECIMAL(38, 0)) AS list_pico,
        CAST(NULL AS DECIMAL(38, 0)) AS contracted_pico,
        CAST(NULL AS VARCHAR)        AS sku_price_id,
        CAST(NULL AS VARCHAR)        AS status,
        CAST(NULL AS VARCHAR)        AS reason
    FROM scenario
    WHERE FALSE
"""


def cost(engine: Engine, calls: str, into: str, *, temporary: bool = True) -> None:
    """Price the calls of a table into the table `into`; afterwards `scenario` stands for them.

    The table has one row per call; a counter that it lacks is unknown for all of them.

    Raises:
        IntegrityError: a call has two prices.
    """
    given = engine.columns(calls)
    lacking = [f", CAST(NULL AS BIGINT) AS {meter}" for meter in METERS if meter not in given]
    engine.point("scenario", at=f"(SELECT *{''.join(lacking)} FROM {calls})")
    rows = engine.value(f"SELECT count(*) FROM {calls}")
    # To plan the statement takes longer than to price some thousand calls.
    engine.create(into, statement("costed") if rows else _NONE, temporary=temporary)
    # A call is never lost, so more rows than calls are calls with two prices.
    if engine.value(f"SELECT count(*) FROM {into}") != rows:
        raise IntegrityError(f"a call of {calls} has two prices")
