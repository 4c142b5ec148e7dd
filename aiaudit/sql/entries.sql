-- entries: one row per bucket or charge of an export, with what tells it apart and how much it is
-- `named` says, for each dimension in turn, whether the row names it. What is bought under a
-- subscription or a contract of its own stands beside the rest, never in its place.
WITH every AS (
    SELECT
        source_id, row, family, natural_id, CAST(NULL AS TIMESTAMP) AS exported_at, provider,
        billing_account, operation AS subject, started_at, ended_at,
        concat(model_raw IS NOT NULL, project IS NOT NULL, user_id IS NOT NULL,
            api_key IS NOT NULL, rate_class IS NOT NULL) AS named,
        CAST(coalesce(input_uncached, 0) + coalesce(cache_read, 0) + coalesce(cache_write_5m, 0)
            + coalesce(cache_write_1h, 0) + coalesce(output, 0) + coalesce(requests, 0)
            + coalesce(images, 0) + coalesce(web_searches, 0) AS DECIMAL(38, 18)) AS size
    FROM taken_calls
    WHERE grain = 'bucket' AND natural_id IS NOT NULL
    UNION ALL
    SELECT
        source_id, row, family, natural_id, exported_at, provider, billing_account, 'charge' AS subject,
        charge_start AS started_at, charge_end AS ended_at,
        concat(sku IS NOT NULL, project IS NOT NULL, model_raw IS NOT NULL) AS named,
        billed_cost AS size
    FROM taken_charges
    WHERE natural_id IS NOT NULL
),
accounts AS (
    SELECT provider, subject, bool_and(billing_account IS NOT NULL) AS known
    FROM every
    GROUP BY provider, subject
)
SELECT
    e.source_id, e.row, e.family, e.natural_id, s.sha256, s.reader,
    coalesce(e.exported_at, s.period_end) AS period_end,
    e.provider,
    coalesce(CASE WHEN a.known THEN e.billing_account END, '') AS account,
    CASE
        WHEN e.billing_account LIKE '%subscription%' OR e.family LIKE '%-enterprise-%'
        THEN concat_ws(' ', e.family, e.subject)
        ELSE e.subject
    END AS subject,
    e.started_at, e.ended_at, e.named, e.size
FROM every AS e
JOIN sources AS s ON s.source_id = e.source_id
JOIN accounts AS a ON a.provider IS NOT DISTINCT FROM e.provider AND a.subject IS NOT DISTINCT FROM e.subject
LEFT JOIN copied_files AS f ON f.source_id = e.source_id
LEFT JOIN repeated_rows AS d ON d.source_id = e.source_id AND d.row = e.row AND e.subject IS DISTINCT FROM 'charge'
WHERE f.source_id IS NULL AND d.row IS NULL
