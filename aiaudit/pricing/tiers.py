"""Which tier a model was sold as, which tier a task needs, and how sure stand-in evidence makes us.

All of it is data with a stated source: `pricing/tiers.yaml`. Ratios are Decimal.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from aiaudit.pricing.prices import span_of
from aiaudit.pricing.values import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiaudit.pricing.documents import Entry, Fields

KEYS: Final = (
    "schema", "order", "roles", "needs", "harm", "trust", "harm_budget", "uplift", "router",
    "no_targets",
)  # fmt: skip
MEASURES: Final = ("complexity", "tools", "prompt_chars", "messages")
_ONE: Final = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Role(Span):
    """The tier of a canonical model in the market of a time, and why."""

    model: str
    tier: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Raise:
    """A structure that makes some tasks need `by` tiers more, up to `cap`."""

    tasks: tuple[str, ...]
    when: str
    above: int
    by: int
    cap: str | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Uplift:
    """How many tokens of one tokenizer the same text takes in another, as a range of ratios."""

    source_tokenizer: str
    target_tokenizer: str
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Router:
    """What deciding about one call costs, in tokens of the router's model."""

    input_tokens: int
    output_tokens: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiers:
    """The tier scheme, cheapest first, and every assumption that rests on it.

    `needs` maps a task, `families` a family of tasks, to the tier that it needs before `raises`.
    `harm` is the share of answers that get worse one tier down (low, high), per family; `trust`
    the share of labels that are right, per kind of evidence. `no_targets` are patterns of models
    that no work is routed to unless the user allows them. `sources` says where each comes from,
    by names such as `harm.structured`.
    """

    order: tuple[str, ...]
    roles: Mapping[str, tuple[Role, ...]]
    needs: Mapping[str, str]
    families: Mapping[str, str]
    raises: tuple[Raise, ...]
    harm: Mapping[str, tuple[Decimal, Decimal]]
    trust: Mapping[str, Decimal]
    harm_budget: Decimal
    uplift: tuple[Uplift, ...]
    router: Router
    no_targets: tuple[str, ...]
    sources: Mapping[str, str]


def tiers_of(entry: Entry) -> Tiers:
    """Return the tiers that a document holds; mistakes are collected, not raised."""
    fields = entry.fields(KEYS, ("order", "needs", "harm", "trust", "harm_budget", "router"))
    order = tuple(tier.text() or "" for tier in fields.get("order").items())
    sources: dict[str, str] = {}
    needs = fields.get("needs").fields(("tasks", "families", "raise"), ("tasks", "families"))
    return Tiers(
        order=order,
        roles={
            name.casefold(): tuple(_role(role, name, order) for role in roles.items())
            for name, roles in fields.get("roles").pairs().items()
        },
        needs=_words(needs.get("tasks"), order),
        families=_words(needs.get("families"), order),
        raises=tuple(_raise(item, order) for item in needs.get("raise").items()),
        harm={
            name: _range(item, f"harm.{name}", sources)
            for name, item in fields.get("harm").pairs().items()
        },
        trust={
            name: _share(item, "q", f"trust.{name}", sources)
            for name, item in fields.get("trust").pairs().items()
        },
        harm_budget=_share(fields.get("harm_budget"), "share", "harm_budget", sources),
        uplift=tuple(_uplift(item, sources) for item in fields.get("uplift").items()),
        router=_router(fields.get("router"), sources),
        no_targets=tuple(name.text() or "" for name in fields.get("no_targets").items()),
        sources=sources,
    )


def _words(entry: Entry, order: tuple[str, ...]) -> dict[str, str]:
    return {name: tier.choice(order) or "" for name, tier in entry.pairs().items()}


def _role(entry: Entry, model: str, order: tuple[str, ...]) -> Role:
    fields = entry.fields(("tier", "from", "until", "reason"), ("tier",))
    start, until = span_of(fields)
    return Role(
        model=model,
        tier=fields.get("tier").choice(order) or "",
        reason=fields.get("reason").text() or "",
        start=start,
        until=until,
        place=entry.place,
    )


def _raise(entry: Entry, order: tuple[str, ...]) -> Raise:
    keys = ("tasks", "when", "above", "by", "cap", "reason")
    fields = entry.fields(keys, ("tasks", "when", "above"))
    return Raise(
        tasks=tuple(task.text() or "" for task in fields.get("tasks").items()),
        when=fields.get("when").choice(MEASURES) or "",
        above=fields.get("above").whole() or 0,
        by=fields.get("by").whole() or 1,
        cap=fields.get("cap").choice(order),
        reason=fields.get("reason").text() or "",
    )


def _source(fields: Fields, name: str, sources: dict[str, str]) -> None:
    sources[name] = fields.get("source").text() or ""


def _range(entry: Entry, name: str, sources: dict[str, str]) -> tuple[Decimal, Decimal]:
    fields = entry.fields(("low", "high", "source"), ("low", "high", "source"))
    _source(fields, name, sources)
    low = fields.get("low").decimal() or Decimal(0)
    high = fields.get("high").decimal() or Decimal(0)
    if low > high or high > _ONE:
        entry.refuse(f"{name}: low may not exceed high, nor high exceed 1")
    return low, high


def _share(entry: Entry, key: str, name: str, sources: dict[str, str]) -> Decimal:
    fields = entry.fields((key, "source"), (key, "source"))
    _source(fields, name, sources)
    share = fields.get(key).decimal() or Decimal(0)
    if share > _ONE:
        entry.refuse(f"{name}: a share may not exceed 1")
    return share


def _uplift(entry: Entry, sources: dict[str, str]) -> Uplift:
    keys = ("from", "to", "low", "high", "source")
    fields = entry.fields(keys, keys)
    uplift = Uplift(
        source_tokenizer=fields.get("from").text() or "",
        target_tokenizer=fields.get("to").text() or "",
        low=fields.get("low").decimal() or _ONE,
        high=fields.get("high").decimal() or _ONE,
    )
    if uplift.low > uplift.high:
        entry.refuse("uplift: low may not exceed high")
    name = f"uplift.{uplift.source_tokenizer}.{uplift.target_tokenizer}"
    _source(fields, name, sources)
    return uplift


def _router(entry: Entry, sources: dict[str, str]) -> Router:
    keys = ("input_tokens", "output_tokens", "source")
    fields = entry.fields(keys, keys)
    _source(fields, "router", sources)
    return Router(
        input_tokens=fields.get("input_tokens").whole() or 0,
        output_tokens=fields.get("output_tokens").whole() or 0,
    )
