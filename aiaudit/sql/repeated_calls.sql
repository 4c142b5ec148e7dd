-- repeated_calls: one row per copy of a call that stands elsewhere under the same id
-- The larger token total stays, then the later end, then the smaller digest and row.
WITH once AS (
    SELECT c.source_id, c.row, c.family, c.natural_id, c.ended_at, s.sha256, s.reader,
        coalesce(c.input_uncached, 0) + coalesce(c.cache_read, 0) + coalesce(c.cache_write_5m, 0)
            + coalesce(c.cache_write_1h, 0) + coalesce(c.output, 0) AS tokens
    FROM taken_calls AS c
    JOIN sources AS s ON s.source_id = c.source_id
    LEFT JOIN copied_files AS f ON f.source_id = c.source_id
    WHERE c.grain = 'call' AND c.natural_id IS NOT NULL AND f.source_id IS NULL
),
repeated AS (
    SELECT family, natural_id FROM once GROUP BY family, natural_id HAVING count(*) > 1
),
placed AS (
    SELECT
        o.source_id,
        o.row,
        first_value(o.source_id) OVER same AS kept_source,
        first_value(o.row) OVER same       AS kept_row,
        row_number() OVER same             AS place
    FROM once AS o
    JOIN repeated AS r ON r.family = o.family AND r.natural_id = o.natural_id
    WINDOW same AS (
        PARTITION BY o.family, o.natural_id
        ORDER BY o.tokens DESC, o.ended_at DESC NULLS LAST, o.sha256, o.row, o.reader
    )
)
SELECT source_id, row, kept_source, kept_row, 'same id' AS rule
FROM placed
WHERE place > 1
