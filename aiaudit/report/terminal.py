"""The summary on the terminal: at most 24 lines of 80 columns, inert whatever a name holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from aiaudit.report.escape import spoken
from aiaudit.report.model import View, view
from aiaudit.report.sections.bridge import lever_name
from aiaudit.report.sections.use_cases import is_over
from aiaudit.report.words import counted, name

if TYPE_CHECKING:
    from rich.console import Console

    from aiaudit.ledger import Audit

_WIDTH: Final = 80
_LINES: Final = 23  # and one that says where the files are
_LEVERS: Final = 8
_CASES: Final = 5
_TONES: Final = {"good": "green", "bad": "red", "warn": "yellow", "muted": "dim"}
# What an ASCII terminal prints in the place of our own signs.
_ASCII: Final = str.maketrans({
    "\u2212": "-", "\u2013": "-", "·": "|", "…": "~", "Δ": "d",
})  # fmt: skip


def summary(audit: Audit, console: Console) -> None:
    """Print the headline, four figures, the levers, missed targets and the reconciliation."""
    made = view(audit)
    lines = [
        *_headline(made),
        Text(),
        *_figures(made),
        *_levers(made),
        *_missed(made),
        Text(),
        _tie(made),
    ]
    for line in lines[:_LINES]:
        console.print(_safe(line, console), soft_wrap=True, highlight=False)


def _safe(line: Text, console: Console) -> Text:
    """Cut to the width, and keep to what the terminal's encoding can show."""
    width = min(_WIDTH, console.width)
    if not (console.encoding or "").lower().startswith("utf"):
        plain = line.plain.translate(_ASCII).encode("ascii", "replace").decode("ascii")
        line = Text(plain, spans=line.spans if len(plain) == len(line.plain) else [])
    line.truncate(width)
    return line


def _headline(made: View) -> list[Text]:
    lines = _wrapped(made.headline, 2)
    return [Text(line, style="bold") for line in lines] + [
        Text(line) for line in _wrapped(spoken(made.subline, 40), 4)
    ]


def _wrapped(text: str, most: int, room: int = _WIDTH) -> list[str]:
    lines: list[str] = []
    current = ""
    for word in text.split():
        longer = f"{current} {word}".strip()
        if cell_len(longer) > room and current:
            lines.append(current)
            current = word
        else:
            current = longer
    lines.append(current)
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return lines


def _figures(made: View) -> list[Text]:
    return [
        Text.assemble(
            (set_cell_size(figure.label, 31), "dim"),
            (f"{figure.number:>13}  ", _TONES.get(figure.tone, "bold")),
            _cut(spoken(figure.words, 40), _WIDTH - 46),
        )
        for figure in made.figures
    ]


def _cut(text: str, room: int) -> str:
    """Return the first clause, of it the words that fit."""
    return _wrapped(re.split("[;:,] ", text)[0], 99, room)[0]


def _levers(made: View) -> list[Text]:
    basis = made.basis
    rows = list(zip(basis.records("levers"), basis.shown.levers, strict=True))
    on = [(row, saving) for row, saving in rows if saving is not None]
    lines = [Text()] if on else []
    for row, saving in on[:_LEVERS]:
        tone = "green" if saving > 0 else "red" if saving < 0 else "dim"
        lines.append(
            Text.assemble(
                set_cell_size(spoken((lever_name(row),), 60), 31),
                (f"{basis.change(-saving):>13}", tone),
            )
        )
    return lines


def _missed(made: View) -> list[Text]:
    missed = [row for row in made.basis.records("use_cases") if is_over(row)]
    if not missed:
        return []
    line = f"{counted(len(missed), 'use case')} over target:"
    named = 0
    for row in missed[:_CASES]:
        longer = f"{line} {spoken((name(row['use_case']),), 24)},"
        if cell_len(longer) > _WIDTH - len(" and 1,000 more"):
            break
        line, named = longer, named + 1
    left = len(missed) - named
    line = line.removesuffix(",") + (f" and {left:,} more" if left and named else "")
    return [Text(), Text(line)]


def _tie(made: View) -> Text:
    tag, tone, words = made.stamp
    return Text.assemble((tag, _TONES.get(tone, "")), f": {words}.")
