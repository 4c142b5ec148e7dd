-- daily: one row per day of the reporting zone
WITH calls_of_day AS (
    SELECT
        w.day,
        coalesce(sum(w.requests), 0)  AS requests,
        sum(w.list_pico)              AS list_pico,
        sum(w.contracted_pico)        AS contracted_pico,
        sum(r.right_sized_pico)       AS right_sized_pico
    FROM workload AS w
    LEFT JOIN right_sized AS r ON r.call_id = w.call_id
    GROUP BY w.day
),
added_of_day AS (
    SELECT day, sum(pico) AS pico
    FROM (
        SELECT day, contracted_pico AS pico FROM added
        UNION ALL
        SELECT day, pico FROM consequences
    ) AS beside
    GROUP BY day
)
SELECT
    c.day,
    isodow(c.day) - 1                        AS weekday,
    CAST(c.requests AS BIGINT)               AS requests,
    c.list_pico                              AS cost_list_pico,
    c.contracted_pico                        AS cost_contracted_pico,
    c.right_sized_pico + coalesce(a.pico, 0) AS cost_right_sized_pico
FROM calls_of_day AS c
LEFT JOIN added_of_day AS a ON a.day = c.day
ORDER BY c.day
