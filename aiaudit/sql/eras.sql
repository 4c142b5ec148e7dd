-- eras: one row per day and span of time in which no offering appears, leaves, or changes role or price
WITH days AS (
    SELECT DISTINCT CAST(started_at AS DATE) AS day FROM calls
),
served AS (
    SELECT offering FROM route_targets_allowed
    UNION
    SELECT offering FROM kinds WHERE offering IS NOT NULL
),
span AS (
    SELECT min(started_at) AS first, max(started_at) AS last FROM calls
),
instants AS (
    SELECT released AS instant FROM route_targets_allowed
    UNION
    SELECT retired AS instant FROM route_targets_allowed
    UNION
    SELECT r.valid_from AS instant FROM roles AS r JOIN served AS s ON s.offering = r.offering
    UNION
    SELECT r.valid_to AS instant FROM roles AS r JOIN served AS s ON s.offering = r.offering
    UNION
    SELECT r.valid_from AS instant FROM rates AS r JOIN served AS s ON s.offering = r.offering
    UNION
    SELECT r.valid_to AS instant FROM rates AS r JOIN served AS s ON s.offering = r.offering
),
starts AS (
    SELECT i.instant FROM instants AS i JOIN span AS s ON i.instant > s.first AND i.instant <= s.last
    UNION
    SELECT s.first AS instant FROM span AS s WHERE s.first IS NOT NULL
),
spans AS (
    SELECT
        row_number() OVER (ORDER BY instant) AS era,
        instant AS since,
        coalesce(lead(instant) OVER (ORDER BY instant), TIMESTAMP '9999-12-31 00:00:00') AS until
    FROM starts
)
SELECT d.day, s.era, s.since, s.until
FROM days AS d
JOIN spans AS s
    ON  s.since < CAST(d.day AS TIMESTAMP) + INTERVAL 1 DAY
    AND s.until > CAST(d.day AS TIMESTAMP)
