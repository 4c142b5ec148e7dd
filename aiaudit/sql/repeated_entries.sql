-- repeated_entries: one row per bucket or charge that another export states again
-- The newer export holds; of two that are equally new, the larger. Within a file nothing repeats:
-- rows of the same dimensions add up.
WITH stated AS (
    SELECT family, natural_id, started_at, ended_at, source_id, sha256, reader,
        min("row") AS first_row, max(period_end) AS newest, sum(size) AS size
    FROM entries
    GROUP BY family, natural_id, started_at, ended_at, source_id, sha256, reader
),
placed AS (
    SELECT
        *,
        first_value(source_id) OVER same AS kept_source,
        first_value(first_row) OVER same AS kept_row,
        first_value(newest) OVER same    AS kept_newest,
        first_value(size) OVER same      AS kept_size,
        row_number() OVER same           AS place
    FROM stated
    WINDOW same AS (
        PARTITION BY family, natural_id, started_at, ended_at
        ORDER BY newest DESC NULLS LAST, size DESC, sha256, reader
    )
)
SELECT
    e.source_id, e.row, p.kept_source, p.kept_row,
    CASE
        WHEN p.newest IS DISTINCT FROM p.kept_newest THEN 'newer export'
        WHEN p.size IS DISTINCT FROM p.kept_size     THEN 'larger of two exports'
        ELSE 'same bucket'
    END AS rule
FROM placed AS p
JOIN entries AS e
    ON  e.source_id = p.source_id
    AND e.family = p.family
    AND e.natural_id = p.natural_id
    AND e.started_at = p.started_at
    AND e.ended_at IS NOT DISTINCT FROM p.ended_at
WHERE p.place > 1
