-- committed: one row per commitment, period and state of the replay, with the usage that counts
-- State 0 is what was; 1 has the calculated savings, 2 also those with public evidence, 3 all.
WITH states AS (
    SELECT 0 AS state
    UNION ALL SELECT 1 AS state
    UNION ALL SELECT 2 AS state
    UNION ALL SELECT 3 AS state
),
staged AS (
    SELECT u.*, CASE WHEN u.lever IS NULL THEN 4 ELSE coalesce(s.stage, 3) END AS stage
    FROM spent AS u
    LEFT JOIN supported AS s ON s.lever = u.lever AND (s.unit IS NULL OR s.unit = u.unit)
),
moved AS (
    SELECT
        s.state,
        p.commitment,
        p.period,
        CASE WHEN u.stage <= s.state THEN u.target ELSE u.offering END             AS offering,
        CASE WHEN u.stage <= s.state THEN u.after_pico ELSE u.before_pico END      AS pico,
        CASE WHEN u.stage <= s.state THEN u.after_tokens ELSE u.before_tokens END  AS tokens
    FROM staged AS u
    JOIN commitment_periods AS p ON u.hour >= p.starts AND u.hour < p.ends
    JOIN states AS s ON TRUE
),
counted AS (
    SELECT m.commitment, m.period, m.state, sum(m.pico) AS pico, sum(m.tokens) AS tokens
    FROM moved AS m
    JOIN commitment_scopes AS c ON c.commitment = m.commitment AND c.offering = m.offering
    GROUP BY m.commitment, m.period, m.state
)
SELECT
    p.commitment,
    p.period,
    s.state,
    CAST(coalesce(c.pico, 0) AS DECIMAL(38, 0))   AS pico,
    CAST(coalesce(c.tokens, 0) AS DECIMAL(38, 0)) AS tokens
FROM commitment_periods AS p
JOIN states AS s ON TRUE
LEFT JOIN counted AS c ON c.commitment = p.commitment AND c.period = p.period AND c.state = s.state
ORDER BY p.commitment, p.period, s.state
