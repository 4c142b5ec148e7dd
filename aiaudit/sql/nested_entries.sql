-- nested_entries: one row per bucket that lies in a wider bucket of another export, or the reverse
-- An hourly and a daily export show the same traffic twice: of the two widths of a day, the larger
-- total holds, and the wider one when both are equal.
WITH once AS (
    SELECT e.*, CAST(e.started_at AS DATE) AS "day",
        e.ended_at >= CAST(CAST(e.started_at AS DATE) AS TIMESTAMP) + INTERVAL 1 DAY
            AND e.started_at = CAST(CAST(e.started_at AS DATE) AS TIMESTAMP) AS whole
    FROM entries AS e
    LEFT JOIN repeated_entries AS d ON d.source_id = e.source_id AND d.row = e.row
    WHERE d.row IS NULL AND e.ended_at IS NOT NULL
),
widths AS (
    SELECT family, natural_id, "day", whole, sum(size) AS size,
        arg_min(source_id, concat(sha256, lpad(CAST("row" AS VARCHAR), 12, '0'))) AS kept_source,
        arg_min("row", concat(sha256, lpad(CAST("row" AS VARCHAR), 12, '0')))     AS kept_row
    FROM once
    GROUP BY family, natural_id, "day", whole
),
lost AS (
    SELECT w.family, w.natural_id, w."day", w.whole, o.kept_source, o.kept_row
    FROM widths AS w
    JOIN widths AS o
        ON  o.family = w.family AND o.natural_id = w.natural_id AND o."day" = w."day"
        AND o.whole <> w.whole
    WHERE o.size > w.size OR (o.size = w.size AND o.whole)
)
SELECT e.source_id, e.row, l.kept_source, l.kept_row, 'other bucket width' AS rule
FROM once AS e
JOIN lost AS l
    ON  l.family = e.family AND l.natural_id = e.natural_id AND l."day" = e."day"
    AND l.whole = e.whole
