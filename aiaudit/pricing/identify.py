"""Resolve every model name of a table once, so that calls only join."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from aiaudit.pricing.identity import Names
from aiaudit.pricing.providers import billing_provider

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.engine import Engine, Row

_COLUMNS: Final = (
    "provider VARCHAR, model_raw VARCHAR, valid_from TIMESTAMP, valid_to TIMESTAMP,"
    " offering VARCHAR, model VARCHAR, rule VARCHAR, did_you_mean VARCHAR, billing_provider VARCHAR"
)
# A suggestion costs milliseconds; a log with more unknown names than this has other troubles.
_SUGGESTIONS: Final = 100


def identify(engine: Engine, source: str) -> None:
    """Make the table `identified` for a table or view with provider, model_raw and started_at.

    One row per distinct (provider, model_raw) and time [valid_from, valid_to), without gaps;
    offering is NULL where nobody knows the name, and `rule` says why. Join with IS NOT DISTINCT
    FROM on provider and model_raw, and with the range on started_at. `install` comes first.
    """
    names = Names(engine.rows("FROM offerings"), engine.rows("FROM aliases"))
    pairs = engine.rows(
        f"SELECT DISTINCT provider, model_raw FROM {source} ORDER BY model_raw, provider"
    )
    engine.run("DROP TABLE IF EXISTS identified")
    engine.run(f"CREATE TABLE identified ({_COLUMNS})")
    engine.append("identified", _rows(names, pairs))


def _rows(names: Names, pairs: list[Row]) -> Iterator[dict[str, Any]]:
    left = _SUGGESTIONS
    for pair in pairs:
        readings = names.read(pair["provider"], pair["model_raw"])
        near = None
        if left and any(reading.rule == "unknown model" for reading in readings):
            near = names.suggestion(pair["provider"], pair["model_raw"])
            left -= 1
        for reading in readings:
            offering = names.offerings.get(reading.offering or "")
            yield {
                "provider": pair["provider"],
                "model_raw": pair["model_raw"],
                "valid_from": reading.start,
                "valid_to": reading.until,
                "offering": reading.offering,
                "model": offering["model"] if offering else None,
                "rule": reading.rule,
                "did_you_mean": near,
                "billing_provider": offering["provider"]
                if offering
                else billing_provider(pair["provider"]),
            }
