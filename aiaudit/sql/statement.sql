-- statement: one row per use case and needed tier, and one for each kind of traffic beside them
WITH lines AS (
    SELECT
        CASE
            WHEN w.price_status <> 'priced' THEN 'unpriced'
            WHEN w.needed_tier IS NOT NULL THEN 'work'
            WHEN w.origin <> 'call' THEN 'metered'
            ELSE 'unclassified'
        END                       AS kind,
        w.needed_tier,
        w.needed_rank,
        w.use_case,
        w.requests,
        w.list_pico,
        w.contracted_pico,
        r.right_sized_pico
    FROM workload AS w
    LEFT JOIN right_sized AS r ON r.call_id = w.call_id
),
named AS (
    SELECT
        kind,
        CASE WHEN kind = 'work' THEN needed_tier END                             AS needed_tier,
        CASE WHEN kind = 'work' THEN needed_rank END                             AS needed_rank,
        CASE
            WHEN kind = 'metered' THEN 'metered, no call evidence'
            WHEN kind = 'unpriced' THEN 'not priced'
            ELSE use_case
        END                                                                      AS use_case,
        requests, list_pico, contracted_pico, right_sized_pico
    FROM lines
),
summed AS (
    SELECT
        kind, needed_tier, needed_rank, use_case,
        CAST(coalesce(sum(requests), 0) AS BIGINT)              AS requests,
        sum(list_pico)                                          AS cost_list_pico,
        sum(contracted_pico)                                    AS cost_contracted_pico,
        sum(right_sized_pico)                                   AS cost_right_sized_pico,
        sum(contracted_pico) - sum(right_sized_pico)            AS savings_pico
    FROM named
    GROUP BY kind, needed_tier, needed_rank, use_case
    UNION ALL
    SELECT
        'overhead' AS kind, NULL AS needed_tier, NULL AS needed_rank, 'router' AS use_case,
        CAST(sum(requests) AS BIGINT)                           AS requests,
        CAST(0 AS DECIMAL(38,0))                                AS cost_list_pico,
        CAST(0 AS DECIMAL(38,0))                                AS cost_contracted_pico,
        sum(contracted_pico)                                    AS cost_right_sized_pico,
        -sum(contracted_pico)                                   AS savings_pico
    FROM added
    HAVING count(*) > 0
    UNION ALL
    SELECT
        'overhead' AS kind, NULL AS needed_tier, NULL AS needed_rank,
        'commitments and volume tiers' AS use_case,
        CAST(0 AS BIGINT)                                       AS requests,
        CAST(0 AS DECIMAL(38,0))                                AS cost_list_pico,
        CAST(0 AS DECIMAL(38,0))                                AS cost_contracted_pico,
        sum(pico)                                               AS cost_right_sized_pico,
        -sum(pico)                                              AS savings_pico
    FROM consequences
    HAVING count(*) > 0
)
SELECT
    kind, needed_tier, use_case, requests, cost_list_pico, cost_contracted_pico,
    cost_right_sized_pico, savings_pico
FROM summed
ORDER BY
    CASE kind WHEN 'work' THEN 0 WHEN 'unclassified' THEN 1 WHEN 'metered' THEN 2
        WHEN 'unpriced' THEN 3 ELSE 4 END,
    needed_rank, cost_contracted_pico DESC, use_case
