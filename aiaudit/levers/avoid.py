"""Avoid: attempts that failed and were billed all the same."""

from __future__ import annotations

from typing import Final

from aiaudit.levers.lever import Lever

AVOID: Final = Lever(
    id="avoid",
    title="Stop paying for failed attempts",
    why=(
        "An attempt that failed after it reached the model was billed and gave no answer. "
        "The retry that succeeded is kept."
    ),
    certainty="calculated",
    # Cache writes of a failed attempt stay: later calls may have read what it wrote.
    rewrite="""
        SELECT
            s.call_id,
            0::BIGINT AS requests,
            0::BIGINT AS input_uncached,
            0::BIGINT AS cache_read,
            0::BIGINT AS output,
            0::BIGINT AS web_searches
        FROM scenario AS s
        JOIN workload AS w ON w.call_id = s.call_id
        WHERE w.outcome = 'error'
          AND w.origin = 'call'
          AND w.price_status = 'priced'
          AND w.contracted_pico > 0
    """,
)
