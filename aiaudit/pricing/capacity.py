"""Calls on provisioned capacity: it is paid by the hour, so a call on it costs nothing more.

What such a call would cost at list prices without the capacity stays its list cost.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from aiaudit.pricing import install as installing
from aiaudit.pricing.commitments import Provisioned
from aiaudit.resources import statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime

    from aiaudit.engine import Engine
    from aiaudit.pricing.compile import Compiled
    from aiaudit.pricing.values import Catalogue, Offering

Term = tuple["datetime", "datetime", str]  # from, until, and the commitments' names
Terms = dict[str, list[Term]]  # by offering, without overlaps

_SERVED: Final = (
    "UPDATE calls SET rate_class = 'provisioned' FROM given AS g WHERE calls.offering = g.offering"
    " AND calls.started_at >= g.starts AND calls.started_at < g.ends"
    " AND coalesce(calls.rate_class, 'standard') = 'standard'"
)


def install(engine: Engine, catalogue: Catalogue) -> Compiled:
    """Make the tables of the catalogue; where capacity is provisioned, its calls have a price."""
    result = installing.install(engine, catalogue)
    terms = _terms(catalogue, lambda commitment, offering: commitment.counts(offering))
    if terms:
        _provide(engine, terms)
        engine.create("prices", statement("prices"))
    return result


def serve(engine: Engine, catalogue: Catalogue) -> int:
    """Mark calls that a commitment's `covers` puts on its capacity; return how many there are."""
    terms = _terms(catalogue, lambda commitment, offering: commitment.serves(offering))
    if not terms:
        return 0
    spans = [(key, starts, ends) for key, held in terms.items() for starts, ends, _ in held]
    columns = {
        "offering": pa.array([key for key, _, _ in spans], pa.string()),
        "starts": pa.array([starts for _, starts, _ in spans], pa.timestamp("us")),
        "ends": pa.array([ends for _, _, ends in spans], pa.timestamp("us")),
    }
    with engine.offered("given", pa.table(columns)):
        moved = engine.rows(_SERVED)
    return int(moved[0]["Count"])


def _terms(catalogue: Catalogue, about: Callable[[Provisioned, Offering], bool]) -> Terms:
    """Return for each offering the times in which some capacity is about it."""
    found: dict[str, list[Term]] = defaultdict(list)
    for commitment in catalogue.commitments:
        if isinstance(commitment, Provisioned):
            for key, offering in catalogue.offerings.items():
                if about(commitment, offering):
                    found[key].append((commitment.start, commitment.until, commitment.id))
    return {key: _merged(terms) for key, terms in found.items()}


def _merged(terms: Sequence[Term]) -> list[Term]:
    """Return spans in order, those that meet or overlap made one."""
    merged: list[Term] = []
    for starts, ends, name in sorted(terms):
        if merged and starts <= merged[-1][1]:
            first, until, names = merged[-1]
            merged[-1] = (first, max(until, ends), f"{names}+{name}")
        else:
            merged.append((starts, ends, name))
    return merged


def _provide(engine: Engine, terms: Terms) -> None:
    """Replace the refusal of provisioned calls by a price, while there is capacity for them."""
    with engine.offered("given", pa.table({"offering": sorted(terms)})):
        rows = engine.rows("SELECT r.* FROM rates AS r JOIN given AS g ON g.offering = r.offering")
        last = engine.rows("SELECT max(rate_id) AS id FROM rates")[0]["id"]
        engine.run(
            "DELETE FROM rates WHERE rate_class = 'provisioned'"
            " AND offering IN (SELECT offering FROM given)"
        )
    fresh: list[dict[str, Any]] = []
    for row in rows:
        if row["rate_class"] == "provisioned" and row["refused"] is not None:
            fresh += _refused(row, terms[row["offering"]])
    for offering, held in terms.items():
        mine = [r for r in rows if r["offering"] == offering and r["rate_class"] == "standard"]
        for term in held:
            fresh += _free(mine, term)
    engine.append("rates", _numbered(fresh, last))
    engine.check_key("rates", ("offering", "rate_class", "region", "band", "valid_from"))


def _free(rows: Sequence[Mapping[str, Any]], term: Term) -> Iterator[dict[str, Any]]:
    """Yield standard rates as those of provisioned calls: nothing is owed for one of them."""
    starts, ends, name = term
    for row in rows:
        since, until = max(starts, row["valid_from"]), min(ends, row["valid_to"])
        if since < until:
            yield {
                **row,
                **{key: 0 for key in row if key.startswith("contracted_") and row[key] is not None},
                "rate_class": "provisioned",
                "is_plain": False,  # what is owed is not what the list says
                "valid_from": since,
                "valid_to": until,
                "sku_price_id": f"{str(row['sku_price_id']).rstrip('/')}/provisioned/{name}",
            }


def _numbered(rows: Sequence[dict[str, Any]], last: int) -> list[dict[str, Any]]:
    """Return rows with numbers of their own; a base row knows those of its long or other rates."""
    ids = {
        (row["rate_class"], row["valid_from"], row["rate_id"]): number
        for number, row in enumerate(rows, last + 1)
    }
    for row in rows:
        for link in ("long_id", "off_peak_id", "rate_id"):
            row[link] = ids.get((row["rate_class"], row["valid_from"], row[link]))
    return list(rows)


def _refused(row: Mapping[str, Any], held: Sequence[Term]) -> Iterator[dict[str, Any]]:
    """Yield what is left of a refusal beside the times that have capacity."""
    since, until = row["valid_from"], row["valid_to"]
    for starts, ends, _ in held:
        if since < starts and since < until:
            yield {**row, "valid_from": since, "valid_to": min(starts, until)}
        since = max(since, ends)
    if since < until:
        yield {**row, "valid_from": since, "valid_to": until}
