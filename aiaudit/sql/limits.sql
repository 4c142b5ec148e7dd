-- limits: sizes of a request between which no target's context ends and no price threshold lies
WITH span AS (
    SELECT min(started_at) AS first, max(started_at) AS last FROM calls
),
targets AS (
    SELECT a.offering, a.context
    FROM route_targets_allowed AS a
    JOIN span AS s
        ON  (a.released IS NULL OR a.released <= s.last)
        AND (a.retired IS NULL OR a.retired > s.first)
    WHERE a.any_provider OR a.provider IN (SELECT provider FROM kinds)
),
cuts AS (
    SELECT context AS cut FROM targets WHERE context IS NOT NULL
    UNION
    SELECT CASE WHEN r.inclusive THEN r.above - 1 ELSE r.above END AS cut
    FROM rates AS r
    JOIN targets AS t ON t.offering = r.offering
    WHERE r.above IS NOT NULL
    UNION
    SELECT 9000000000000000000 AS cut
)
SELECT coalesce(lag(cut) OVER (ORDER BY cut), -1) AS over_size, cut AS up_to FROM cuts
