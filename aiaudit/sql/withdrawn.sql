-- withdrawn: one row per commitment, period and unit of routing, with the usage that it takes away
SELECT
    p.commitment,
    p.period,
    u.unit,
    CAST(
        sum(CASE WHEN b.offering IS NULL THEN 0 ELSE u.before_pico END)
        - sum(CASE WHEN a.offering IS NULL THEN 0 ELSE u.after_pico END)
        AS DECIMAL(38, 0)
    ) AS pico
FROM spent AS u
JOIN commitment_periods AS p ON u.hour >= p.starts AND u.hour < p.ends
LEFT JOIN commitment_scopes AS b ON b.commitment = p.commitment AND b.offering = u.offering
LEFT JOIN commitment_scopes AS a ON a.commitment = p.commitment AND a.offering = u.target
WHERE u.unit IS NOT NULL
GROUP BY p.commitment, p.period, u.unit
