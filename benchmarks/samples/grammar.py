"""Says business text: each phrase file lists the ways in which a use case words its prompts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from random import Random

PHRASES: Final = Path(__file__).parent / "phrases"
_SHARED: Final = "shared"

# {name}, {name*2-4} (joined by blanks), {name/2-4} (joined by lines), {#10-99} (a number).
# A brace before anything else is a brace: prompts are full of JSON.
_SLOT: Final = re.compile(r"\{(?:#(\d+)-(\d+)|([a-z_0-9]+)(?:([*/])(\d+)-(\d+))?)\}")
_WEIGHT: Final = re.compile(r"(\d+)\* ")


@dataclass(frozen=True, slots=True)
class Number:
    """A number that is different each time."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Symbol:
    """A place for `low` to `high` different phrases of one name."""

    name: str
    glue: str
    low: int
    high: int


Phrase = tuple[str | Number | Symbol, ...]


class Grammar:
    """The phrases of one use case, with the shared ones behind them."""

    def __init__(self, phrases: dict[str, list[Phrase]]) -> None:
        self._phrases = phrases

    def __contains__(self, name: object) -> bool:
        """Say whether there are phrases of this name."""
        return name in self._phrases

    def say(self, name: str, rng: Random) -> str:
        """Return one wording of `name`; the same generator state gives the same words."""
        return "".join(self._part(part, rng) for part in rng.choice(self._phrases[name]))

    def _part(self, part: str | Number | Symbol, rng: Random) -> str:
        if isinstance(part, str):
            return part
        if isinstance(part, Number):
            return str(part.low + int((part.high - part.low + 1) * rng.random()))
        if part.high == 1:
            return self.say(part.name, rng)
        return part.glue.join(self._several(part, rng))

    def _several(self, part: Symbol, rng: Random) -> list[str]:
        choices = self._phrases[part.name]
        count = min(part.low + int((part.high - part.low + 1) * rng.random()), len(choices))
        start = int(len(choices) * rng.random())
        step = 1 + int((len(choices) - 1) * rng.random())
        while _divides_both(step, len(choices)):
            step += 1
        # A walk over the list with a step that meets every line: no line twice in a text.
        places = ((start + step * number) % len(choices) for number in range(count))
        return ["".join(self._part(p, rng) for p in choices[place]) for place in places]


def _divides_both(step: int, length: int) -> bool:
    return any(step % n == 0 and length % n == 0 for n in range(2, min(step, length) + 1))


@cache
def grammar(name: str) -> Grammar:
    """Return the grammar of a use case."""
    return Grammar(_read(_SHARED) | _read(name))


def _read(name: str) -> dict[str, list[Phrase]]:
    phrases: dict[str, list[Phrase]] = {}
    lines = (PHRASES / f"{name.replace('-', '_')}.txt").read_text("utf-8").splitlines()
    current: list[Phrase] = []
    for line in lines:
        if re.fullmatch(r"\[[a-z_0-9]+\]", line):
            current = phrases.setdefault(line[1:-1], [])
        elif line:
            current.extend(_phrases(line))
    return phrases


def _phrases(line: str) -> list[Phrase]:
    weight = _WEIGHT.match(line)
    text = line[weight.end() :] if weight else line
    phrase = _phrase("" if text == "-" else text.replace("\\n", "\n"))
    return [phrase] * (int(weight[1]) if weight else 1)


def _phrase(text: str) -> Phrase:
    parts: list[str | Number | Symbol] = []
    end = 0
    for slot in _SLOT.finditer(text):
        parts.append(text[end : slot.start()])
        parts.append(_slot(slot))
        end = slot.end()
    return tuple(part for part in (*parts, text[end:]) if part != "")


def _slot(slot: re.Match[str]) -> Number | Symbol:
    low, high, name, glue, fewest, most = slot.groups()
    if name is None:
        return Number(int(low), int(high))
    if glue is None:
        return Symbol(name, "", 1, 1)
    return Symbol(name, " " if glue == "*" else "\n", int(fewest), int(most))
