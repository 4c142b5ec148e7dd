-- metered: one row per counter of a provider, account, name, day and rate class, on days that an export covers
-- What the logs have of it, and what the export has. A log may use the moving name of a model where
-- the export has one dated name that day: both are the same.
WITH covered AS (
    SELECT provider, account, min("day") AS "day", CAST(local_day AS TIMESTAMP) AS starts,
        greatest(CAST(local_day AS TIMESTAMP) + INTERVAL 1 DAY, max(span_end)) AS ends
    FROM placed_buckets
    GROUP BY provider, account, local_day
),
accounts AS (
    SELECT provider, min(account) <> '' AS known FROM placed_buckets GROUP BY provider
),
calls AS (
    SELECT
        s.provider, s.offering, s.model, s.model_raw, s.operation, s.rate_class,
        CASE WHEN a.known THEN s.billing_account ELSE '' END AS account,
        CASE WHEN z.zone IS NULL THEN s.started_at
            ELSE timezone(z.zone, timezone('UTC', s.started_at)) END AS local_time,
        coalesce(s.offering, s.model_raw, concat('no model named: ', coalesce(s.operation, 'other'))) AS name,
        s.input_uncached, s.cache_read, s.cache_write_5m, s.cache_write_1h, s.output, s.requests, s.web_searches,
        s.images, s.audio_input, s.audio_cache_read, s.audio_output, s.image_input, s.image_output, s.reasoning
    FROM settled AS s
    JOIN accounts AS a ON a.provider = s.provider
    LEFT JOIN billing_zones AS z ON z.provider = s.provider
    WHERE s.grain = 'call' AND s.invalid IS NULL AND s.billable IS DISTINCT FROM FALSE
),
days AS (
    SELECT d.provider, d.account, d.local_day, min(v."day") AS "day"
    FROM (SELECT DISTINCT provider, account, CAST(local_time AS DATE) AS local_day FROM calls) AS d
    JOIN covered AS v
        ON  v.provider = d.provider AND v.account = d.account
        AND CAST(d.local_day AS TIMESTAMP) >= v.starts AND CAST(d.local_day AS TIMESTAMP) < v.ends
    GROUP BY d.provider, d.account, d.local_day
),
dated AS (
    SELECT provider, account, "day", model, min(offering) AS offering
    FROM placed_buckets
    WHERE offering IS NOT NULL
    GROUP BY provider, account, "day", model
    HAVING count(DISTINCT offering) = 1
),
unclassed AS (
    SELECT DISTINCT provider, account, "day", name FROM placed_buckets WHERE class IS NULL
),
both_sides AS (
    SELECT 'call' AS grain, c.provider, c.account, d."day", c.model, c.model_raw, c.operation,
        CAST(NULL AS VARCHAR) AS source_id,
        coalesce(o.offering, c.offering) AS offering, coalesce(o.offering, c.name) AS name,
        coalesce(c.rate_class, 'standard') AS class,
        c.input_uncached, c.cache_read, c.cache_write_5m, c.cache_write_1h, c.output, c.requests, c.web_searches,
        c.images, c.audio_input, c.audio_cache_read, c.audio_output, c.image_input, c.image_output, c.reasoning
    FROM calls AS c
    JOIN days AS d
        ON d.provider = c.provider AND d.account = c.account AND d.local_day = CAST(c.local_time AS DATE)
    LEFT JOIN dated AS o
        ON  c.offering = concat(c.provider, '/', c.model)
        AND o.provider = c.provider AND o.account = c.account AND o."day" = d."day" AND o.model = c.model
    UNION ALL
    SELECT 'bucket' AS grain, provider, account, "day", model, model_raw, operation, source_id, offering, name, class,
        input_uncached, cache_read, cache_write_5m, cache_write_1h, output, requests, web_searches,
        images, audio_input, audio_cache_read, audio_output, image_input, image_output, reasoning
    FROM placed_buckets
),
summed AS (
    SELECT
        b.grain, b.provider, b.account, b."day", b.name,
        CASE WHEN u.name IS NULL THEN b.class END AS class,
        min(b.offering) AS offering, min(b.model) AS model, min(b.model_raw) AS model_raw,
        min(b.operation) AS operation, min(b.source_id) AS source_id,
        CAST(sum(b.input_uncached) AS BIGINT) AS input_uncached,
        CAST(sum(b.cache_read) AS BIGINT) AS cache_read,
        CAST(sum(b.cache_write_5m) AS BIGINT) AS cache_write_5m,
        CAST(sum(b.cache_write_1h) AS BIGINT) AS cache_write_1h,
        CAST(sum(b.output) AS BIGINT) AS output,
        CAST(sum(b.requests) AS BIGINT) AS requests,
        CAST(sum(b.web_searches) AS BIGINT) AS web_searches,
        CAST(sum(b.images) AS BIGINT) AS images,
        CAST(sum(b.audio_input) AS BIGINT) AS audio_input,
        CAST(sum(b.audio_cache_read) AS BIGINT) AS audio_cache_read,
        CAST(sum(b.audio_output) AS BIGINT) AS audio_output,
        CAST(sum(b.image_input) AS BIGINT) AS image_input,
        CAST(sum(b.image_output) AS BIGINT) AS image_output,
        CAST(sum(b.reasoning) AS BIGINT) AS reasoning
    FROM both_sides AS b
    LEFT JOIN unclassed AS u
        ON u.provider = b.provider AND u.account = b.account AND u."day" = b."day" AND u.name = b.name
    GROUP BY b.grain, b.provider, b.account, b."day", b.name, CASE WHEN u.name IS NULL THEN b.class END
),
counters AS (
    SELECT s.grain, s.provider, s.account, s."day", s.name, s.class, s.offering, s.model, s.model_raw,
        s.operation, s.source_id, k.counter,
        CASE k.counter
            WHEN 'input_uncached' THEN s.input_uncached
            WHEN 'cache_read' THEN s.cache_read
            WHEN 'cache_write_5m' THEN s.cache_write_5m
            WHEN 'cache_write_1h' THEN s.cache_write_1h
            WHEN 'output' THEN s.output
            WHEN 'requests' THEN s.requests
            WHEN 'web_searches' THEN s.web_searches
            WHEN 'images' THEN s.images
            WHEN 'audio_input' THEN s.audio_input
            WHEN 'audio_cache_read' THEN s.audio_cache_read
            WHEN 'audio_output' THEN s.audio_output
            WHEN 'image_input' THEN s.image_input
            WHEN 'image_output' THEN s.image_output
            WHEN 'reasoning' THEN s.reasoning
        END AS amount
    FROM summed AS s
    CROSS JOIN (VALUES ('input_uncached'), ('cache_read'), ('cache_write_5m'), ('cache_write_1h'), ('output'), ('requests'), ('web_searches'),
        ('images'), ('audio_input'), ('audio_cache_read'), ('audio_output'), ('image_input'), ('image_output'), ('reasoning')) AS k(counter)
)
SELECT
    provider, account, "day", name, class, counter,
    min(offering) AS offering, min(model) AS model, min(model_raw) AS model_raw,
    min(operation) AS operation, min(source_id) AS source_id,
    bool_or(grain = 'call') AS logged, bool_or(grain = 'bucket') AS exported,
    max(CASE WHEN grain = 'call' THEN amount END) AS logged_amount,
    max(CASE WHEN grain = 'bucket' THEN amount END) AS exported_amount
FROM counters
GROUP BY provider, account, "day", name, class, counter
