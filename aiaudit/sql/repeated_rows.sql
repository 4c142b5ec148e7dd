-- repeated_rows: one row per bucket that stands again in its own file, the same in every dimension and count
-- Rows of the same dimensions with other counts are parts of one bucket, and add up. Charges of one
-- amount may well be two, and stay.
WITH placed AS (
    SELECT
        c.source_id, c.row,
        first_value(c.row) OVER same AS kept_row,
        row_number() OVER same       AS place
    FROM taken_calls AS c
    LEFT JOIN copied_files AS f ON f.source_id = c.source_id
    WHERE c.grain = 'bucket' AND c.natural_id IS NOT NULL AND f.source_id IS NULL
    WINDOW same AS (
        PARTITION BY
            c.source_id, c.natural_id, c.started_at, c.ended_at, c.requests,
            c.stated_cost, c.input_uncached, c.cache_read, c.cache_write_5m,
            c.cache_write_1h, c.output, c.web_searches, c.images, c.audio_input,
            c.audio_cache_read, c.audio_output, c.image_input, c.image_output, c.reasoning
        ORDER BY c.row
    )
)
SELECT source_id, row, source_id AS kept_source, kept_row, 'same row again' AS rule
FROM placed
WHERE place > 1
