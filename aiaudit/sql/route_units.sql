-- route_units: one row per routed group, with its cost now, after routing, and one tier down
WITH costs AS (
    SELECT
        c.unit,
        count(*)                                            AS calls,
        sum(coalesce(w.requests, 0))                        AS requests,
        sum(w.contracted_pico)                              AS spend_pico,
        sum(c.contracted_pico)                              AS after_pico,
        sum(coalesce(k.contracted_pico, c.contracted_pico)) AS one_pico
    FROM changed AS c
    JOIN workload AS w ON w.call_id = c.call_id
    LEFT JOIN costed_one_step AS k ON k.call_id = c.call_id
    WHERE c.lever = 'route'
    GROUP BY c.unit
)
SELECT
    g.group_id,
    g.use_case,
    g.task,
    g.family,
    g.evidence,
    g.offering,
    whole.target,
    whole.steps,
    whole.obliged,
    one.target      AS one_target,
    one.uplift_high,
    x.calls,
    x.requests,
    x.spend_pico,
    x.after_pico,
    x.one_pico
FROM costs AS x
JOIN route_groups AS g ON g.group_id = x.unit
JOIN route_targets AS whole ON whole.group_id = g.group_id AND whole.reach = 'full'
LEFT JOIN route_targets AS one ON one.group_id = g.group_id AND one.reach = 'one'
ORDER BY g.group_id
