"""What every section of a report stands on: the audit, its displayed amounts and its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from aiaudit.report.figures import as_decimal, change, period_words, usd
from aiaudit.report.rows import Record, records
from aiaudit.report.shown import Shown, shown
from aiaudit.report.tie import Tie, tie
from aiaudit.report.words import Phrase, Words

if TYPE_CHECKING:
    from decimal import Decimal

    from aiaudit.ledger import Audit

TIERS: Final = {
    "micro": "Micro",
    "efficient": "Efficient",
    "capable": "Capable",
    "frontier": "Frontier",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """An audit with what all its sections share."""

    audit: Audit
    shown: Shown
    tie: Tie

    @classmethod
    def of(cls, audit: Audit) -> Basis:
        """Return the basis of the reports of an audit."""
        return cls(audit=audit, shown=shown(audit), tie=tie(audit))

    def records(self, name: str) -> list[Record]:
        """Return the rows of a table by column name."""
        return records(self.audit, name)

    def absent(self, name: str, otherwise: str) -> Words:
        """Return why a table has no rows, in the audit's words or ours."""
        table = self.audit.tables.get(name)
        reason = table.reason if table else None
        return (
            (Phrase(f"{reason[:1].upper()}{reason[1:].rstrip('.')}."),) if reason else (otherwise,)
        )

    def usd(self, amount: Decimal, exact: Decimal | None = None) -> str:
        """Return an amount with the decimals of this report."""
        return usd(amount, self.shown.places, exact)

    def change(self, amount: Decimal, exact: Decimal | None = None) -> str:
        """Return a signed difference with the decimals of this report."""
        return change(amount, self.shown.places, exact)

    def ratio(self, key: str) -> Decimal | None:
        """Return a fact that is a share or another plain number."""
        fact = self.audit.facts.get(key)
        return as_decimal(fact.value) if fact else None

    @property
    def requests(self) -> int:
        """Return how many calls the audit covers."""
        return self.audit.count("requests.total") or 0

    @property
    def empty(self) -> bool:
        """Return whether there is nothing to report on."""
        return not self.requests and not self.shown.cost

    @property
    def supported(self) -> bool:
        """Return whether any saving is supported, however small."""
        return (self.audit.money("savings.headline") or 0) > 0

    @property
    def supported_amount(self) -> str:
        """Return the supported saving as an amount."""
        return self.usd(self.shown.headline, self.audit.money("savings.headline"))

    @property
    def period(self) -> str:
        """Return the audited period in words."""
        period = self.audit.run.get("period")
        period = period if isinstance(period, dict) else {}
        return period_words(period.get("start"), period.get("end"))

    @property
    def prices(self) -> str:
        """Return on which prices all amounts rest."""
        contracted = self.audit.run.get("basis") == "contracted"
        return "at contract prices" if contracted else "at list prices"

    @property
    def actual(self) -> str:
        """Return what the actual cost may be called: spend only when it ties to charges."""
        return "Spend, tied to charges" if self.tie.state == "tied" else f"Usage {self.prices}"

    @property
    def unit(self) -> str:
        """Return what one unit of work is called."""
        return "decision" if self.audit.count("decisions.total") else "call"

    def setting(self, key: str) -> object:
        """Return a value of the run record, or of its settings."""
        settings = self.audit.run.get("settings")
        inner = settings.get(key) if isinstance(settings, dict) else None
        return self.audit.run.get(key) or inner
