-- spent: one row per offering, its stand-in, hour, lever and unit, with the cost before and after
WITH lines AS (
    SELECT
        w.offering,
        coalesce(r.target, w.offering)                                          AS target,
        date_trunc('hour', w.started_at)                                        AS hour,
        r.lever,
        r.unit,
        w.contracted_pico                                                       AS before_pico,
        r.right_sized_pico                                                      AS after_pico,
        w.input_tokens + coalesce(w.output, 0)                                  AS before_tokens,
        CASE WHEN r.lever = 'avoid' THEN 0
            ELSE w.input_tokens + coalesce(w.output, 0) END                     AS after_tokens
    FROM workload AS w
    JOIN right_sized AS r ON r.call_id = w.call_id
    WHERE w.price_status = 'priced'
),
first_hours AS (
    SELECT day, min(date_trunc('hour', started_at)) AS hour FROM workload GROUP BY day
),
added_lines AS (
    SELECT
        CAST(NULL AS VARCHAR)          AS offering,
        a.offering                     AS target,
        h.hour,
        'router'                       AS lever,
        CAST(NULL AS BIGINT)           AS unit,
        CAST(0 AS DECIMAL(38, 0))      AS before_pico,
        coalesce(a.contracted_pico, 0) AS after_pico,
        0                              AS before_tokens,
        0                              AS after_tokens
    FROM added AS a
    JOIN first_hours AS h ON h.day = a.day
),
every_line AS (
    SELECT * FROM lines
    UNION ALL
    SELECT * FROM added_lines
)
SELECT
    offering,
    target,
    hour,
    lever,
    unit,
    CAST(sum(before_pico) AS DECIMAL(38, 0))   AS before_pico,
    CAST(sum(after_pico) AS DECIMAL(38, 0))    AS after_pico,
    CAST(sum(before_tokens) AS DECIMAL(38, 0)) AS before_tokens,
    CAST(sum(after_tokens) AS DECIMAL(38, 0))  AS after_tokens
FROM every_line
GROUP BY offering, target, hour, lever, unit
