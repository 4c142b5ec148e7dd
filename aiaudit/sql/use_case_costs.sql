-- use_case_costs: one row per use case of logged calls, with its cost now and right-sized
WITH tier_costs AS (
    SELECT use_case, served_tier, needed_tier, served_rank, needed_rank, sum(contracted_pico) AS pico
    FROM workload
    WHERE price_status = 'priced'
    GROUP BY use_case, served_tier, needed_tier, served_rank, needed_rank
),
served AS (
    SELECT use_case, served_tier,
        row_number() OVER (PARTITION BY use_case ORDER BY sum(pico) DESC, served_tier) AS place
    FROM tier_costs WHERE served_tier IS NOT NULL GROUP BY use_case, served_tier
),
needed AS (
    SELECT use_case, needed_tier,
        row_number() OVER (PARTITION BY use_case ORDER BY sum(pico) DESC, needed_tier) AS place
    FROM tier_costs WHERE needed_tier IS NOT NULL GROUP BY use_case, needed_tier
),
costs AS (
    SELECT
        w.use_case,
        min(w.team)                                  AS team,
        count(DISTINCT w.team)                       AS teams,
        CAST(coalesce(sum(w.requests), 0) AS BIGINT) AS requests,
        max(w.served_rank)                           AS highest_served_rank,
        sum(w.contracted_pico)                       AS cost_contracted_pico,
        sum(r.right_sized_pico)                      AS right_sized_pico
    FROM workload AS w
    JOIN right_sized AS r ON r.call_id = w.call_id
    WHERE w.origin = 'call' OR w.needed_tier IS NOT NULL
    GROUP BY w.use_case
)
SELECT c.*, s.served_tier AS main_served_tier, n.needed_tier AS main_needed_tier
FROM costs AS c
LEFT JOIN served AS s ON s.use_case = c.use_case AND s.place = 1
LEFT JOIN needed AS n ON n.use_case = c.use_case AND n.place = 1
ORDER BY c.cost_contracted_pico DESC, c.use_case
