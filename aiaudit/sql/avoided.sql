-- avoided: one row per use case and offering with failed attempts that were billed
SELECT
    w.use_case,
    w.offering                                                AS from_model,
    CAST(coalesce(sum(w.requests), 0) AS BIGINT)              AS requests,
    sum(w.contracted_pico)                                    AS cost_contracted_pico,
    sum(w.contracted_pico) - sum(r.right_sized_pico)          AS saving_pico
FROM workload AS w
JOIN right_sized AS r ON r.call_id = w.call_id AND r.lever = 'avoid'
GROUP BY w.use_case, w.offering
ORDER BY w.use_case, w.offering
