"""What two catalogues both know: the models, the requests that both can price, and their price."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from genai_prices import Usage, data_snapshot
from genai_prices.types import ModelInfo, ModelPrice, Provider, TieredPrices

from aiaudit.pricing.identity import Names

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator
    from decimal import Decimal

    from aiaudit.engine import Engine
    from aiaudit.pricing.values import Catalogue, Price

# Their word for a provider and ours; their Google sells Claude as well, which is our Vertex.
PROVIDERS: Final = {
    "anthropic": "anthropic", "aws": "bedrock", "azure": "azure", "cohere": "cohere",
    "deepseek": "deepseek", "fireworks": "fireworks", "google": "google", "groq": "groq",
    "mistral": "mistral", "openai": "openai", "openrouter": "openrouter",
    "perplexity": "perplexity", "together": "together", "x-ai": "xai",
}  # fmt: skip
# Both know something of this time; it ends with the last reading of either.
START, END = datetime(2023, 6, 1), datetime(2026, 11, 22)  # noqa: DTZ001
SHAPES: Final = ("plain", "cached", "written", "hour", "batch", "long")


@dataclass(frozen=True, kw_only=True)
class Case:
    """One request that both can price, and what it costs by theirs."""

    model: str
    at: datetime
    shape: str
    cost: Decimal
    line: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Known:
    """A spelling that both know, as ours reads it during a time, with our prices of then."""

    seller: Provider
    model: ModelInfo
    provider: str
    spelling: str
    start: datetime
    until: datetime
    prices: tuple[Price, ...]

    @property
    def key(self) -> str:
        """Return their name of the model."""
        return f"{self.seller.id}/{self.model.id}"

    def spans(self) -> list[tuple[datetime, datetime]]:
        """Return the times within which neither changes its price, and ours has one."""
        cuts = {self.start, self.until}
        cuts |= {at for price in self.prices for at in (price.start, price.until)}
        dated = [] if isinstance(self.model.prices, ModelPrice) else self.model.prices
        for change in (*dated, *(self.model.price_variants or ())):
            if day := getattr(change.constraint, "start_date", None):
                cuts.add(datetime(day.year, day.month, day.day))  # noqa: DTZ001
        inside = sorted(cut for cut in cuts if self.start <= cut <= self.until)
        return [(a, b) for a, b in pairwise(inside) if self._price(a)]

    def case(self, at: datetime, shape: str, draw: random.Random) -> Case | None:
        """Return a request of this shape; None where one of the two has no price for it."""
        ours, theirs = self._price(at), self.model.get_prices(at.replace(tzinfo=UTC))
        if ours is None or not self._both(shape, at, ours, theirs):
            return None
        chat = ours.standard.rates.get("output") and theirs.output_mtok
        used = _used(shape, _limit(theirs), draw, generates=bool(chat))
        cost = self.model.calc_price(
            Usage(**{name: n for name, n in _theirs(used).items() if n}),
            self.seller,
            genai_request_timestamp=at.replace(tzinfo=UTC),
            price_context={"processing": "batch"} if shape == "batch" else None,
        )
        asked: dict[str, Any] = {"provider": self.provider, "model": self.spelling, "usage": used}
        asked |= {"timestamp": f"{at.isoformat()}Z", "batch": shape == "batch"}
        return Case(
            model=self.key, at=at, shape=shape, cost=cost.total_price, line=json.dumps(asked)
        )

    def _price(self, at: datetime) -> Price | None:
        return next((p for p in self.prices if p.start <= at < p.until), None)

    def _both(self, shape: str, at: datetime, ours: Price, theirs: ModelPrice) -> bool:
        rates = ours.standard.rates
        if not theirs.input_mtok or not rates.get("input"):
            return False
        both: dict[str, bool] = {
            "written": bool(theirs.cache_write_mtok) and "cache_write_5m" in rates,
            "hour": bool(theirs.cache_write_1h_mtok) and "cache_write_1h" in rates,
            "batch": self._batch(at) and "batch" in ours.modes,
            "long": bool(_limit(theirs)) and ours.above is not None,
        }
        return both.get(shape, True)

    def _batch(self, at: datetime) -> bool:
        """Return whether they have a batch price then; a model of another seller has none."""
        variants = [v for v in self.model.price_variants or () if v.when == {"processing": "batch"}]
        own = any(self.model is model for model in self.seller.models)
        return own and any(not v.constraint or v.constraint.active(at) for v in variants)


def known(engine: Engine, catalogue: Catalogue) -> Iterator[Known]:
    """Yield every spelling that either lists and both resolve, and what ours reads in it."""
    names = Names(engine.rows("FROM offerings"), engine.rows("FROM aliases"))
    theirs = data_snapshot.get_snapshot().providers
    for seller in (seller for seller in theirs if seller.id in PROVIDERS):
        provider = PROVIDERS[seller.id]
        for spelling in sorted(_theirs_of(seller) | _ours_of(catalogue, provider)):
            biller = "vertex" if provider == "google" and "claude" in spelling else provider
            if not (model := seller.find_model(spelling, all_providers=theirs)):
                continue
            for reading in names.read(biller, spelling):
                if reading.offering and reading.start < END and reading.until > START:
                    yield Known(
                        seller=seller, model=model, provider=biller, spelling=spelling,
                        start=max(START, reading.start), until=min(END, reading.until),
                        prices=tuple(
                            price
                            for price in catalogue.offerings[reading.offering].prices
                            if price.withdrawn is None
                        ),
                    )  # fmt: skip


def _theirs_of(seller: Provider) -> set[str]:
    """Return the names that they list: of models, and whole names in their rules."""
    found = {model.id.lower() for model in seller.models}
    for model in seller.models:
        rules = [model.match]
        while rules:
            rule = rules.pop()
            rules += [*getattr(rule, "or_", ()), *getattr(rule, "and_", ())]
            found |= {getattr(rule, "equals", model.id).lower()}
    return found


def _ours_of(catalogue: Catalogue, provider: str) -> set[str]:
    ids = {o.id.lower() for o in catalogue.offerings.values() if o.provider == provider}
    return ids | {a.match for a in catalogue.aliases if a.provider == provider and not a.pattern}


def _limit(price: ModelPrice) -> int:
    tiers = [t for v in price.__dict__.values() if isinstance(v, TieredPrices) for t in v.tiers]
    return max((tier.start for tier in tiers), default=0)


def _used(shape: str, limit: int, draw: random.Random, *, generates: bool) -> dict[str, int]:
    """Return our counters of a request, below every limit unless it is to be long."""
    used = {"input_uncached": draw.randint(1, 20_000)}
    used["output"] = draw.randint(1, 8_000) if generates else 0
    if shape in ("cached", "written", "hour", "long"):
        used["cache_read"] = draw.randint(1, 30_000)
    if shape in ("written", "hour"):
        used["cache_write_5m" if shape == "written" else "cache_write_1h"] = draw.randint(1, 9_000)
    if shape == "long":
        used["input_uncached"] += limit
    return used


def _theirs(used: dict[str, int]) -> dict[str, int]:
    """Return the same request in their words: everything that went in is the input."""
    hour = used.get("cache_write_1h", 0)
    return {
        "input_tokens": sum(n for name, n in used.items() if name != "output"),
        "output_tokens": used["output"],
        "cache_read_tokens": used.get("cache_read", 0),
        "cache_write_tokens": used.get("cache_write_5m", 0) + hour,
        "cache_write_1h_tokens": hour,
    }
