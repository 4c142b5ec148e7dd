"""How wide a text will be in a chart, so that labels are cut and broken before they collide."""

from __future__ import annotations

from typing import Final

# Thousandths of the font size in a common sans-serif face, by character.
_GROUPS: Final = {
    222: "ijl'",
    278: " !,./:;I[]\\ftr|",
    333: "()-`",
    500: "Jckszxyv",
    556: "0123456789L$?#_abdeghnopqu",
    600: "FTZ+=<>~^*",
    667: "ABEKPSVXY&",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    944: "W%@",
}
_WIDTHS: Final = {character: width for width, group in _GROUPS.items() for character in group}
_OTHER: Final = 600
_WIDE: Final = 1000
_FIRST_WIDE: Final = "\u1100"
_SAFETY: Final = 1.1  # the reader's own face may be wider


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a text at a font size, on the safe side."""
    units = sum(_WIDTHS.get(c, _WIDE if c >= _FIRST_WIDE else _OTHER) for c in text)
    return units * size / 1000 * _SAFETY * (1.06 if bold else 1)


def fit(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """Return the text, cut with an ellipsis where it is wider than the room."""
    if width(text, size, bold=bold) <= room:
        return text
    while text and width(text + "…", size, bold=bold) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def broken(text: str, size: float, room: float, lines: int = 2) -> list[str]:
    """Return the text broken at spaces into lines of the room's width; the last one is cut."""
    result: list[str] = []
    words = text.split()
    while words and len(result) < lines - 1:
        line = words.pop(0)
        while words and width(f"{line} {words[0]}", size) <= room:
            line += f" {words.pop(0)}"
        result.append(fit(line, size, room))
    if words:
        result.append(fit(" ".join(words), size, room))
    return result
