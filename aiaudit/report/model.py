"""The report model: one frozen value that every renderer draws, and none computes anything for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiaudit.report import headline, sections
from aiaudit.report.basis import Basis
from aiaudit.report.sections.summary import figures, tied
from aiaudit.report.words import Piece, Words, name, phrase

if TYPE_CHECKING:
    from aiaudit.ledger import Audit
    from aiaudit.report.blocks import Figure, Section, Tone

_TITLE = "Intelligence P&L"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A report: the strip, the headline with its sentence, four figures, and the sections."""

    basis: Basis
    title: Piece
    client: Piece
    period: str
    currency: Piece
    stamp: tuple[str, Tone, str]
    headline: str
    subline: Words
    figures: tuple[Figure, ...]
    sections: tuple[Section, ...]


def view(audit: Audit) -> View:
    """Return the report model of an audit."""
    basis = Basis.of(audit)
    return View(
        basis=basis,
        title=phrase(basis.setting("title"), _TITLE),
        client=name(basis.setting("client"), ""),
        period=basis.period,
        currency=name(audit.run.get("currency"), "USD"),
        stamp=tied(basis),
        headline=headline.headline(basis),
        subline=headline.subline(basis),
        figures=figures(basis),
        sections=tuple(section(basis) for section in sections.ORDER),
    )
