-- eras: spans of the audited time in which no offering appears, leaves, or changes role or price
WITH span AS (
    SELECT min(started_at) AS first, max(started_at) AS last FROM calls
),
instants AS (
    SELECT released AS instant FROM offerings
    UNION
    SELECT retired AS instant FROM offerings
    UNION
    SELECT valid_from AS instant FROM roles
    UNION
    SELECT valid_to AS instant FROM roles
    UNION
    SELECT valid_from AS instant FROM rates
    UNION
    SELECT valid_to AS instant FROM rates
),
starts AS (
    SELECT i.instant FROM instants AS i JOIN span AS s ON i.instant > s.first AND i.instant <= s.last
    UNION
    SELECT s.first AS instant FROM span AS s WHERE s.first IS NOT NULL
)
SELECT
    row_number() OVER (ORDER BY instant) AS era,
    instant AS since,
    coalesce(lead(instant) OVER (ORDER BY instant), TIMESTAMP '9999-12-31 00:00:00') AS until
FROM starts
