"""Pages of a provider's API as scripts save them: whole, in a list, unwrapped or flattened."""

from __future__ import annotations

from decimal import Context, Decimal, DecimalException
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.readers.reader import Export, Flat

_PLACES = Decimal("1e-18")
_EXACT = Context(prec=60)


def results(record: Export) -> Iterator[tuple[Export, Export | None]]:
    """Yield (bucket, result) for a page, a bucket or a flattened result; None for an idle bucket.

    Each of the five shapes is a list of one of these three, and a list is opened before.
    """
    if isinstance(record.get("data"), list):
        for bucket in record["data"]:
            yield from results(bucket) if isinstance(bucket, dict) else [({}, {})]
    elif isinstance(record.get("results"), list):
        found = record["results"]
        yield from ((record, result if isinstance(result, dict) else {}) for result in found)
        if not found:
            yield record, None
    else:
        yield record, record


def text(value: Any) -> str | None:  # noqa: ANN401  # whatever JSON holds
    """Return a scalar as text and nothing else as None."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float | str) else None


def flat(record: Export, *names: str) -> Flat:
    """Return the named scalars of a record."""
    return {name: text(record.get(name)) for name in names}


def amount(value: Any, *, cents: bool = False) -> str | None:  # noqa: ANN401  # as above
    """Return an amount as plain digits in dollars, rounded half-even to 18 places, exactly.

    What is no number is handed on as it is, to be refused with its row.
    """
    stated = text(value)
    if stated is None:
        return None
    try:
        number = _EXACT.scaleb(Decimal(stated.strip()), -2 if cents else 0)
        return f"{number.quantize(_PLACES, context=_EXACT):f}"
    except DecimalException:
        return "not an amount"
