-- answered_calls: one row per call that a log of another kind shows too, by the provider's id of its answer
-- The first of the calls under one id in each family are one call, and so are the second ones, when
-- they name the same provider or model. The row that states more counters stays, then that of a
-- gateway, then the larger token total, the later end, the smaller digest and row.
WITH once AS (
    SELECT c.source_id, c.row, c.family, c.response_id, c.provider, c.model_raw, c.gateway, c.started_at, c.ended_at,
        CASE WHEN c.input_uncached IS NULL THEN 0 ELSE 1 END + CASE WHEN c.cache_read IS NULL THEN 0 ELSE 1 END
            + CASE WHEN c.cache_write_5m IS NULL AND c.cache_write_1h IS NULL THEN 0 ELSE 1 END
            + CASE WHEN c.output IS NULL THEN 0 ELSE 1 END AS stated,
        coalesce(c.input_uncached, 0) + coalesce(c.cache_read, 0) + coalesce(c.cache_write_5m, 0)
            + coalesce(c.cache_write_1h, 0) + coalesce(c.output, 0) AS tokens
    FROM taken_calls AS c
    LEFT JOIN duplicates AS d ON d.source_id = c.source_id AND d.row = c.row
    WHERE c.grain = 'call' AND c.response_id IS NOT NULL AND d.row IS NULL
),
shared AS (
    SELECT response_id FROM once GROUP BY response_id HAVING min(family) <> max(family)
),
named AS (
    SELECT o.*, s.sha256, s.reader, i.model, coalesce(i.billing_provider, o.provider) AS biller,
        row_number() OVER (
            PARTITION BY o.family, o.response_id ORDER BY o.started_at, s.sha256, o.row, s.reader
        ) AS nth
    FROM once AS o
    JOIN shared AS h ON h.response_id = o.response_id
    JOIN sources AS s ON s.source_id = o.source_id
    LEFT JOIN identified AS i
        ON  i.provider IS NOT DISTINCT FROM o.provider
        AND i.model_raw IS NOT DISTINCT FROM o.model_raw
        AND o.started_at >= coalesce(i.valid_from, o.started_at)
        AND (o.started_at < i.valid_to OR i.valid_to IS NULL)
),
placed AS (
    SELECT
        source_id, row, biller, model,
        first_value(source_id) OVER same AS kept_source,
        first_value(row) OVER same       AS kept_row,
        first_value(biller) OVER same    AS kept_biller,
        first_value(model) OVER same     AS kept_model,
        row_number() OVER same           AS place
    FROM named
    WINDOW same AS (
        PARTITION BY response_id, nth
        ORDER BY stated DESC, CASE WHEN gateway IS NULL THEN 1 ELSE 0 END, tokens DESC,
            ended_at DESC NULLS LAST, sha256, row, reader
    )
)
SELECT source_id, row, kept_source, kept_row, 'same answer' AS rule
FROM placed
WHERE place > 1 AND (biller = kept_biller OR model = kept_model OR biller IS NULL OR kept_biller IS NULL)
