-- tier_flow: one row per tier that calls were served and tier that they need
SELECT
    w.served_tier,
    w.needed_tier,
    CAST(coalesce(sum(w.requests), 0) AS BIGINT) AS requests,
    sum(w.list_pico)                             AS cost_list_pico
FROM workload AS w
WHERE w.price_status = 'priced'
  AND w.served_tier IS NOT NULL
  AND w.needed_tier IS NOT NULL
GROUP BY w.served_tier, w.served_rank, w.needed_tier, w.needed_rank
ORDER BY w.served_rank DESC, w.needed_rank DESC
