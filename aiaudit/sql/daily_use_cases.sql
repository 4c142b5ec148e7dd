-- daily_use_cases: one row per day and use case, with its cost
SELECT w.day, w.use_case, sum(w.contracted_pico) AS cost_contracted_pico
FROM workload AS w
WHERE w.price_status = 'priced'
GROUP BY w.day, w.use_case
ORDER BY w.day, w.use_case
