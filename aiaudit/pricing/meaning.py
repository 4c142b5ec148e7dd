"""What a price says, as flat names and values: two prices that say the same are equal here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.pricing.values import Price

# Where it stands is no part of it; how it ended, or that it was withdrawn, is said later.
_APART: Final = ("place", "until", "withdrawn")

Meaning = dict[str, str | None]


def meaning(price: Price) -> Meaning:
    """Return every stated value of a price by its name, as `modes.batch.rates.input`.

    What is not stated has no name, so that a term which a later version knows changes nothing
    here; a rate that is stated as unknown is None. Amounts are plain: 2.50 and 2.5 are the same.
    """
    return {
        name: value for name, value in _leaves("", price) if name.partition(".")[0] not in _APART
    }


def label(name: str) -> str:
    """Return the name of a value as a person would say it: `batch input`, `long output`."""
    words = [part for part in name.split(".") if part not in ("standard", "rates", "modes")]
    return " ".join(words)


def _leaves(name: str, value: Any) -> Iterator[tuple[str, str | None]]:  # noqa: ANN401  # any term
    if is_dataclass(value):
        parts = {f.name: getattr(value, f.name) for f in fields(value) if _stated(value, f)}
    elif isinstance(value, Mapping):
        parts = {str(key): part for key, part in value.items()}
    elif isinstance(value, tuple | list):
        parts = {str(number): part for number, part in enumerate(value)}
    else:
        yield name, _plain(value)
        return
    for key, part in parts.items():
        yield from _leaves(f"{name}.{key}" if name else key, part)


def _stated(value: Any, field: Any) -> bool:  # noqa: ANN401  # any dataclass and its field
    default = field.default_factory() if field.default_factory is not MISSING else field.default
    return bool(getattr(value, field.name) != default)


def _plain(value: Any) -> str | None:  # noqa: ANN401  # any scalar
    if value is None:
        return None
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date | time):
        return value.isoformat().removesuffix("T00:00:00")
    return str(value)
