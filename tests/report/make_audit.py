"""Build audit.json: an invented month of an invented company, in which every sum is exact.

Run it (`python tests/report/make_audit.py`) to write the file again. All money is Decimal with at
most twelve decimals, so that products with whole numbers and sums stay exact.
"""

from __future__ import annotations

from pathlib import Path

import month_record
import month_savings
import month_steps
import month_tables

from aiaudit.ledger import Audit, to_json


def build() -> Audit:
    """Return the whole audit."""
    return Audit(
        run=month_record.run(),
        sources=month_record.sources(),
        coverage=month_record.coverage(),
        facts=month_record.facts(),
        steps=month_steps.steps(),
        tables={
            "statement": month_tables.statement(),
            "tiers": month_tables.tiers(),
            "tier_flow": month_tables.tier_flow(),
            "daily": month_tables.daily(),
            "models": month_tables.models(),
            "baseline": month_tables.baseline(),
            "levers": month_savings.levers(),
            "moves": month_savings.moves(),
            "drivers": month_savings.drivers(),
            "use_cases": month_savings.use_cases(),
            "evidence": month_savings.evidence(),
            "reconciliation": month_record.reconciliation(),
        },
    )


if __name__ == "__main__":
    Path(__file__).with_name("audit.json").write_text(to_json(build()), "utf-8")
