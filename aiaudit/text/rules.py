"""Read the hand-written rules: what goes with each kind of work, as `rules.txt` lists it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_BETWEEN: Final = " | "
_FOLLOWED: Final = " > "


@dataclass(frozen=True, slots=True)
class Rule:
    """Patterns that together count once for a task, where they count."""

    task: str
    weight: float
    place: str
    patterns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """A clause that begins with one of the verbs; `follows` must come after it, unless empty."""

    verbs: tuple[str, ...]
    follows: str


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything that `rules.txt` says."""

    asks: tuple[tuple[Rule, tuple[Ask, ...]], ...]
    signs: tuple[Rule, ...]
    things: tuple[Rule, ...]
    making: tuple[str, ...]
    writing: tuple[str, ...]


@cache
def rules() -> Rules:
    """Return the rules, with every {list} written out."""
    text = (files("aiaudit.text") / "rules.txt").read_text("utf-8")
    sections = dict(_sections(text))
    words = _words(sections["words"])
    blocks = {name: [_block(b, words) for b in _blocks(lines)] for name, lines in sections.items()}
    return Rules(
        asks=tuple((rule, _asks(rule.patterns)) for rule in blocks["asks"]),
        signs=tuple(_parted(rule) for rule in blocks["signs"]),
        things=tuple(_parted(rule) for rule in blocks["things"]),
        making=_split(sections["making"]),
        writing=_split(sections["writing"]),
    )


def _sections(text: str) -> Iterator[tuple[str, list[str]]]:
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    heads = [place for place, line in enumerate(lines) if line.startswith("[")]
    for start, end in zip(heads, [*heads[1:], len(lines)], strict=True):
        yield lines[start].strip("[]"), lines[start + 1 : end]


def _words(lines: Sequence[str]) -> dict[str, str]:
    lists: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        name, _, alternatives = line.partition(" = ")
        lists[name].append(alternatives)
    return {name: f"(?:{'|'.join(alternatives)})" for name, alternatives in lists.items()}


def _blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    """Yield a rule's first line together with the indented lines below it."""
    block: list[str] = []
    for line in lines:
        if block and not line.startswith(" "):
            yield block
            block = []
        block.append(line)
    yield block


def _block(lines: Sequence[str], words: Mapping[str, str]) -> Rule:
    task, weight, place = (*lines[0].split(" "), "", "")[:3]
    patterns = tuple(
        re.sub(r"\{([a-z]+)\}", lambda name: words[name[1]], line.strip()) for line in lines[1:]
    )
    return Rule(task, float(weight or 0) if patterns else 0.0, place, patterns)


def _asks(lines: Sequence[str]) -> tuple[Ask, ...]:
    """Return the asks of a rule; those of the same verbs become one."""
    follows: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for line in lines:
        verbs, _, follow = line.partition(_FOLLOWED)
        follows[tuple(verbs.split(_BETWEEN))].append(follow)
    return tuple(
        Ask(verbs, "" if "" in found else f"(?:{'|'.join(found)})")
        for verbs, found in follows.items()
    )


def _parted(rule: Rule) -> Rule:
    return Rule(rule.task, rule.weight, rule.place, _split(rule.patterns))


def _split(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(part for line in lines for part in line.strip().split(_BETWEEN))
