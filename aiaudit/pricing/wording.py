"""A published price in the words of our sheets: lines of YAML, doubts as comments above them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from aiaudit.pricing.stub import quoted
from aiaudit.pricing.values import ALWAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

    from aiaudit.pricing.published import Published
    from aiaudit.pricing.values import Rates

_PLAIN: Final = re.compile(r"[A-Za-z][\w./-]*", re.ASCII)
_WORDS: Final = ("true", "false", "null", "yes", "no", "on", "off")
_THOUSAND: Final = 1000
_FIRST: Final = ("input", "output", "cache_read", "cache_write_5m", "cache_write_1h")


def entry_of(model: Published, doubts: Iterable[str], day: date, title: str) -> list[str]:
    """Return the lines of a new entry under `models`, without indentation."""
    lines = [f"- id: {_scalar(model.id)}"]
    if model.operation != "chat":
        lines.append(f"  operation: {model.operation}")
    if model.retired:
        lines.append(f"  retired: {model.retired.isoformat()}")
    for key, limit in (("context", model.context), ("max_output", model.max_output)):
        if limit:
            lines.append(f"  {key}: {limit}")
    start = model.start or day
    interval = _interval(model, doubts, start.isoformat(), day, title)
    return [*lines, "  prices:", *(f"    {line}" for line in interval)]


def interval_of(
    model: Published, doubts: Iterable[str], start: datetime, day: date, title: str
) -> list[str]:
    """Return the lines of a new entry under `prices`, without indentation."""
    since = "" if start == ALWAYS else start.date().isoformat()
    return list(_interval(model, doubts, since, day, title))


def _interval(
    model: Published, doubts: Iterable[str], since: str, day: date, title: str
) -> Iterator[str]:
    for doubt in dict.fromkeys([*doubts, *model.doubts]):
        yield f"# check: {''.join(c if c.isprintable() else '?' for c in doubt)}"
    yield f"- from: {since or 'null'}"
    yield "  until: null"
    yield f"  recorded: {day.isoformat()}"
    yield f'  source: "{title} of {day.isoformat()}"'
    yield "  confidence: catalogue"
    yield f"  rates: {_rates(model.rates)}"
    if model.long and model.above:
        # A rate that the file leaves out above the threshold is billed there as it is below it.
        full = {**model.rates, **model.long}
        yield f"  long_context: {{above: {model.above}, rates: {_rates(full)}}}"
    modes = {mode: rates for mode, rates in model.modes.items() if rates}
    if modes:
        yield "  modes:"
    for mode, rates in sorted(modes.items()):
        long = model.long_modes.get(mode)
        beyond = {"long_context": f"{{rates: {_rates({**rates, **long})}}}"} if long else {}
        yield f"    {mode}: {_flow({**_texts(rates), **beyond})}"
    for fee, price in sorted(model.fees.items()):
        yield f"  fees: {{{fee}: {{per: {_THOUSAND}, price: {price:f}}}}}"
    if model.regions:
        multipliers = {r: f"{{multiplier: {by:f}}}" for r, by in sorted(model.regions.items())}
        yield f"  regions: {_flow(multipliers)}"


def _rates(rates: Rates) -> str:
    return _flow(_texts(rates))


def _texts(rates: Rates) -> dict[str, str]:
    ordered = sorted(rates, key=lambda rate: _FIRST.index(rate) if rate in _FIRST else len(_FIRST))
    return {rate: f"{number:f}" for rate in ordered if (number := rates[rate]) is not None}


def _flow(parts: dict[str, str]) -> str:
    return "{" + ", ".join(f"{key}: {text}" for key, text in parts.items()) + "}"


def _scalar(text: str) -> str:
    return text if _PLAIN.fullmatch(text) and text.lower() not in _WORDS else quoted(text)
