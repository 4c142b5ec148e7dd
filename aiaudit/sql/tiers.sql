-- tiers: one row per needed tier, and one for each kind of traffic that has none
SELECT
    CASE WHEN kind = 'work' THEN s.needed_tier ELSE kind END AS tier,
    CAST(sum(s.requests) AS BIGINT)                          AS requests,
    sum(s.cost_list_pico)                                    AS cost_list_pico,
    sum(s.cost_contracted_pico)                              AS cost_contracted_pico,
    sum(s.cost_right_sized_pico)                             AS cost_right_sized_pico,
    sum(s.savings_pico)                                      AS savings_pico
FROM statement AS s
LEFT JOIN tier_order AS t ON t.tier = s.needed_tier
GROUP BY CASE WHEN kind = 'work' THEN s.needed_tier ELSE kind END, s.kind, t.rank
ORDER BY
    CASE s.kind WHEN 'work' THEN 0 WHEN 'unclassified' THEN 1 WHEN 'metered' THEN 2
        WHEN 'unpriced' THEN 3 ELSE 4 END,
    t.rank
