-- spanned_entries: one row per bucket of several days that shorter ones show again, or the reverse
-- The larger total of the whole period holds, and the shorter buckets when both are equal.
WITH once AS (
    SELECT e.*
    FROM entries AS e
    LEFT JOIN repeated_entries AS d ON d.source_id = e.source_id AND d.row = e.row
    LEFT JOIN nested_entries AS n ON n.source_id = e.source_id AND n.row = e.row
    WHERE d.row IS NULL AND n.row IS NULL AND e.ended_at > e.started_at
),
-- a day of 25 hours, when clocks go back, is no bucket of several days
periods AS (
    SELECT family, natural_id, started_at, ended_at, sum(size) AS size,
        min(concat(sha256, '/', lpad(CAST("row" AS VARCHAR), 12, '0'), '/', source_id)) AS first_row
    FROM once
    WHERE ended_at > started_at + INTERVAL 36 HOUR
    GROUP BY family, natural_id, started_at, ended_at
),
inside AS (
    SELECT p.family, p.natural_id, p.started_at, p.ended_at, max(p.size) AS size,
        max(p.first_row) AS first_row, sum(o.size) AS parts,
        min(concat(o.sha256, '/', lpad(CAST(o.row AS VARCHAR), 12, '0'), '/', o.source_id)) AS first_part
    FROM periods AS p
    JOIN once AS o
        ON  o.family = p.family AND o.natural_id = p.natural_id
        AND o.started_at >= p.started_at AND o.ended_at <= p.ended_at
        AND (o.started_at > p.started_at OR o.ended_at < p.ended_at)
    GROUP BY p.family, p.natural_id, p.started_at, p.ended_at
),
lost AS (
    SELECT o.source_id, o.row, min(CASE WHEN i.parts >= i.size THEN i.first_part ELSE i.first_row END) AS kept
    FROM once AS o
    JOIN inside AS i
        ON  i.family = o.family AND i.natural_id = o.natural_id
        AND o.started_at >= i.started_at AND o.ended_at <= i.ended_at
        AND (o.started_at = i.started_at AND o.ended_at = i.ended_at) = (i.parts >= i.size)
    GROUP BY o.source_id, o.row
)
SELECT
    source_id, row,
    split_part(kept, '/', 3)                 AS kept_source,
    CAST(split_part(kept, '/', 2) AS BIGINT) AS kept_row,
    'other bucket width'                     AS rule
FROM lost
