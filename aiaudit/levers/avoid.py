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
    # Cache writes of a failed attempt stay: later calls may have read what it wrote. On days when
    # the provider metered less than the logs show, nobody knows that a failure was billed.
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
          AND NOT EXISTS (
              SELECT 1
              FROM metering AS m
              LEFT JOIN billing_zones AS z ON z.provider = m.provider
              WHERE m.exported
                AND m.provider = w.provider
                AND m.offering = w.offering
                AND m.day = CAST(
                    timezone(coalesce(z.zone, 'UTC'), timezone('UTC', w.started_at)) AS DATE
                )
                AND coalesce(m.logged_not_metered_input_uncached, 0)
                    + coalesce(m.logged_not_metered_output, 0) > 0
          )
    """,
)
