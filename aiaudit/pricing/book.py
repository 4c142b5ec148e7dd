"""Price sheets that were read and found right, as JSON and back: to be kept between runs."""

from __future__ import annotations

import gc
import json
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from aiaudit.pricing import cache, sheets, tiers, values

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from aiaudit.pricing.sheets import Sheet
    from aiaudit.pricing.tiers import Tiers

_KIND: Final = "sheets"
_CLASSES: Final = {
    name: found
    for room in (values, sheets, tiers)
    for name, found in vars(room).items()
    if isinstance(found, type) and is_dataclass(found)
}
# How each kind of value that JSON does not know is marked, and written.
_DECIMAL, _INSTANT, _DAY, _TUPLE, _RATES = "D", "T", "d", "t", "r"
_PLAIN: Final[dict[type, tuple[str, Callable[[Any], str]]]] = {
    Decimal: (_DECIMAL, str),
    datetime: (_INSTANT, datetime.isoformat),
    date: (_DAY, date.isoformat),
}
_READ: Final[dict[str, Callable[[str], Any]]] = {
    _DECIMAL: Decimal,
    _INSTANT: datetime.fromisoformat,
    _DAY: date.fromisoformat,
}


def recall(sha256: str) -> tuple[list[Sheet], Tiers] | None:
    """Return the sheets and tiers that were read from texts of this digest; None unless kept."""
    content = cache.recall(_KIND, sha256)
    if content is None:
        return None
    # Nothing in here is garbage, and to look for some would take longer than to read.
    collects = gc.isenabled()
    gc.disable()
    try:
        book, scheme = _value(json.loads(content))
    finally:
        if collects:
            gc.enable()
    return list(book), scheme


def keep(sha256: str, book: Sequence[Sheet], scheme: Tiers) -> None:
    """Keep sheets and tiers in which there was no mistake."""
    said = json.dumps(_said((tuple(book), scheme)), separators=(",", ":"))
    cache.keep(_KIND, sha256, said.encode())


def _said(value: Any) -> Any:  # noqa: ANN401  # any value of a sheet
    if value is None or isinstance(value, str | bool | int):
        return value
    if plain := _PLAIN.get(type(value)):
        return [plain[0], plain[1](value)]
    if isinstance(value, tuple):
        return [_TUPLE, *map(_said, value)]
    if isinstance(value, dict):
        if value and all(isinstance(part, Decimal) for part in value.values()):
            return [_RATES, {key: str(part) for key, part in value.items()}]
        return {key: _said(part) for key, part in value.items()}
    stated = {f.name: getattr(value, f.name) for f in fields(value)}
    usual = {f.name: f.default for f in fields(value) if f.default is not MISSING}
    return [
        type(value).__name__,
        {n: _said(v) for n, v in stated.items() if n not in usual or usual[n] != v},
    ]


def _value(said: Any) -> Any:  # noqa: ANN401  # any value of a sheet
    if isinstance(said, dict):
        return {key: _value(part) for key, part in said.items()}
    if not isinstance(said, list):
        return said
    kind = said[0]
    if read := _READ.get(kind):
        return read(said[1])
    if kind == _RATES:
        return {name: Decimal(text) for name, text in said[1].items()}
    if kind == _TUPLE:
        return tuple(map(_value, said[1:]))
    return _CLASSES[kind](**{name: _value(part) for name, part in said[1].items()})
