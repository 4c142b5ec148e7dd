-- settled: one row per call or bucket that is no copy of another, with what is priced and who bills
WITH contents AS (
    SELECT sha256, max(rows_read) AS rows_read FROM sources GROUP BY sha256
),
numbered AS (
    SELECT
        sha256,
        CAST(sum(rows_read) OVER (ORDER BY sha256 ROWS UNBOUNDED PRECEDING) - rows_read AS BIGINT)
            AS rows_before
    FROM contents
),
-- a call of which its copies say more than it does itself
taken AS (
    SELECT t.*
    FROM taken_calls AS t
    LEFT JOIN completed_calls AS k ON k.source_id = t.source_id AND k.row = t.row
    WHERE k.row IS NULL
    UNION ALL
    SELECT * FROM completed_calls
)
SELECT
    c.* EXCLUDE (call_id, family, provider),
    n.rows_before + c.row                                                           AS call_id,
    coalesce(CASE WHEN i.offering IS NOT NULL THEN i.billing_provider END, c.provider) AS provider,
    i.offering,
    i.model
FROM taken AS c
JOIN sources AS s ON s.source_id = c.source_id
JOIN numbered AS n ON n.sha256 = s.sha256
LEFT JOIN duplicates AS d ON d.source_id = c.source_id AND d.row = c.row
LEFT JOIN identified AS i
    ON  i.provider IS NOT DISTINCT FROM c.provider
    AND i.model_raw IS NOT DISTINCT FROM c.model_raw
    AND c.started_at >= coalesce(i.valid_from, c.started_at)
    AND (c.started_at < i.valid_to OR i.valid_to IS NULL)
WHERE d.row IS NULL
