-- limits: sizes of a request between which no context window ends and no price threshold lies
WITH cuts AS (
    SELECT DISTINCT context AS cut FROM offerings WHERE context IS NOT NULL
    UNION
    SELECT CASE WHEN inclusive THEN above - 1 ELSE above END AS cut FROM rates WHERE above IS NOT NULL
),
edges AS (
    SELECT cut FROM cuts
    UNION
    SELECT 9000000000000000000 AS cut
)
SELECT coalesce(lag(cut) OVER (ORDER BY cut), -1) AS over_size, cut AS up_to FROM edges
