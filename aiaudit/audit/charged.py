"""What the charges come to in dollars; an amount in a currency without a rate is in no sum."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from aiaudit.resources import statement

if TYPE_CHECKING:
    from aiaudit.engine import Engine
    from aiaudit.pricing import Catalogue

_UNBILLED: Final = "no cost export was given"
_WORTH: Final = pa.decimal128(18, 9)
_INSTANT: Final = pa.timestamp("us")


def in_dollars(engine: Engine, catalogue: Catalogue) -> None:
    """Make `billed` from `charges` and the exchange rates that the overlay gives."""
    rates = catalogue.fx
    columns = {
        "currency": pa.array([rate.currency for rate in rates], pa.string()),
        "usd": pa.array([rate.usd for rate in rates], _WORTH),
        "starts": pa.array([rate.start for rate in rates], _INSTANT),
        "ends": pa.array([rate.until for rate in rates], _INSTANT),
    }
    with engine.offered("given", pa.table(columns)):
        engine.create("exchange_rates", "SELECT * FROM given")
    engine.create("billed", statement("billed"), key=("source_id", "row"))


def charged(engine: Engine) -> dict[str, Any]:
    """Return the sum of all billed charges in USD, how many there are, and why when there is none.

    `open` says in words what no exchange rate is given for.
    """
    found = engine.rows("SELECT sum(billed_usd) AS billed, count(billed_usd) AS rows FROM billed")[
        0
    ]
    unknown = engine.rows(
        "SELECT coalesce(left(currency, 12), 'no currency') AS currency, count(*) AS n,"
        " sum(billed_cost) AS amount FROM billed"
        " WHERE billed_usd IS NULL AND billed_cost IS NOT NULL GROUP BY 1 ORDER BY 1"
    )
    codes = ", ".join(row["currency"] for row in unknown)
    reason = f"charges are in {codes}, and no exchange rate is given" if unknown else _UNBILLED
    told = [
        f"{row['n']} charges of {row['amount'].normalize():f} {row['currency']} are in no sum:"
        " give an exchange rate of their time under 'fx' in an overlay"
        for row in unknown
    ]
    return {**found, "reason": reason, "open": told}
