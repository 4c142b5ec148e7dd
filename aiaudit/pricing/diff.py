"""How two catalogues differ: prices added, ended, withdrawn, changed or removed, and aliases."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final

from aiaudit.pricing.meaning import meaning
from aiaudit.pricing.values import ALWAYS, FOREVER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from aiaudit.pricing.meaning import Meaning
    from aiaudit.pricing.values import Alias, Catalogue, Price

KINDS: Final = (
    "added", "ended", "withdrawn", "changed", "removed", "alias added", "alias removed",
)  # fmt: skip
_TOLD: Final = ("start", "source", "recorded", "confidence")
_TENTH: Final = Decimal("0.1")
_HUNDRED: Final = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """One value of a price, before and after; None where it is not stated."""

    name: str
    old: str | None
    new: str | None

    @property
    def percent(self) -> Decimal | None:
        """Return by how much the value rose, in percent, half up to a tenth; None if unknown."""
        try:
            old, new = Decimal(self.old or ""), Decimal(self.new or "")
            share = (new - old) * _HUNDRED / old
        except ArithmeticError:
            return None
        return share.quantize(_TENTH, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What happened to one interval of an offering, or to an alias of it."""

    kind: str
    offering: str
    start: datetime
    until: datetime
    moved: tuple[Moved, ...] = ()
    note: str = ""


def diff(before: Catalogue, after: Catalogue) -> tuple[Change, ...]:
    """Return every change from one catalogue to another, in order of offering and time."""
    found = [*_aliases(before, after)]
    for key in {*before.offerings, *after.offerings}:
        old, new = before.offerings.get(key), after.offerings.get(key)
        found += _offering(key, old.prices if old else (), new.prices if new else ())
    return tuple(sorted(found, key=lambda c: (c.offering, c.start, KINDS.index(c.kind), c.note)))


def _offering(key: str, before: tuple[Price, ...], after: tuple[Price, ...]) -> Iterator[Change]:
    """Yield the changes of one offering; intervals that say the same are the same interval."""
    left = [(price, meaning(price)) for price in after]
    gone: list[tuple[Price, Meaning]] = []
    for price in before:
        said = meaning(price)
        same = next((pair for pair in left if pair[1] == said), None)
        if same is None:
            gone.append((price, said))
        else:
            left.remove(same)
            yield from _ends(key, price, same[0])
    for price, said in gone:
        twin = next((pair for pair in left if pair[0].start == price.start), None)
        if twin is None:
            yield _change("removed", key, price, _moved(said, {}))
        else:
            left.remove(twin)
            yield _change("changed", key, twin[0], _moved(said, twin[1], told=True))
            yield from _ends(key, price, twin[0])
    for price, said in left:
        earlier = [p for p in after if p.withdrawn is None and p.start < price.start]
        last = max(earlier, key=lambda p: p.start, default=None)
        yield _change("added", key, price, _moved(meaning(last) if last else {}, said))


def _ends(key: str, old: Price, new: Price) -> Iterator[Change]:
    if old.withdrawn is None and new.withdrawn is not None:
        yield _change("withdrawn", key, new, note=f"on {new.withdrawn:%Y-%m-%d}")
    if old.until != new.until:
        moved = Moved(name="until", old=day(old.until), new=day(new.until))
        yield _change("ended" if old.until == FOREVER else "changed", key, new, (moved,))


def day(instant: datetime) -> str | None:
    """Return a bound of an interval as it is written, a bare day for midnight; None when open."""
    if instant in (ALWAYS, FOREVER):
        return None
    return instant.isoformat().removesuffix("T00:00:00")


def _change(
    kind: str, key: str, price: Price, moved: tuple[Moved, ...] = (), note: str = ""
) -> Change:
    return Change(
        kind=kind, offering=key, start=price.start, until=price.until, moved=moved, note=note
    )


def _moved(old: Meaning, new: Meaning, *, told: bool = False) -> tuple[Moved, ...]:
    """Return the values that differ; where a price comes from only when it is the change."""
    return tuple(
        Moved(name=name, old=old.get(name), new=new.get(name))
        for name in dict.fromkeys([*old, *new])
        if (old.get(name), name in old) != (new.get(name), name in new)
        and (told or name not in _TOLD)
    )


def _aliases(before: Catalogue, after: Catalogue) -> Iterator[Change]:
    old = {_spelled(alias): alias for alias in before.aliases}
    new = {_spelled(alias): alias for alias in after.aliases}
    for kind, some, others in (("alias added", new, old), ("alias removed", old, new)):
        for spelled, alias in some.items():
            if spelled not in others:
                yield Change(
                    kind=kind,
                    offering=f"{alias.provider}/{alias.to}",
                    start=alias.start,
                    until=alias.until,
                    note=alias.match,
                )


def _spelled(alias: Alias) -> tuple[object, ...]:
    return (alias.provider, alias.match, alias.pattern, alias.to, alias.start, alias.until)
