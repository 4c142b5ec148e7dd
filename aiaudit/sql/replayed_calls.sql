-- replayed_calls: one row per call that its tool copied, under another id, from a call of the same answer
-- A call that is no copy stays, then the larger token total, the later end, the smaller digest and row.
WITH once AS (
    SELECT c.source_id, c.row, c.family, c.response_id, c.ended_at, s.sha256, s.reader,
        c.replay IS TRUE AS replay,
        coalesce(c.input_uncached, 0) + coalesce(c.cache_read, 0) + coalesce(c.cache_write_5m, 0)
            + coalesce(c.cache_write_1h, 0) + coalesce(c.output, 0) AS tokens
    FROM taken_calls AS c
    JOIN sources AS s ON s.source_id = c.source_id
    LEFT JOIN duplicates AS d ON d.source_id = c.source_id AND d.row = c.row
    WHERE c.grain = 'call' AND c.response_id IS NOT NULL AND d.row IS NULL
),
copied AS (
    SELECT family, response_id FROM once GROUP BY family, response_id
    HAVING count(*) > 1 AND bool_or(replay)
),
placed AS (
    SELECT
        o.source_id, o.row, o.replay,
        first_value(o.source_id) OVER same AS kept_source,
        first_value(o.row) OVER same       AS kept_row,
        row_number() OVER same             AS place
    FROM once AS o
    JOIN copied AS c ON c.family = o.family AND c.response_id = o.response_id
    WINDOW same AS (
        PARTITION BY o.family, o.response_id
        ORDER BY o.replay, o.tokens DESC, o.ended_at DESC NULLS LAST, o.sha256, o.row, o.reader
    )
)
SELECT source_id, row, kept_source, kept_row, 'replayed' AS rule
FROM placed
WHERE place > 1 AND replay
