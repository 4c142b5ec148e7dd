"""Price single requests, line by line of a file, as the audit would: `aiaudit price`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiaudit import usage
from aiaudit.pricing.cost import cost
from aiaudit.pricing.identify import identify
from aiaudit.resources import statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyarrow as pa

    from aiaudit.engine import Engine

_SERVED: Final = (
    "coalesce(json_extract_string(usage, '$.service_tier'),"
    " json_extract_string(usage, '$.serviceTier'), json_extract_string(usage, '$.trafficType'))"
)
_GEO: Final = "json_extract_string(usage, '$.inference_geo')"


def quotes(engine: Engine, batches: Iterable[pa.Table]) -> Iterator[str]:
    """Yield one JSON answer per line of the batches, in order; `install` comes first."""
    for batch in batches:
        with engine.offered("lines", batch):
            engine.create("asked", statement("asked"))
        engine.create("parted", _parted())
        engine.create("counted", _counted())
        identify(engine, "counted")
        engine.create("lined", statement("lined"), key=("call_id",))
        cost(engine, "lined", into="costed", temporary=False)
        for answers in engine.batches(statement("quoted")):
            yield from answers.column("answer").to_pylist()


def _parted() -> str:
    """Return a SELECT of the lines, and below each the calls of other models inside its usage."""
    given = usage.rate_class_sql("service_tier")
    served = usage.rate_class_sql(_SERVED)
    others = " ".join(
        f"WHEN '{c.id}' THEN {c.elsewhere.replace(usage.USAGE, 'usage')}"
        for c in usage.CONVENTIONS
        if c.elsewhere
    )
    return f"""
        WITH worded AS (
            SELECT
                * EXCLUDE (region),
                {usage.convention_sql("usage", "stated")} AS convention,
                coalesce(batch, 'false') NOT IN ('true', 'false', '0', '1') AS bad_batch,
                CASE WHEN batch IN ('true', '1') THEN 'batch'
                    WHEN json_extract_string(usage, '$.speed') = 'fast' THEN 'fast'
                    ELSE coalesce({given}, {served}) END AS rate_class,
                coalesce({given} <> {served}, false) AS tier_differs,
                coalesce(region, {_GEO}) AS region
            FROM asked
        ),
        inside AS (
            SELECT *, unnest(CASE convention {others} END) AS call FROM worded
        )
        SELECT *, 0 AS part FROM worded
        UNION ALL BY NAME
        SELECT
            * EXCLUDE (call, usage, model_raw),
            call AS usage,
            json_extract_string(call, '$.model') AS model_raw,
            row_number() OVER (PARTITION BY "row" ORDER BY call) AS part
        FROM inside
    """


def _counted() -> str:
    """Return a SELECT of the parts with the counters of their usage objects."""
    measures = usage.measures_sql("usage", "convention")
    measures["requests"] = "requests"
    raw = ", ".join(f"{sql} AS {name}" for name, sql in measures.items())
    measured = f"SELECT * EXCLUDE (requests), {raw} FROM parted"
    unsplit = "cache_write IS NOT NULL AND coalesce(cache_write_5m, cache_write_1h) IS NULL"
    return usage.counters_sql(f"(SELECT *, {unsplit} AS unsplit FROM ({measured}))")
