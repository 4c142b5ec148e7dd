-- capacity_hours: one row per commitment and period, with the hours in which a call ran on it
SELECT
    p.commitment,
    p.period,
    CAST(count(DISTINCT date_trunc('hour', w.started_at)) AS BIGINT)                   AS used_hours,
    count(*) FILTER (WHERE w.call_id IS NOT NULL)                                      AS rows_served,
    count(*) FILTER (WHERE w.call_id IS NOT NULL AND w.requests IS DISTINCT FROM 1)    AS rows_of_several
FROM commitment_periods AS p
LEFT JOIN commitment_scopes AS c ON c.commitment = p.commitment
LEFT JOIN workload AS w
    ON  w.offering = c.offering
    AND w.rate_class = 'provisioned'
    AND w.price_status = 'priced'
    AND w.started_at >= p.starts
    AND w.started_at < p.ends
GROUP BY p.commitment, p.period
