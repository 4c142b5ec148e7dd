-- right_sized: one row per priced call, with what it would have cost under all levers
SELECT
    w.call_id,
    coalesce(c.contracted_pico, w.contracted_pico) AS right_sized_pico,
    c.lever,
    c.offering                                     AS target,
    c.unit
FROM workload AS w
LEFT JOIN changed AS c ON c.call_id = w.call_id
WHERE w.price_status = 'priced'
