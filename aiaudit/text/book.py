"""The rules as probes, and the points that a task gets for the hits of each rule."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from aiaudit.text.patterns import BEGINS, Probe, anywhere, asked, beginning, compiled
from aiaudit.text.probing import Prober
from aiaudit.text.rules import rules

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aiaudit.text.rules import Rule

# Weights have one decimal: whole tenths add up the same in every order.
TENTHS: Final = 10


@dataclass(frozen=True, slots=True)
class Entry:
    """What a hit of a probe counts: so many tenths of a point for a task, once for each rule."""

    rule: int
    task: str
    place: str
    tenths: int


@dataclass(frozen=True, slots=True)
class Made:
    """How somebody asks for a thing to be made: two probes, and which task each thing means.

    `asking` is the number of the probe that finds the thing in its clause, `unnamed` of the one
    for a clause that names none; `things` are a task and how its thing's name ends.
    """

    asking: int
    unnamed: int
    things: tuple[tuple[str, str], ...]
    tenths: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Book:
    """All probes; what each of the first ones counts; and the two that tell what is to be made."""

    prober: Prober
    entries: tuple[Entry, ...]
    made: Made


@cache
def book() -> Book:
    """Return the rules in the form in which texts are read with them."""
    known = rules()
    probes: list[Probe] = []
    entries: list[Entry] = []
    for number, (rule, asks) in enumerate(known.asks):
        probes.append(asked(asks))
        entries.append(_entry(number, rule))
    for number, rule in enumerate(known.signs, start=len(known.asks)):
        found = list(anywhere(rule.patterns))
        probes += found
        entries += [_entry(number, rule)] * len(found)
    things = "|".join(word for rule in known.things for word in rule.patterns)
    thing = compiled(rf"...\b(?:(?:{things})[ -])*(?:{things})\b")
    asking, unnamed = _clause(known.making), _clause(known.writing)
    probes += [Probe(asking.regex + thing, asking.needles), unnamed]
    made = Made(len(entries), len(entries) + 1, _endings(known.things), _tenths(known.things))
    return Book(Prober(probes), tuple(entries), made)


def _clause(verbs: Sequence[str]) -> Probe:
    return Probe(compiled(rf"{BEGINS}(?:{'|'.join(verbs)})\b"), beginning(verbs))


def _endings(things: Sequence[Rule]) -> tuple[tuple[str, str], ...]:
    return tuple((rule.task, compiled(rf"\b(?:{'|'.join(rule.patterns)})$")) for rule in things)


def _tenths(things: Sequence[Rule]) -> dict[str, int]:
    tenths = dict.fromkeys((rule.task for rule in things), 0)
    for rule in things:
        tenths[rule.task] += round(rule.weight * TENTHS)
    return tenths


def _entry(number: int, rule: Rule) -> Entry:
    return Entry(number, rule.task, rule.place, round(rule.weight * TENTHS))
