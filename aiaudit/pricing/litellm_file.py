"""LiteLLM's price file: one flat entry per model, USD per token, a key for each variant."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final

from aiaudit.pricing.providers import billing_provider, known
from aiaudit.pricing.published import PriceFile, Published, amount, day, name, plain, whole
from aiaudit.pricing.values import RATES

_MILLION: Final = Decimal(10) ** 6
_THOUSAND: Final = 1000
_OPERATIONS: Final = {
    "chat": "chat", "completion": "chat", "responses": "chat", "embedding": "embedding",
    "rerank": "rerank", "moderation": "moderation",
}  # fmt: skip
_NAMES: Final = {
    "input_cost_per_token": "input",
    "output_cost_per_token": "output",
    "cache_read_input_token_cost": "cache_read",
    "input_cost_per_token_cache_hit": "cache_read",
    "cache_creation_input_token_cost": "cache_write_5m",
    "cache_creation_input_token_cost_above_1hr": "cache_write_1h",
    "input_cost_per_audio_token": "audio_input",
    "output_cost_per_audio_token": "audio_output",
    "cache_read_input_audio_token_cost": "audio_cache_read",
    "input_cost_per_image_token": "image_input",
    "output_cost_per_image_token": "image_output",
    "output_cost_per_reasoning_token": "reasoning",
}
_MODES: Final = {"batches": "batch", "flex": "flex", "priority": "priority"}
_KEY: Final = re.compile(
    rf"({'|'.join(sorted(_NAMES, key=len, reverse=True))})"
    rf"(?:_above_(\d{{1,4}})k_tokens)?(?:_({'|'.join(_MODES)}))?"
)
_UPLIFT: Final = re.compile(r"regional_processing_uplift_multiplier_([a-z]{2})")
# What the price of a token says nothing about: named beside the proposal, never turned into one.
_APART: Final = re.compile(r".*(cost|price|pricing|multiplier|uplift|provider_specific).*")
_SEARCH: Final = "search_context_cost_per_query"
_MEDIUM: Final = "search_context_size_medium"


def recognise(found: Any) -> bool:  # noqa: ANN401  # whatever a file holds
    """Return whether this is such a file."""
    return isinstance(found, dict) and any(
        isinstance(entry, dict) and "litellm_provider" in entry for entry in found.values()
    )


def models(found: dict[str, Any]) -> PriceFile:
    """Return its models; it has no dates."""
    entries = [(key, e) for key, e in found.items() if isinstance(e, dict) and key != "sample_spec"]
    made = [model for key, entry in entries if (model := _model(key, entry))]
    return PriceFile(
        title="LiteLLM price file", models=tuple(made), otherwise=len(entries) - len(made)
    )


def _model(key: str, entry: dict[str, Any]) -> Published | None:
    provider = billing_provider(name(entry.get("litellm_provider")))
    operation = _OPERATIONS.get(str(entry.get("mode")), "")
    if not provider or not operation or not name(key) or "input_cost_per_token" not in entry:
        return None
    made = Published(
        provider=provider,
        id=_native(key),
        operation=operation,
        context=whole(entry.get("max_input_tokens") or entry.get("max_tokens")),
        max_output=whole(entry.get("max_output_tokens")),
        retired=day(entry.get("deprecation_date")),
    )
    for field in sorted(entry):
        _take(made, field, entry[field])
    return made


def _native(key: str) -> str:
    """Return the name without LiteLLM's own prefix, as the provider writes it."""
    word, _, rest = key.partition("/")
    return rest if rest and known(word) else key


def _take(made: Published, field: str, value: Any) -> None:  # noqa: ANN401  # whatever it holds
    """Take one field of an entry: a rate into its place, a doubtful one into words."""
    match = _KEY.fullmatch(field)
    if match is None:
        if field == _SEARCH and isinstance(value, dict):
            _search(made, value)
        elif (uplift := _UPLIFT.fullmatch(field)) and (factor := amount(value)):
            made.regions[uplift[1]] = plain(factor)
        elif _APART.fullmatch(field) and value not in (None, 0, Decimal(0)):
            made.doubts.append(f"the file also states {field}, which is not taken over")
        return
    if value is None:
        return
    rate, number = _NAMES[match[1]], amount(value)
    if rate not in RATES or number is None:
        made.doubts.append(f"{field} is not taken over")
        return
    _place(made, match[2], match[3]).setdefault(rate, plain(number * _MILLION))


def _place(made: Published, above: str | None, mode: str | None) -> dict[str, Decimal | None]:
    """Return the rates that a key is about: of a mode or none, above a threshold or not."""
    if above is None:
        return made.modes.setdefault(_MODES[mode], {}) if mode else made.rates
    threshold = int(above) * _THOUSAND
    if made.above not in (None, threshold):
        made.doubts.append(f"a second threshold, {above}k tokens, is not taken over")
        return {}
    made.above = threshold
    return made.long_modes.setdefault(_MODES[mode], {}) if mode else made.long


def _search(made: Published, value: dict[str, Any]) -> None:
    fee = amount(value.get(_MEDIUM))
    if fee:
        made.fees["web_search"] = plain(fee * _THOUSAND)
