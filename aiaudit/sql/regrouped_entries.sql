-- regrouped_entries: one row per bucket or charge that an export of another grouping shows as well
-- A day that one export shows whole and another split by model or project is the same day when both
-- add up to the same; then the finer one holds. Of two formats of one provider (its API and its
-- console name things differently, so their rows cannot be matched) the larger total of a day holds.
WITH once AS (
    SELECT e.*, CAST(e.started_at AS DATE) AS "day"
    FROM entries AS e
    LEFT JOIN repeated_entries AS d ON d.source_id = e.source_id AND d.row = e.row
    LEFT JOIN nested_entries AS n ON n.source_id = e.source_id AND n.row = e.row
    WHERE d.row IS NULL AND n.row IS NULL
),
groupings AS (
    SELECT source_id, subject, family, max(named) AS named
    FROM once
    GROUP BY source_id, subject, family
),
totals AS (
    SELECT o.provider, o.subject, o."day", o.family, g.named, sum(o.size) AS size,
        min(concat(o.sha256, '/', lpad(CAST(o.row AS VARCHAR), 12, '0'), '/', o.source_id)) AS first_row
    FROM once AS o
    JOIN groupings AS g
        ON g.source_id = o.source_id AND g.subject = o.subject AND g.family = o.family
    GROUP BY o.provider, o.subject, o."day", o.family, g.named
),
lost AS (
    SELECT t.provider, t.subject, t."day", t.family, t.named, min(k.first_row) AS first_row
    FROM totals AS t
    JOIN totals AS k
        ON k.provider = t.provider AND k.subject = t.subject AND k."day" = t."day"
    WHERE (k.family = t.family AND k.size = t.size AND k.named > t.named)
        OR (k.family <> t.family AND (k.size > t.size
            OR (k.size = t.size AND (k.named > t.named OR (k.named = t.named AND k.family < t.family)))))
    GROUP BY t.provider, t.subject, t."day", t.family, t.named
)
SELECT
    o.source_id, o.row,
    split_part(l.first_row, '/', 3)                   AS kept_source,
    CAST(split_part(l.first_row, '/', 2) AS BIGINT)   AS kept_row,
    'other grouping'                                  AS rule
FROM once AS o
JOIN groupings AS g ON g.source_id = o.source_id AND g.subject = o.subject AND g.family = o.family
JOIN lost AS l
    ON  l.provider = o.provider AND l.subject = o.subject AND l."day" = o."day"
    AND l.family = o.family AND l.named = g.named
