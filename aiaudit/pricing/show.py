"""How a name is read and what the model costs on a day: every step, for `aiaudit pricing show`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Final

from aiaudit.errors import AuditError, UsageError
from aiaudit.pricing.identify import identify
from aiaudit.pricing.values import FOREVER
from aiaudit.resources import statement
from aiaudit.schema import TOKENS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.engine import Engine, Row

_HEADINGS: Final = {
    "input_uncached": "input",
    "cache_read": "cache read",
    "cache_write_5m": "write 5m",
    "cache_write_1h": "write 1h",
    "output": "output",
    "web_searches": "1,000 web",
    "audio_input": "audio in",
    "audio_cache_read": "audio read",
    "audio_output": "audio out",
    "image_input": "image in",
    "image_output": "image out",
    "reasoning": "reasoning",
    "images": "an image",
    "requests": "a request",
}
_ALWAYS_SHOWN: Final = (*TOKENS, "web_searches")
_BANDS: Final = {"long": "long context", "off_peak": "off-peak"}
_PER_MILLION: Final = Decimal(10) ** 6
_PER_USE: Final = Decimal(10) ** 12
# The amounts of tokens are for a million of them, those of searches for a thousand.
_SCALES: Final = {
    "web_searches": _PER_USE / 1000, "images": _PER_USE, "requests": _PER_USE,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What is known about a name: labelled lines, and its rates as rows of text."""

    lines: tuple[tuple[str, str], ...]
    headings: tuple[str, ...]
    rates: tuple[tuple[str, ...], ...]


def trace(engine: Engine, model: str, *, provider: str | None, on: str) -> Trace:
    """Return how a name is read on a day (UTC), and every rate that holds then.

    Raises:
        AuditError: nobody knows the name.
        UsageError: the day is no date.
    """
    try:
        day = datetime.fromisoformat(on)
        day = (day if day.tzinfo else day.replace(tzinfo=UTC)).astimezone(UTC)
    except ValueError as error:
        raise UsageError(f"'{on}' is not a date; write it as 2026-01-31") from error
    asked = {"provider": provider, "model_raw": model, "on": day.replace(tzinfo=None)}
    engine.create("named", statement("named"), parameters=asked)
    identify(engine, "named")
    reading = engine.rows(statement("reading"), {"on": asked["on"]})[0]
    if reading["offering"] is None:
        near = reading["did_you_mean"]
        hint = f"; did you mean {near}?" if near else ""
        raise AuditError(f"'{model}' has no price: {reading['rule']}{hint}")
    known = {"offering": reading["offering"], "on": asked["on"]}
    rates = engine.rows(statement("shown_rates"), known)
    roles = engine.rows(statement("shown_roles"), known)
    known_meters = {row["meter"] for row in rates}
    meters = [m for m in _HEADINGS if m in _ALWAYS_SHOWN or m in known_meters]
    return Trace(
        lines=tuple(_lines(model, reading, roles, rates)),
        headings=("USD/million", *(_HEADINGS[meter] for meter in meters)),
        rates=tuple(_table(rates, meters)),
    )


def _lines(model: str, reading: Row, roles: list[Row], rates: list[Row]) -> list[tuple[str, str]]:
    lines = [
        ("name", f"{model} (rule: {reading['rule']})"),
        ("offering", reading["offering"]),
        ("model", f"{reading['model']}, {reading['operation']}, family {reading['family'] or '?'}"),
        ("limits", f"context {_known(reading['context'])}, output {_known(reading['max_output'])}"),
    ]
    lines += [("tier", f"{role['tier']}: {role['reason']}") for role in roles]
    if not roles:
        lines.append(("tier", "none stated for that day"))
    if not rates:
        return [*lines, ("price", "none in force on that day")]
    first = rates[0]
    until = "" if first["valid_to"] == FOREVER else f" until {first['valid_to']:%Y-%m-%d}"
    lines.append(("price", f"{first['sku_price_id']}{until}"))
    lines.append(("source", f"{first['source'] or 'not stated'} ({first['confidence']})"))
    if first["above"] is not None:
        lines.append(("threshold", f"long context above {first['above']} input tokens"))
    if any(rate["by_default"] for rate in rates):
        lines.append(("*", "no published rate: a default of the catalogue, derived from input"))
    return lines


def _known(value: int | None) -> str:
    return "unknown" if value is None else str(value)


def _table(rates: list[Row], meters: list[str]) -> Iterator[tuple[str, ...]]:
    """Yield a row of amounts for each way to be billed; a second one where a contract differs."""
    for way, group in groupby(rates, key=_way):
        cells = {row["meter"]: row for row in group}
        listed = [_cell(cells.get(meter), meter, "pico") for meter in meters]
        agreed = [_cell(cells.get(meter), meter, "contracted_pico") for meter in meters]
        yield (way, *listed)
        if listed != agreed:
            yield (f"{way}, contracted", *agreed)


def _way(row: Row) -> str:
    band = _BANDS.get(row["band"], "")
    return ", ".join(part for part in (row["rate_class"], row["region"], band) if part)


def _cell(row: Row | None, meter: str, basis: str) -> str:
    """Return an amount, marked where no rate is published and a default stands in."""
    if row is None:
        return ""
    amount = _amount(row[basis], _SCALES.get(meter, _PER_MILLION))
    return f"{amount}*" if row["by_default"] else amount


def _amount(pico: Decimal | None, scale: Decimal) -> str:
    return "" if pico is None else f"{(pico / scale).normalize():f}"
