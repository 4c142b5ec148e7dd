-- regrouped_entries: one row per bucket or charge that an export of another grouping shows as well
-- A day that one export shows whole and another split by model or project is the same day when both
-- add up to the same; then the finer one holds. Of two formats of one provider (its API and its
-- console name things differently, so their rows cannot be matched) the larger total of a day holds.
-- Where an export has buckets of several days, such as months, these are compared instead.
WITH once AS (
    SELECT e.*, CAST(e.started_at AS DATE) AS "day"
    FROM entries AS e
    LEFT JOIN duplicates AS d ON d.source_id = e.source_id AND d.row = e.row
    WHERE d.row IS NULL
),
spans AS (
    SELECT DISTINCT provider, account, subject, "day" AS first_day, ended_at
    FROM once
    WHERE ended_at > started_at + INTERVAL 36 HOUR AND ended_at <= started_at + INTERVAL 32 DAY
),
days AS (
    SELECT o.provider, o.account, o.subject, o."day", coalesce(min(s.first_day), o."day") AS bin
    FROM (SELECT DISTINCT provider, account, subject, "day" FROM once) AS o
    LEFT JOIN spans AS s
        ON  s.provider = o.provider AND s.account = o.account AND s.subject = o.subject
        AND s.first_day <= o."day" AND CAST(o."day" AS TIMESTAMP) < s.ended_at
    GROUP BY o.provider, o.account, o.subject, o."day"
),
groupings AS (
    SELECT source_id, subject, family, max(named) AS named
    FROM once
    GROUP BY source_id, subject, family
),
placed AS (
    SELECT o.*, g.named AS grouping_named, b.bin
    FROM once AS o
    JOIN groupings AS g
        ON g.source_id = o.source_id AND g.subject = o.subject AND g.family = o.family
    JOIN days AS b
        ON b.provider = o.provider AND b.account = o.account AND b.subject = o.subject AND b."day" = o."day"
),
totals AS (
    SELECT provider, account, subject, bin, family, grouping_named, sum(size) AS size,
        min(concat(sha256, '/', lpad(CAST(row AS VARCHAR), 12, '0'), '/', source_id)) AS first_row
    FROM placed
    GROUP BY provider, account, subject, bin, family, grouping_named
),
-- the same export, split finer
finer AS (
    SELECT t.provider, t.account, t.subject, t.bin, t.family, t.grouping_named, min(k.first_row) AS first_row
    FROM totals AS t
    JOIN totals AS k
        ON  k.provider = t.provider AND k.account = t.account AND k.subject = t.subject AND k.bin = t.bin
        AND k.family = t.family AND k.size = t.size AND k.grouping_named > t.grouping_named
    GROUP BY t.provider, t.account, t.subject, t.bin, t.family, t.grouping_named
),
families AS (
    SELECT t.provider, t.account, t.subject, t.bin, t.family, sum(t.size) AS size,
        max(t.grouping_named) AS named, min(t.first_row) AS first_row
    FROM totals AS t
    LEFT JOIN finer AS f
        ON  f.provider = t.provider AND f.account = t.account AND f.subject = t.subject AND f.bin = t.bin
        AND f.family = t.family AND f.grouping_named = t.grouping_named
    WHERE f.family IS NULL
    GROUP BY t.provider, t.account, t.subject, t.bin, t.family
),
-- another format, with more of it
larger AS (
    SELECT f.provider, f.account, f.subject, f.bin, f.family, min(k.first_row) AS first_row
    FROM families AS f
    JOIN families AS k
        ON  k.provider = f.provider AND k.account = f.account AND k.subject = f.subject AND k.bin = f.bin
        AND k.family <> f.family
        AND (k.size > f.size OR (k.size = f.size
            AND (k.named > f.named OR (k.named = f.named AND k.family < f.family))))
    GROUP BY f.provider, f.account, f.subject, f.bin, f.family
),
lost AS (
    SELECT t.provider, t.account, t.subject, t.bin, t.family, t.grouping_named,
        coalesce(f.first_row, l.first_row) AS first_row
    FROM totals AS t
    LEFT JOIN finer AS f
        ON  f.provider = t.provider AND f.account = t.account AND f.subject = t.subject AND f.bin = t.bin
        AND f.family = t.family AND f.grouping_named = t.grouping_named
    LEFT JOIN larger AS l
        ON  l.provider = t.provider AND l.account = t.account AND l.subject = t.subject AND l.bin = t.bin
        AND l.family = t.family
    WHERE f.family IS NOT NULL OR l.family IS NOT NULL
)
SELECT
    p.source_id, p.row,
    split_part(l.first_row, '/', 3)                   AS kept_source,
    CAST(split_part(l.first_row, '/', 2) AS BIGINT)   AS kept_row,
    'other grouping'                                  AS rule
FROM placed AS p
JOIN lost AS l
    ON  l.provider = p.provider AND l.account = p.account AND l.subject = p.subject AND l.bin = p.bin
    AND l.family = p.family AND l.grouping_named = p.grouping_named
