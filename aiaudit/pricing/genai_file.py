"""genai-prices' data: providers with their models, USD per million tokens, dated by start."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from aiaudit.pricing.providers import billing_provider
from aiaudit.pricing.published import PriceFile, Published, amount, day, name, plain, whole
from aiaudit.pricing.values import RATES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

_NAMES: Final = {
    "input_mtok": "input",
    "output_mtok": "output",
    "cache_read_mtok": "cache_read",
    "cache_write_5m_mtok": "cache_write_5m",
    "cache_write_mtok": "cache_write_5m",
    "cache_write_1h_mtok": "cache_write_1h",
    "input_audio_mtok": "audio_input",
    "output_audio_mtok": "audio_output",
    "cache_audio_read_mtok": "audio_cache_read",
    "input_image_mtok": "image_input",
    "output_image_mtok": "image_output",
    "output_reasoning_mtok": "reasoning",
}
_SEARCH: Final = "web_searches_kcount"
_MODES: Final = (
    ({"processing": "batch"}, "batch"),
    ({"service_tier": "flex"}, "flex"),
    ({"service_tier": "priority"}, "priority"),
)


def recognise(found: Any) -> bool:  # noqa: ANN401  # whatever a file holds
    """Return whether this is such a file: all providers, or the sheet of one."""
    return any(isinstance(provider.get("models"), list) for provider in _providers(found))


def models(found: Any, on: date) -> PriceFile:  # noqa: ANN401  # whatever a file holds
    """Return its models at the prices of a day."""
    entries = [
        (provider.get("id"), entry)
        for provider in _providers(found)
        for entry in provider.get("models") or ()
    ]
    made = [model for word, entry in entries if (model := _model(word, entry, on))]
    return PriceFile(title="genai-prices", models=tuple(made), otherwise=len(entries) - len(made))


def _providers(found: Any) -> list[dict[str, Any]]:  # noqa: ANN401  # whatever a file holds
    if isinstance(found, dict):
        found = found.get("providers") if isinstance(found.get("providers"), list) else [found]
    return [part for part in found if isinstance(part, dict)] if isinstance(found, list) else []


def _model(word: Any, entry: Any, on: date) -> Published | None:  # noqa: ANN401  # see above
    provider = billing_provider(name(word))
    if not provider or not isinstance(entry, dict) or not name(entry.get("id")):
        return None
    made = Published(
        provider=provider,
        id=entry["id"],
        context=whole(entry.get("context_window") or entry.get("max_tokens")),
    )
    prices = entry.get("prices")
    if isinstance(prices, list):
        prices = _on(made, prices, on)
    if not isinstance(prices, dict):
        return None
    _take(made, prices, made.rates, made.long)
    for variant in entry.get("price_variants") or ():
        _variant(made, variant, on)
    if "output" not in made.rates:
        made.operation = "embedding"
        made.doubts.append("the file states no output rate; it is taken for an embedding")
    return made if "input" in made.rates else None


def _on(made: Published, prices: list[Any], on: date) -> Any:  # noqa: ANN401  # see above
    """Return the prices of a day: the last ones that have begun."""
    current = None
    for item in prices:
        if not isinstance(item, dict):
            continue
        constraint = item.get("constraint") or {}
        if not constraint or _begun(constraint, on):
            current, made.start = item.get("prices"), _start(constraint)
        elif "start_date" not in constraint:
            made.doubts.append("the file also states prices by the hour, which are not taken over")
    return current


def _begun(constraint: Any, on: date) -> bool:  # noqa: ANN401  # see above
    start = _start(constraint)
    return start is not None and start <= on


def _start(constraint: Any) -> date | None:  # noqa: ANN401  # see above
    return day(constraint.get("start_date")) if isinstance(constraint, dict) else None


def _variant(made: Published, variant: Any, on: date) -> None:  # noqa: ANN401  # see above
    if not isinstance(variant, dict) or not isinstance(variant.get("prices"), dict):
        return
    mode = next((mode for when, mode in _MODES if variant.get("when") == when), None)
    constraint = variant.get("constraint")
    if mode is None or (constraint and not _begun(constraint, on)):
        made.doubts.append("the file also states a variant of the price, which is not taken over")
        return
    rates, long = made.modes.setdefault(mode, {}), made.long_modes.setdefault(mode, {})
    _take(made, variant["prices"], rates, long)


def _take(
    made: Published,
    prices: dict[str, Any],
    rates: dict[str, Decimal | None],
    long: dict[str, Decimal | None],
) -> None:
    for key in sorted(prices):
        rate = _NAMES.get(key, "")
        for above, number in _steps(prices[key]):
            if key == _SEARCH and number is not None and above is None:
                made.fees.setdefault("web_search", number)
            elif (
                rate not in RATES or number is None or made.above not in (None, above or made.above)
            ):
                made.doubts.append(f"{key} is not taken over")
            elif above is None:
                rates[rate] = plain(number)
            else:
                made.above, long[rate] = above, plain(number)


def _steps(value: Any) -> Iterator[tuple[int | None, Decimal | None]]:  # noqa: ANN401  # see above
    """Yield the base rate of a value, then its rate above each threshold."""
    if not isinstance(value, dict):
        yield None, amount(value)
        return
    yield None, amount(value.get("base"))
    for step in value.get("tiers") or ():
        if isinstance(step, dict):
            yield whole(step.get("start")) or 0, amount(step.get("price"))
