-- scenario_cost: one figure, the contracted cost of all priced calls under the levers applied so far
SELECT
    coalesce((SELECT sum(w.contracted_pico) FROM workload AS w WHERE w.price_status = 'priced'), 0)
    - coalesce((
        SELECT sum(w.contracted_pico - c.contracted_pico)
        FROM changed AS c
        JOIN workload AS w ON w.call_id = c.call_id
    ), 0) AS contracted_pico
