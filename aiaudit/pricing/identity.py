"""Which offering a model's name stands for: exact names, known spellings, dated aliases.

Nothing is matched by likeness: a name that nobody knows stays unpriced, with a suggestion.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from aiaudit.pricing import spellings
from aiaudit.pricing.providers import HOSTS, billing_provider
from aiaudit.pricing.values import ALWAYS, FOREVER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from aiaudit.engine import Row

_EMPTY: Final = ("", "none", "null", "unknown")
_LONGEST: Final = 300


@dataclass(frozen=True, slots=True)
class Reading:
    """What a name stands for during [start, until); offering None when nobody knows it."""

    offering: str | None
    rule: str
    start: datetime = ALWAYS
    until: datetime = FOREVER


class Names:
    """All names of a catalogue, ready to be looked up; made from its tables."""

    def __init__(self, offerings: Iterable[Row], aliases: Iterable[Row]) -> None:
        """Index rows of the tables `offerings` and `aliases`, case-folded."""
        self.offerings = {row["offering"]: row for row in offerings}
        self.providers = {row["provider"] for row in self.offerings.values()}
        self._keys = {key.casefold(): key for key in self.offerings}
        self._aliases: dict[str, list[Row]] = defaultdict(list)
        self._patterns: dict[str, list[tuple[re.Pattern[str], Row]]] = defaultdict(list)
        self._maps: dict[tuple[str | None, str], str] = {}
        for alias in aliases:
            if alias["kind"] == "map":
                self._maps[alias["provider"], alias["match"]] = alias["offering"]
            elif alias["kind"] == "pattern":
                pattern = re.compile(alias["match"], re.IGNORECASE)
                self._patterns[alias["provider"]].append((pattern, alias))
            else:
                self._aliases[f"{alias['provider']}/{alias['match']}"].append(alias)

    def read(self, provider: str | None, raw: str | None) -> list[Reading]:
        """Return what a raw name stands for, over all time and without gaps."""
        name = (raw or "").strip().casefold()
        if name in _EMPTY:
            return [Reading(None, "no model")]
        if len(name) > _LONGEST:
            return [Reading(None, "unknown model")]
        biller = billing_provider(provider)
        if mapped := self._mapped((provider or "").strip().casefold(), biller, name):
            return [Reading(mapped, "map")]
        if biller is None:
            return self._anyone(name)
        if biller not in self.providers:
            return [Reading(None, "unknown provider")]
        return self._sold_by(biller, name) or [Reading(None, "unknown model")]

    def suggestion(self, provider: str | None, raw: str | None) -> str | None:
        """Return the offering whose name looks most like this one; never used for a price."""
        biller = billing_provider(provider)
        name = (raw or "").strip().casefold()[:_LONGEST]
        known = f"{biller}/{name}"
        near = biller and difflib.get_close_matches(known, self._keys, n=1, cutoff=0.75)
        if not near:
            # Several sell the same name: its maker comes last, and stays.
            hosts_first = sorted(self._keys, key=lambda key: key.partition("/")[0] not in HOSTS)
            by_id = {key.partition("/")[2]: key for key in hosts_first}
            found = difflib.get_close_matches(name.rpartition("/")[2], by_id, n=1, cutoff=0.7)
            near = [by_id[found[0]]] if found else []
        return self._keys[near[0]] if near else None

    def _mapped(self, word: str, biller: str | None, name: str) -> str | None:
        """Return what the customer says a name is, written as it is or behind its provider's."""
        inner = [(p, n) for p, n in spellings.unwrapped(name) if biller in (None, p)]
        tries = [(word, name), (biller, name), (None, name), *inner, *((None, n) for _, n in inner)]
        return next((self._maps[key] for key in tries if key in self._maps), None)

    def _anyone(self, name: str) -> list[Reading]:
        """Read a name whose biller is not stated: by its own prefix, else by its only seller."""
        for biller, inner in spellings.unwrapped(name):
            if biller and (readings := self._forms(biller, inner)):
                return readings
        found = {p: r for p in sorted(self.providers) if (r := self._forms(p, name))}
        makers = [provider for provider in found if provider not in HOSTS]
        if len(found) == 1:
            return next(iter(found.values()))
        if len(makers) == 1:
            return [
                Reading(r.offering, "maker" if r.offering else r.rule, r.start, r.until)
                for r in found[makers[0]]
            ]
        return [Reading(None, "ambiguous provider" if found else "unknown model")]

    def _sold_by(self, biller: str, name: str) -> list[Reading]:
        if readings := self._forms(biller, name):
            return readings
        for implied, inner in spellings.unwrapped(name):
            if implied == biller and (readings := self._forms(biller, inner)):
                return readings
        return []

    def _forms(self, biller: str, name: str) -> list[Reading]:
        tried = set()
        for form, rule in spellings.forms(name, biller):
            if form not in tried and (readings := self._look_up(biller, form, rule)):
                return readings
            tried.add(form)
        return self._undated(biller, name)

    def _look_up(self, biller: str, name: str, rule: str) -> list[Reading]:
        if key := self._keys.get(f"{biller}/{name}"):
            return [Reading(key, rule)]
        if aliases := self._aliases.get(f"{biller}/{name}"):
            return list(_timeline(aliases, "alias" if rule == "exact" else rule))
        matching = [a for pattern, a in self._patterns[biller] if pattern.fullmatch(name)]
        if matching:
            return list(_timeline(matching, "pattern"))
        return []

    def _undated(self, biller: str, name: str) -> list[Reading]:
        """Drop the date of a snapshot that is the model's own first release, and unchanged since.

        Any other dated name could carry another price: it needs an alias of its own.
        """
        parts = spellings.dated(name)
        key = self._keys.get(f"{biller}/{parts[0]}") if parts else None
        if not parts or not key:
            return []
        day = self.offerings[key]["snapshot"]
        siblings = any(k.startswith(f"{biller}/{parts[0]}-20") for k in self._keys)
        return [Reading(key, "date dropped")] if day == parts[1] and not siblings else []


def _timeline(aliases: list[Row], rule: str) -> Iterator[Reading]:
    """Yield what dated aliases say, and the gaps between them as unknown."""
    reached = ALWAYS
    for alias in sorted(aliases, key=lambda a: (a["valid_from"], a["offering"])):
        if alias["valid_from"] > reached:
            yield Reading(None, "alias not in force", reached, alias["valid_from"])
        start = max(alias["valid_from"], reached)
        if start < alias["valid_to"]:
            yield Reading(alias["offering"], rule, start, alias["valid_to"])
            reached = alias["valid_to"]
    if reached < FOREVER:
        yield Reading(None, "alias not in force", reached, FOREVER)
