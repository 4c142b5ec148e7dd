"""Route: the cheapest adequate model of the tier that a call needs."""

from __future__ import annotations

from typing import Final

from aiaudit.levers.lever import Lever

ROUTE: Final = Lever(
    id="route",
    title="Route work to the tier that it needs",
    why=(
        "Each use case goes to the cheapest model that existed at the time, has the context and "
        "the features that its calls need, and stands at or above the tier that they need."
    ),
    prepare=("route_calls", "route_groups", "route_options", "route_targets", "route_stream"),
    rewrite="""
        SELECT
            m.call_id,
            m.target         AS offering,
            m.input_uncached,
            m.cache_read,
            m.cache_write_5m,
            m.cache_write_1h,
            m.group_id       AS unit,
            m.obliged
        FROM route_stream AS m
        WHERE m.reach = 'full'
    """,
)  # fmt: skip

# The router reads a prompt before it sends the call on; what that costs is counted against the
# moves that it serves, each in its own class.
ROUTER: Final = Lever(
    id="router",
    title="Run the router",
    why="A model that reads each prompt first, and is paid for it.",
    rewrite="""
        SELECT
            concat_ws('/', 'router', w.use_case, w.day)             AS call_id,
            t.router_model                                          AS offering,
            min(s.started_at)                                       AS started_at,
            'standard'                                              AS rate_class,
            CAST(NULL AS VARCHAR)                                   AS region,
            CAST(count(*) AS BIGINT)                                AS requests,
            CAST(sum(least(t.input_tokens, w.input_tokens)) AS BIGINT) AS input_uncached,
            0::BIGINT                                               AS cache_read,
            0::BIGINT                                               AS cache_write_5m,
            0::BIGINT                                               AS cache_write_1h,
            CAST(count(*) * max(t.output_tokens) AS BIGINT)         AS output,
            0::BIGINT                                               AS web_searches,
            TRUE                                                    AS billable,
            CAST(NULL AS VARCHAR)                                   AS invalid,
            w.use_case,
            w.day
        FROM scenario AS s
        JOIN workload AS w ON w.call_id = s.call_id
        JOIN router_terms AS t ON TRUE
        WHERE w.origin = 'call'
          AND s.requests = 1
          AND s.billable IS NOT FALSE
          AND w.use_case IN (SELECT use_case FROM moved_use_cases)
        GROUP BY w.use_case, w.day, t.router_model
    """,
)
