-- placed_buckets: one row per bucket of an export, with the account, day, name and rate class that it covers
-- Days are those of the provider's billing zone; a bucket of several days, and all days inside it,
-- count on its first day. A bucket without a class covers all classes of what it names.
WITH accounts AS (
    SELECT provider, bool_and(billing_account IS NOT NULL) AS known
    FROM settled
    WHERE provider IS NOT NULL
    GROUP BY provider
),
buckets AS (
    SELECT
        s.source_id, s.row, s.provider, s.offering, s.model, s.model_raw, s.operation, s.rate_class,
        coalesce(CASE WHEN a.known THEN s.billing_account END, '') AS account,
        CAST(timezone(coalesce(z.zone, 'UTC'), timezone('UTC', s.started_at)) AS DATE) AS local_day,
        s.started_at, s.ended_at,
        coalesce(s.offering, s.model_raw, concat('no model named: ', coalesce(s.operation, 'other'))) AS name,
        s.input_uncached, s.cache_read, s.cache_write_5m, s.cache_write_1h, s.output, s.requests, s.web_searches,
        s.images, s.audio_input, s.audio_cache_read, s.audio_output, s.image_input, s.image_output, s.reasoning
    FROM settled AS s
    JOIN accounts AS a ON a.provider = s.provider
    LEFT JOIN billing_zones AS z ON z.provider = s.provider
    WHERE s.grain = 'bucket' AND s.invalid IS NULL
),
spans AS (
    SELECT DISTINCT provider, account, local_day AS first_day, ended_at
    FROM buckets
    WHERE ended_at > started_at + INTERVAL 36 HOUR AND ended_at <= started_at + INTERVAL 32 DAY
),
bins AS (
    SELECT b.provider, b.account, b.local_day, coalesce(min(s.first_day), b.local_day) AS "day",
        max(s.ended_at) AS span_end
    FROM (SELECT DISTINCT provider, account, local_day FROM buckets) AS b
    LEFT JOIN spans AS s
        ON  s.provider = b.provider AND s.account = b.account AND s.first_day <= b.local_day
        AND CAST(b.local_day AS TIMESTAMP) < s.ended_at
    GROUP BY b.provider, b.account, b.local_day
),
unclassed AS (
    SELECT provider, account, local_day, name
    FROM buckets
    WHERE rate_class IS NULL
    GROUP BY provider, account, local_day, name
)
SELECT
    b.* EXCLUDE (rate_class, started_at, ended_at),
    i."day",
    i.span_end,
    CASE WHEN u.name IS NULL THEN b.rate_class END AS class
FROM buckets AS b
JOIN bins AS i ON i.provider = b.provider AND i.account = b.account AND i.local_day = b.local_day
LEFT JOIN unclassed AS u
    ON u.provider = b.provider AND u.account = b.account AND u.local_day = b.local_day AND u.name = b.name
