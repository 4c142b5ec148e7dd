"""Which plain words a pattern cannot match without: looking for them first is far quicker."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

# The parser is Python's own, but not part of its promise: without it every text is searched.
try:
    from re import _constants as _op  # type: ignore[attr-defined]
    from re import _parser  # type: ignore[attr-defined]
except ImportError:  # pragma: no cover
    _parser = _op = None

if TYPE_CHECKING:
    from collections.abc import Iterable

# Beyond so many combinations, words are no longer joined into longer ones.
_MOST: Final = 120
_LETTERS: Final = 6
# A shorter word stands in nearly every text.
_LEAST: Final = 3

Words = frozenset[str]
_EMPTY: Final[Words] = frozenset(("",))


def needles(pattern: str) -> Words | None:
    """Return words of which every match of a pattern contains at least one; None when unknown."""
    if _parser is None:
        return None
    _, best = _sequence(_parser.parse(pattern))
    return best if best and _shortest(best) >= _LEAST else None


def _sequence(tree: Iterable[tuple[Any, Any]]) -> tuple[Words | None, Words | None]:
    """Return all that a sequence matches, when that is a few words; and its best words."""
    run, best, whole = _EMPTY, None, True
    for op, value in tree:
        exact, inner = _node(op, value)
        if exact is not None and len(run) * len(exact) <= _MOST:
            run = frozenset(a + b for a in run for b in exact)
            continue
        best, whole = _better(_better(best, run), inner), False
        run = exact or _EMPTY
    return run if whole else None, _better(best, run)


def _node(op: Any, value: Any) -> tuple[Words | None, Words | None]:  # noqa: ANN401  # the parser's
    """Return the same for one part of a sequence."""
    found: tuple[Words | None, Words | None]
    match op:
        case _op.LITERAL:
            found = frozenset(chr(value)), None
        case _op.IN:
            found = _letters(value), None
        case _op.AT:
            found = _EMPTY, None
        case _op.SUBPATTERN:
            found = _sequence(value[3])
        case _op.BRANCH:
            found = _branches([_sequence(branch) for branch in value[1]])
        case _op.MAX_REPEAT | _op.MIN_REPEAT:
            found = _repeated(*value)
        case _:
            found = None, None
    return found


def _repeated(
    least: int, most: int, part: Iterable[tuple[Any, Any]]
) -> tuple[Words | None, Words | None]:
    exact, best = _sequence(part)
    if (least, most) == (0, 1):
        return (exact | _EMPTY if exact else None), None
    return None, (best if least else None)


def _letters(members: list[tuple[Any, int]]) -> Words | None:
    few = len(members) <= _LETTERS and all(op is _op.LITERAL for op, _ in members)
    return frozenset(chr(value) for _, value in members) if few else None


def _branches(parts: list[tuple[Words | None, Words | None]]) -> tuple[Words | None, Words | None]:
    exact: Words | None = frozenset()
    best: Words | None = frozenset()
    for whole, words in parts:
        exact = exact | whole if exact is not None and whole is not None else None
        best = best | words if best is not None and words is not None else None
    return exact, best


def _better(one: Words | None, other: Words | None) -> Words | None:
    """Return the words that say more: whose shortest is longer."""
    if not one or not other:
        return one or other
    return one if _shortest(one) >= _shortest(other) else other


def _shortest(words: Words) -> int:
    return min(len(word) for word in words)
