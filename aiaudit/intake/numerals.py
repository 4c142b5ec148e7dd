"""Numbers as spreadsheets write them: grouped by thousands, with a decimal comma or a currency."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Style = Literal["point", "comma"]

# What only one of the two can have written; 1,234 or 1.234 alone tells nothing.
_POINT: Final = re.compile(
    r"-?\d+\.(\d{1,2}|\d{4,})|-?0\.\d+|-?\d{1,3}(,\d{3})+\.\d+|-?\d{1,3}(,\d{3}){2,}", re.ASCII
)
_COMMA: Final = re.compile(
    r"-?\d+,(\d{1,2}|\d{4,})|-?0,\d+|-?\d{1,3}(\.\d{3})+,\d+|-?\d{1,3}(\.\d{3}){2,}", re.ASCII
)
_SIGNS: Final = "$€£"
_NUMBER: Final[dict[Style, str]] = {
    "point": rf"-?[{_SIGNS}]?([0-9]{{1,3}}(,[0-9]{{3}})+|[0-9]+)(\.[0-9]+)?",
    "comma": rf"-?([0-9]{{1,3}}(\.[0-9]{{3}})+|[0-9]+)(,[0-9]+)?\s?[{_SIGNS}]?",
}
_NOISE: Final[dict[Style, str]] = {"point": f"[{_SIGNS},]", "comma": rf"[{_SIGNS}.\s]"}
_COMPILED: Final = {style: re.compile(pattern) for style, pattern in _NUMBER.items()}


def style(cells: Iterable[str]) -> Style:
    """Return how a table writes its numbers, by the cells that can be read in one way only."""
    point = comma = 0
    for cell in cells:
        point += _POINT.fullmatch(cell) is not None
        comma += _COMMA.fullmatch(cell) is not None
    return "comma" if comma > point else "point"


def plain(cell: str, written: Style) -> str:
    """Return a number in digits with a decimal point; any other cell as it is."""
    if not _COMPILED[written].fullmatch(cell):
        return cell
    bare = re.sub(_NOISE[written], "", cell)
    return bare.replace(",", ".") if written == "comma" else bare


def plain_sql(cell: str, written: Style) -> str:
    """Return the SQL of `plain`; most cells are let go after one look."""
    marks = ",." if written == "comma" else ","
    guard = " OR ".join(f"contains({cell}, '{mark}')" for mark in (*marks, *_SIGNS))
    bare = f"regexp_replace({cell}, '{_NOISE[written]}', '', 'g')"
    if written == "comma":
        bare = f"replace({bare}, ',', '.')"
    return (
        f"CASE WHEN ({guard}) AND regexp_full_match({cell}, '{_NUMBER[written]}')"
        f" THEN {bare} ELSE {cell} END"
    )
