-- evidence: one row per kind of evidence for the tier that calls need
SELECT
    w.evidence,
    CAST(coalesce(sum(w.requests), 0) AS BIGINT)                          AS requests,
    sum(w.contracted_pico)                                                AS cost_contracted_pico,
    sum(CASE WHEN r.lever = 'route' THEN w.contracted_pico - r.right_sized_pico ELSE 0 END)
                                                                          AS savings_pico
FROM workload AS w
JOIN right_sized AS r ON r.call_id = w.call_id
GROUP BY w.evidence
ORDER BY sum(w.contracted_pico) DESC, w.evidence
