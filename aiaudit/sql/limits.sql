-- limits: sizes of a request between which no target's context ends and no price threshold lies
WITH cuts AS (
    SELECT context AS cut FROM route_targets_allowed WHERE context IS NOT NULL
    UNION
    SELECT CASE WHEN r.inclusive THEN r.above - 1 ELSE r.above END AS cut
    FROM rates AS r
    JOIN route_targets_allowed AS t ON t.offering = r.offering
    WHERE r.above IS NOT NULL
    UNION
    SELECT 9000000000000000000 AS cut
)
SELECT coalesce(lag(cut) OVER (ORDER BY cut), -1) AS over_size, cut AS up_to FROM cuts
