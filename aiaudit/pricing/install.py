"""Put the catalogue into the audit database, as flat tables to join calls with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from aiaudit.pricing import compile as compiling
from aiaudit.pricing import rows as rows_of
from aiaudit.resources import statement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aiaudit.engine import Engine
    from aiaudit.pricing.compile import Compiled
    from aiaudit.pricing.values import Catalogue

_RATIO: Final = "DECIMAL(9,4)"
_TABLES: Final[dict[str, str]] = {
    "offerings": (
        "offering VARCHAR, provider VARCHAR, model VARCHAR, family VARCHAR, operation VARCHAR,"
        " released TIMESTAMP, retired TIMESTAMP, context BIGINT, max_output BIGINT, tools BOOLEAN,"
        " vision BOOLEAN, structured BOOLEAN, cache_min BIGINT, cache_ttl_s BIGINT,"
        " tokenizer VARCHAR, reasoning VARCHAR, snapshot VARCHAR"
    ),
    "rates": ", ".join(f"{name} {type_}" for name, type_ in compiling.COLUMNS),
    "roles": (
        "offering VARCHAR, tier VARCHAR, valid_from TIMESTAMP, valid_to TIMESTAMP, reason VARCHAR"
    ),
    "aliases": (
        "provider VARCHAR, match VARCHAR, kind VARCHAR, offering VARCHAR,"
        " valid_from TIMESTAMP, valid_to TIMESTAMP"
    ),
    "uplift": (f"from_tokenizer VARCHAR, to_tokenizer VARCHAR, low {_RATIO}, high {_RATIO}"),
    "harm": f"family VARCHAR, low {_RATIO}, high {_RATIO}",
    "trust": f"evidence VARCHAR, q {_RATIO}",
}
_RATES_KEY: Final = ("offering", "rate_class", "region", "band", "valid_from")


def install(engine: Engine, catalogue: Catalogue) -> Compiled:
    """Make the tables of the catalogue: offerings, rates, prices, roles, aliases, and assumptions.

    Returns what was compiled: how often a rate was rounded or taken from a default.
    """
    result = compiling.compiled(catalogue)
    rows: dict[str, Iterable[dict[str, Any]]] = {
        "offerings": rows_of.offerings(catalogue),
        "rates": result.rows,
        "roles": rows_of.roles(catalogue),
        "aliases": rows_of.aliases(catalogue),
        "uplift": (
            {"from_tokenizer": u.source_tokenizer, "to_tokenizer": u.target_tokenizer,
             "low": u.low, "high": u.high}
            for u in catalogue.tiers.uplift
        ),
        "harm": (
            {"family": family, "low": low, "high": high}
            for family, (low, high) in catalogue.tiers.harm.items()
        ),
        "trust": ({"evidence": name, "q": q} for name, q in catalogue.tiers.trust.items()),
    }  # fmt: skip
    for table, columns in _TABLES.items():
        engine.run(f"DROP TABLE IF EXISTS {table}")
        engine.run(f"CREATE TABLE {table} ({columns})")
        engine.append(table, rows[table])
    engine.check_key("rates", _RATES_KEY)
    engine.create("prices", statement("prices"))
    return result
