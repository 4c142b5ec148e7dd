"""Put the catalogue into the audit database, as flat tables to join calls with."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from aiaudit.pricing import cache
from aiaudit.pricing import compile as compiling
from aiaudit.pricing import rows as rows_of
from aiaudit.pricing.compile import Compiled
from aiaudit.resources import statement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aiaudit.engine import Engine
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
_KIND: Final = "tables"
_COUNTS: Final = "counts"
_RATES_KEY: Final = ("offering", "rate_class", "region", "band", "valid_from")


def install(engine: Engine, catalogue: Catalogue) -> Compiled:
    """Make the tables of the catalogue: offerings, rates, prices, roles, aliases, and assumptions.

    Returns what was compiled: how often a rate was rounded or taken from a default. The tables of a
    catalogue without an overlay are kept for the next run; a customer's terms never are.
    """
    tables, result = _recalled(catalogue) or _made(catalogue)
    for table, columns in _TABLES.items():
        engine.run(f"DROP TABLE IF EXISTS {table}")
        engine.run(f"CREATE TABLE {table} ({columns})")
        engine.append(table, tables[table])
    engine.check_key("rates", _RATES_KEY)
    engine.create("prices", statement("prices"))
    return result


def _made(catalogue: Catalogue) -> tuple[dict[str, pa.Table], Compiled]:
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
    tables = {table: pa.Table.from_pylist(list(rows[table])) for table in _TABLES}
    if not catalogue.overlay:
        counts = {"roundings": result.roundings, "defaults": dict(result.defaults)}
        streams = {table: _stream(made) for table, made in tables.items()}
        packed = {
            "name": [_COUNTS, *streams],
            "content": [json.dumps(counts).encode(), *streams.values()],
        }
        cache.keep(_KIND, catalogue.sha256, _stream(pa.table(packed)))
    return tables, result


def _recalled(catalogue: Catalogue) -> tuple[dict[str, pa.Table], Compiled] | None:
    content = None if catalogue.overlay else cache.recall(_KIND, catalogue.sha256)
    if content is None:
        return None
    parts = {
        row["name"]: row["content"] for row in pa.ipc.open_stream(content).read_all().to_pylist()
    }
    counts = json.loads(parts.pop(_COUNTS))
    tables = {table: pa.ipc.open_stream(stream).read_all() for table, stream in parts.items()}
    return tables, Compiled(
        rows=[], roundings=counts["roundings"], defaults=Counter(counts["defaults"])
    )


def _stream(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())
