"""An overlay to begin with: a line for each name that no price is known for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

HEAD: Final = (
    "# Names without a price. Say in each line which offering it is (provider/model; a suggestion",
    "# is a likeness, no fact), and give the folder of this file with --pricing.",
)
_NAMELESS: Final = ("unknown model", "unknown provider", "ambiguous provider", "alias not in force")
_OPEN: Final = "OFFERING"


def stub(unpriced: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the lines of an overlay file that names what the models without a price may be.

    Rows have provider, model, reason, did_you_mean, requests and tokens; what lacks a price for
    another reason than its name is left out, for no name would help it.
    """
    rows = [row for row in unpriced if row["model"] and row["reason"] in _NAMELESS]
    yield from HEAD
    yield "map:" if rows else "map: []"
    for row in rows:
        yield f"  # {row['requests']} requests, {row['tokens']} tokens"
        parts = {
            "provider": row["provider"] or "",
            "raw": row["model"],
            "to": row["did_you_mean"] or _OPEN,
        }
        yield f"  - {{{', '.join(f'{key}: {quoted(text)}' for key, text in parts.items())}}}"


def quoted(text: str) -> str:
    """Return a text as a YAML scalar in double quotes, with nothing in it that could act."""
    return '"' + "".join(_character(c) for c in text) + '"'


def _character(c: str) -> str:
    if c in '"\\':
        return f"\\{c}"
    if c.isprintable():
        return c
    return f"\\U{ord(c):08x}" if ord(c) not in range(0xD800, 0xE000) else "?"
