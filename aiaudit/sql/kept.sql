-- kept: rewritten calls of units that save money, or that the user's own word obliges to move
WITH priced AS (
    SELECT
        r.*,
        k.contracted_pico,
        coalesce(c.contracted_pico, w.contracted_pico) AS before_pico
    FROM rewritten AS r
    JOIN costed_rewritten AS k ON k.call_id = r.call_id
    JOIN workload AS w ON w.call_id = r.call_id
    LEFT JOIN changed AS c ON c.call_id = r.call_id
),
units AS (
    SELECT unit, sum(before_pico) - sum(contracted_pico) AS saved_pico FROM priced GROUP BY unit
)
SELECT p.*
FROM priced AS p
JOIN units AS u ON u.unit IS NOT DISTINCT FROM p.unit
WHERE p.obliged OR u.saved_pico > 0
