"""From the words of the rules to probes: regular expressions, and the words that call for them.

A regular expression is tried only on texts that contain one of its needles, which are all looked
for at once. The engine looks for a dozen words at once as fast as for one; beyond that it becomes
ten times slower, so alternatives are tried a few at a time. Texts and classes are ASCII.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from aiaudit.text.needles import needles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from aiaudit.text.rules import Ask

_AT_ONCE: Final = 10
_WORDS_BEFORE: Final = (
    r"\b(?:please|to|and|then|you|you'll|will|must|should|help me|kindly|that|who|can|now) "
)
# Before a verb that asks for something: a new line or a mark, or one of these words.
BEGINS: Final = rf"(?:\n[ \t>*#('0-9.)-]*|[.!?:;,][ \n('-]+|{_WORDS_BEFORE})"
# The same, so that one begins where another ends: a new line after a mark begins by itself.
EVERY_BEGIN: Final = rf"(?:\n[ \t>*#('0-9.)-]*|[.!?:;,][ ('-]+|{_WORDS_BEFORE})"
MARK: Final = "\x01"
_SAME_CLAUSE: Final = "[a-z0-9 ,'/()<>_&\"-]*?"
_PLAIN: Final = re.compile(r"[a-z0-9 ,'/?:-]+")
_BUT: Final = re.compile(r"\[\^((?:\\.|[^\]])*)\]")
# "i need" and "i'd like" with their second word; a letter that may be absent is left out.
_FIRST_LETTERS: Final = re.compile(r"(?:[a-z](?:'[a-z]+)? )?[a-z]{2,}(?![?*{])")


@dataclass(frozen=True, slots=True)
class Probe:
    """A regular expression, and needles of which each of its matches contains one.

    Needles with a MARK stand at the beginning of a clause. None: it is tried on every text.
    """

    regex: str
    needles: frozenset[str] | None


def asked(asks: Sequence[Ask]) -> Probe:
    """Return the probe for a clause that begins with a verb of one of the asks, and so goes on."""
    clauses = (
        rf"(?:{'|'.join(ask.verbs)})\b" + (f" ?{ask.follows}" if ask.follows else "")
        for ask in asks
    )
    regex = compiled(f"{BEGINS}(?:{'|'.join(clauses)})")
    return Probe(regex, beginning(verb for ask in asks for verb in ask.verbs))


def beginning(verbs: Iterable[str]) -> frozenset[str] | None:
    """Return needles for clauses that begin with one of the verbs."""
    firsts = [_FIRST_LETTERS.match(verb) for verb in verbs]
    return frozenset(MARK + f[0] for f in firsts if f) if all(firsts) else None


def anywhere(words: Sequence[str]) -> Iterator[Probe]:
    """Yield the probes for one of the words, as a whole word, in a text."""
    found = {word: needles(word.replace("...", _SAME_CLAUSE)) for word in words}
    sought = [word for word in words if found[word]]
    plain = [word for word in sought if _PLAIN.fullmatch(word)]
    others = [word for word in sought if word not in plain]
    everywhere = [word for word in words if not found[word]]
    for some, many in ((plain, _AT_ONCE), (others, 3), (everywhere, _AT_ONCE)):
        for at in range(0, len(some), many):
            part = some[at : at + many]
            regex = compiled("|".join(_whole(word) for word in part))
            yield Probe(regex, _together(found[word] for word in part))


def compiled(pattern: str) -> str:
    """Return a pattern with `...` written out, and with ASCII classes, which are far smaller."""
    pattern = pattern.replace("...", _SAME_CLAUSE)
    pattern = pattern.replace(r"\w", "[a-z0-9_]").replace(r"\d", "[0-9]").replace(r"\s", r"[ \n\t]")
    return _BUT.sub(r"[[:ascii:]&&[^\1]]", pattern.replace(r"\b", r"(?-u:\b)"))


def _together(parts: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    known = [part for part in parts if part is not None]
    return frozenset().union(*known) or None


def _whole(word: str) -> str:
    before = r"\b" if word[0].isalnum() or word[0] == "(" else ""
    after = r"\b" if word[-1].isalnum() or word.endswith((")", "s?", "e?")) else ""
    return before + word + after
