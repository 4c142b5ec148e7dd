"""Run an audit: take in, classify, price, replay, reconcile, write down."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiaudit import classify, intake, ledger, pricing, report
from aiaudit.audit import (
    charged,
    commitments,
    coverage,
    days,
    effective,
    facts,
    record,
    savings,
    stored,
    tables,
    work,
)
from aiaudit.audit.output import claimed
from aiaudit.audit.prices import price
from aiaudit.engine import Engine
from aiaudit.errors import AuditError
from aiaudit.reconcile import Reconciliation, reconcile
from aiaudit.replay import Replayed, replay

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aiaudit.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """An audit that is written, and the seconds that each stage took."""

    audit: ledger.Audit
    timings: Mapping[str, float]


@dataclass(slots=True, kw_only=True)
class _Run:
    """What every stage of one run may look at, and the seconds that each took."""

    settings: Settings
    catalogue: pricing.Catalogue
    progress: Callable[[int, int], None]
    made_at: str | None
    stages: dict[str, float] = field(default_factory=dict)
    last: float = field(default_factory=time.perf_counter)

    def mark(self, stage: str) -> None:
        now = time.perf_counter()
        self.stages[stage] = now - self.last
        self.last = now


def run(
    settings: Settings,
    *,
    progress: Callable[[int, int], None] | None = None,
    made_at: str | None = None,
) -> Outcome:
    """Audit the inputs of `settings` and write the reports and the database into its output.

    Raises:
        AuditError: the input cannot be audited; what was taken in before stays in the database.
    """
    catalogue = pricing.load(settings.overlays)
    this = _Run(
        settings=settings, catalogue=catalogue, progress=progress or _quiet, made_at=made_at
    )
    readable = intake.readable(settings)
    with (
        claimed(settings.output) as database,
        Engine(
            database, memory_limit=settings.memory_limit, threads=settings.threads, inputs=readable
        ) as engine,
    ):
        audit = _audit(engine, this)
    report.write(audit, settings.output, settings.formats)
    this.mark("reports")
    return Outcome(audit=audit, timings=this.stages)


def _audit(engine: Engine, this: _Run) -> ledger.Audit:
    settings, tiers = this.settings, this.catalogue.tiers
    pricing.install(engine, this.catalogue)
    this.mark("prices")
    taken = intake.take_in(engine, settings, this.catalogue, this.progress)
    if taken.failures and not settings.keep_going:
        raise AuditError("\n".join(str(failure) for failure in taken.failures))
    this.mark("intake")
    served = pricing.serve(engine, this.catalogue)
    unmatched = classify.classify(engine, settings, tiers)
    this.mark("classify")
    price(engine, settings, tiers)
    this.mark("price")
    replayed = replay(engine, settings, tiers)
    totals = tables.make(engine, "totals")[0]
    settled, replayed = commitments.settle(engine, settings, this.catalogue, totals, replayed)
    this.mark("replay")
    charged.in_dollars(engine, this.catalogue)
    bills = charged.charged(engine)
    reconciliation = reconcile(engine, settings.tolerances.materiality, settings.invoices)
    found = facts.facts(totals, replayed, bills, reconciliation, settled)
    stored.store(engine, found)
    made = _tables(engine, this, replayed, reconciliation)
    made["commitments"] = effective.commitments(settled)
    notes = (*this.catalogue.notes, *bills["open"], *effective.notes(settled, served))
    tables.tie(made, found["cost.list"])
    audit = ledger.Audit(
        run=record.record(settings, this.catalogue, totals, unmatched)
        | ({"made_at": this.made_at} if this.made_at else {}),
        sources=coverage.sources(engine),
        coverage=coverage.coverage(engine, totals, taken, reconciliation, notes),
        facts=found,
        steps=record.steps(engine),
        tables=made,
    )
    this.mark("facts")
    return audit


def _tables(
    engine: Engine, this: _Run, replayed: Replayed, reconciliation: Reconciliation
) -> dict[str, ledger.Table]:
    settings = this.settings
    use_cases = work.use_cases(engine, settings, replayed)
    owners = {row["use_case"]: row["owner"] for row in use_cases.records()}
    return {
        **tables.plain(engine),
        "daily": days.daily(engine),
        "drivers": work.drivers(engine, settings),
        "use_cases": use_cases,
        "levers": savings.levers(replayed),
        "moves": savings.moves(engine, owners, replayed),
        "evidence": savings.evidence(engine, this.catalogue.tiers),
        **coverage.reconciliation_tables(reconciliation),
    }


def _quiet(_done: int, _total: int) -> None:
    """Show no progress."""
