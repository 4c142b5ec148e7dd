"""How much of some exports has a price, how sure those prices are, and which models have none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from aiaudit import intake, pricing
from aiaudit.engine import Engine
from aiaudit.errors import AuditError
from aiaudit.resources import statement

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aiaudit.settings import Settings

MEASURES: Final = ("requests", "tokens", "stated")


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """What of some exports is priced: by confidence, and the models without a price.

    `shares` has a row per confidence of a price, then the rows without one: requests, tokens, and
    the cost that the exports state of themselves (USD; None where they state none).
    """

    catalogue: str
    shares: tuple[Mapping[str, Any], ...]
    unpriced: tuple[Mapping[str, Any], ...]
    unrecognised: tuple[str, ...]
    notes: tuple[str, ...]
    rejected: int

    def total(self, measure: str, *, priced: bool | None = None) -> Decimal | None:
        """Return a measure of all rows, or of those with or without a price; None if unknown."""
        rows = [row for row in self.shares if priced in (None, row["priced"])]
        known = [Decimal(row[measure]) for row in rows if row[measure] is not None]
        if measure == "stated" and all(row[measure] is None for row in self.shares):
            return None
        return sum(known, Decimal(0))

    def share(self, measure: str) -> Decimal | None:
        """Return which part of a measure is priced, from 0 to 1; None where there is nothing."""
        whole = self.total(measure)
        part = self.total(measure, priced=True)
        return part / whole if whole and part is not None else None


def covered(settings: Settings, progress: Callable[[int, int], None]) -> Covered:
    """Read the inputs of `settings` as an audit would, price them, and write nothing.

    Raises:
        AuditError: an input cannot be audited.
    """
    catalogue = pricing.load(settings.overlays)
    with TemporaryDirectory(prefix="aiaudit-") as room:
        aside = replace(settings, output=Path(room))
        with Engine(
            aside.output / "coverage.duckdb",
            memory_limit=settings.memory_limit,
            threads=settings.threads,
            inputs=intake.readable(aside),
        ) as engine:
            pricing.install(engine, catalogue)
            taken = intake.take_in(engine, aside, catalogue, progress)
            if taken.failures:
                raise AuditError("\n".join(str(failure) for failure in taken.failures))
            pricing.cost(engine, "calls", into="costed")
            return Covered(
                catalogue=catalogue.version,
                shares=tuple(engine.rows(statement("covered"))),
                unpriced=tuple(engine.rows(statement("uncovered"))),
                unrecognised=taken.unrecognised,
                notes=taken.notes,
                rejected=engine.value("SELECT coalesce(sum(rejected), 0) FROM sources"),
            )
