"""What a gateway's log adds up to, over all of its calls or those of one file."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from taken import Taken


Rows = list[dict[str, Any]]


def sums(calls: Rows) -> tuple[int, int, int, int, int, Decimal]:
    def total(name: str) -> Any:  # noqa: ANN401  # a count or an amount
        return sum(row[name] or 0 for row in calls)

    written = total("cache_write_5m") + total("cache_write_1h")
    counts = (total("requests"), total("input_uncached"), total("cache_read"), written)
    return (*counts, total("output"), Decimal(total("stated_cost")))


def of_file(taken: Taken, file: str) -> tuple[dict[str, Any], Rows]:
    (source,) = (source for source in taken["sources"] if source["file"] == file)
    return source, [row for row in taken["calls"] if row["source_id"] == source["source_id"]]
