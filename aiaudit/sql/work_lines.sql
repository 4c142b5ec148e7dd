-- work_lines: one row per use case and served tier, with what its cost is made of
WITH sessions AS (
    SELECT use_case, served_tier, session_id, count(*) AS calls
    FROM workload
    WHERE session_id IS NOT NULL AND origin = 'call'
    GROUP BY use_case, served_tier, session_id
),
longest AS (
    SELECT use_case, served_tier, max(calls) AS longest_session FROM sessions
    GROUP BY use_case, served_tier
),
lines AS (
    SELECT
        w.use_case,
        w.served_tier,
        w.served_rank,
        min(w.team)                                                               AS first_team,
        count(DISTINCT w.team)                                                    AS teams,
        CAST(coalesce(sum(w.requests), 0) AS BIGINT)                              AS requests,
        sum(w.contracted_pico)                                                    AS cost_contracted_pico,
        coalesce(sum(CASE WHEN r.lever = 'avoid' THEN w.contracted_pico - r.right_sized_pico END), 0)
                                                                                  AS avoided_pico,
        coalesce(sum(CASE WHEN r.lever = 'route' THEN w.contracted_pico - r.right_sized_pico END), 0)
                                                                                  AS routed_pico,
        coalesce(sum(CASE WHEN w.needed_tier IS NULL THEN w.contracted_pico END), 0)
                                                                                  AS unclassified_pico,
        sum(w.input_tokens)                                                       AS input_tokens,
        count(*)                                                                  AS calls,
        bool_and(w.origin <> 'call')                                              AS metered
    FROM workload AS w
    LEFT JOIN right_sized AS r ON r.call_id = w.call_id
    WHERE w.price_status = 'priced'
    GROUP BY w.use_case, w.served_tier, w.served_rank
)
SELECT l.*, coalesce(s.longest_session, 0) AS longest_session
FROM lines AS l
LEFT JOIN longest AS s
    ON s.use_case IS NOT DISTINCT FROM l.use_case AND s.served_tier IS NOT DISTINCT FROM l.served_tier
ORDER BY l.cost_contracted_pico DESC, l.use_case, l.served_rank
