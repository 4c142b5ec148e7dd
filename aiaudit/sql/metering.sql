-- metering: one row per provider, account, offering, UTC day and rate class, on days that an export covers
-- Each counter as the logs have it, as the export has it, and the excess of either side; the two
-- are never netted. An export that does not say the rate class covers them all. A log may name the
-- moving name of a model where the export names the dated one: with only one of them that day, both
-- are the same traffic.
WITH accounts AS (
    SELECT provider, bool_and(billing_account IS NOT NULL) AS known
    FROM settled
    WHERE provider IS NOT NULL
    GROUP BY provider
),
found AS (
    SELECT
        s.source_id, s.grain, s.provider, s.offering, s.model, s.model_raw, s.operation, s.rate_class,
        CASE WHEN a.known THEN s.billing_account END   AS billing_account,
        CAST(s.started_at AS DATE)                     AS "day",
        s.input_uncached, s.cache_read, s.cache_write_5m, s.cache_write_1h, s.output, s.requests, s.web_searches
    FROM settled AS s
    JOIN accounts AS a ON a.provider = s.provider
    WHERE s.invalid IS NULL AND (s.grain = 'bucket' OR s.billable IS DISTINCT FROM FALSE)
),
metered AS (
    SELECT provider, billing_account, "day", model, min(offering) AS offering
    FROM found
    WHERE grain = 'bucket' AND offering IS NOT NULL
    GROUP BY provider, billing_account, "day", model
    HAVING count(DISTINCT offering) = 1
),
seen AS (
    SELECT
        f.* EXCLUDE (offering),
        coalesce(o.offering, f.offering)               AS offering,
        coalesce(o.offering, f.offering, f.model_raw, '') AS name
    FROM found AS f
    LEFT JOIN metered AS o
        ON  f.grain = 'call'
        AND f.offering = concat(f.provider, '/', f.model)
        AND o.provider = f.provider
        AND o.billing_account IS NOT DISTINCT FROM f.billing_account
        AND o."day" = f."day"
        AND o.model = f.model
),
covered AS (
    SELECT provider, billing_account, "day"
    FROM seen
    WHERE grain = 'bucket'
    GROUP BY provider, billing_account, "day"
),
unclassed AS (
    SELECT provider, billing_account, "day", name
    FROM seen
    WHERE grain = 'bucket' AND rate_class IS NULL
    GROUP BY provider, billing_account, "day", name
),
classed AS (
    SELECT
        n.*,
        CASE WHEN u.name IS NULL THEN coalesce(n.rate_class, 'standard') END AS class
    FROM seen AS n
    JOIN covered AS c
        ON  c.provider = n.provider
        AND c.billing_account IS NOT DISTINCT FROM n.billing_account
        AND c."day" = n."day"
    LEFT JOIN unclassed AS u
        ON  u.provider = n.provider
        AND u.billing_account IS NOT DISTINCT FROM n.billing_account
        AND u."day" = n."day"
        AND u.name = n.name
),
summed AS (
    SELECT
        provider, billing_account, name, "day", class,
        min(offering)                                  AS offering,
        min(model)                                     AS model,
        min(model_raw)                                 AS model_raw,
        min(operation)                                 AS operation,
        min(CASE WHEN grain = 'bucket' THEN source_id END) AS source_id,
        bool_or(grain = 'call')                        AS logged,
        bool_or(grain = 'bucket')                      AS exported,
        CAST(sum(CASE WHEN grain = 'call' THEN input_uncached END) AS BIGINT) AS logged_input_uncached,
        CAST(sum(CASE WHEN grain = 'bucket' THEN input_uncached END) AS BIGINT) AS exported_input_uncached,
        CAST(sum(CASE WHEN grain = 'call' THEN cache_read END) AS BIGINT) AS logged_cache_read,
        CAST(sum(CASE WHEN grain = 'bucket' THEN cache_read END) AS BIGINT) AS exported_cache_read,
        CAST(sum(CASE WHEN grain = 'call' THEN cache_write_5m END) AS BIGINT) AS logged_cache_write_5m,
        CAST(sum(CASE WHEN grain = 'bucket' THEN cache_write_5m END) AS BIGINT) AS exported_cache_write_5m,
        CAST(sum(CASE WHEN grain = 'call' THEN cache_write_1h END) AS BIGINT) AS logged_cache_write_1h,
        CAST(sum(CASE WHEN grain = 'bucket' THEN cache_write_1h END) AS BIGINT) AS exported_cache_write_1h,
        CAST(sum(CASE WHEN grain = 'call' THEN output END) AS BIGINT) AS logged_output,
        CAST(sum(CASE WHEN grain = 'bucket' THEN output END) AS BIGINT) AS exported_output,
        CAST(sum(CASE WHEN grain = 'call' THEN requests END) AS BIGINT) AS logged_requests,
        CAST(sum(CASE WHEN grain = 'bucket' THEN requests END) AS BIGINT) AS exported_requests,
        CAST(sum(CASE WHEN grain = 'call' THEN web_searches END) AS BIGINT) AS logged_web_searches,
        CAST(sum(CASE WHEN grain = 'bucket' THEN web_searches END) AS BIGINT) AS exported_web_searches
    FROM classed
    GROUP BY provider, billing_account, name, "day", class
),
-- A log that does not tell cache writes of an hour from those of five minutes has them all in one
-- counter; beside an export that does, they are compared as the export splits them.
split AS (
    SELECT
        s.* EXCLUDE (logged_cache_write_5m, logged_cache_write_1h),
        CASE
            WHEN coalesce(logged_cache_write_1h, 0) = 0 AND exported_cache_write_1h > 0
            THEN least(logged_cache_write_5m, coalesce(exported_cache_write_5m, 0))
            ELSE logged_cache_write_5m
        END AS logged_cache_write_5m,
        CASE
            WHEN coalesce(logged_cache_write_1h, 0) = 0 AND exported_cache_write_1h > 0
            THEN logged_cache_write_5m - least(logged_cache_write_5m, coalesce(exported_cache_write_5m, 0))
            ELSE logged_cache_write_1h
        END AS logged_cache_write_1h
    FROM summed AS s
)
SELECT
    provider, billing_account, coalesce(offering, name) AS offering, model, "day", class AS rate_class,
    offering IS NOT NULL AS identified, model_raw, operation, source_id, logged, exported,
    logged_input_uncached, exported_input_uncached,
    CASE WHEN exported_input_uncached > coalesce(logged_input_uncached, 0) THEN exported_input_uncached - coalesce(logged_input_uncached, 0)
        WHEN exported_input_uncached IS NOT NULL THEN 0 END AS export_only_input_uncached,
    CASE WHEN exported AND exported_input_uncached IS NULL THEN 0
        WHEN logged_input_uncached > coalesce(exported_input_uncached, 0) THEN logged_input_uncached - coalesce(exported_input_uncached, 0)
        ELSE 0 END AS logged_not_metered_input_uncached,
    logged_cache_read, exported_cache_read,
    CASE WHEN exported_cache_read > coalesce(logged_cache_read, 0) THEN exported_cache_read - coalesce(logged_cache_read, 0)
        WHEN exported_cache_read IS NOT NULL THEN 0 END AS export_only_cache_read,
    CASE WHEN exported AND exported_cache_read IS NULL THEN 0
        WHEN logged_cache_read > coalesce(exported_cache_read, 0) THEN logged_cache_read - coalesce(exported_cache_read, 0)
        ELSE 0 END AS logged_not_metered_cache_read,
    logged_cache_write_5m, exported_cache_write_5m,
    CASE WHEN exported_cache_write_5m > coalesce(logged_cache_write_5m, 0) THEN exported_cache_write_5m - coalesce(logged_cache_write_5m, 0)
        WHEN exported_cache_write_5m IS NOT NULL THEN 0 END AS export_only_cache_write_5m,
    CASE WHEN exported AND exported_cache_write_5m IS NULL THEN 0
        WHEN logged_cache_write_5m > coalesce(exported_cache_write_5m, 0) THEN logged_cache_write_5m - coalesce(exported_cache_write_5m, 0)
        ELSE 0 END AS logged_not_metered_cache_write_5m,
    logged_cache_write_1h, exported_cache_write_1h,
    CASE WHEN exported_cache_write_1h > coalesce(logged_cache_write_1h, 0) THEN exported_cache_write_1h - coalesce(logged_cache_write_1h, 0)
        WHEN exported_cache_write_1h IS NOT NULL THEN 0 END AS export_only_cache_write_1h,
    CASE WHEN exported AND exported_cache_write_1h IS NULL THEN 0
        WHEN logged_cache_write_1h > coalesce(exported_cache_write_1h, 0) THEN logged_cache_write_1h - coalesce(exported_cache_write_1h, 0)
        ELSE 0 END AS logged_not_metered_cache_write_1h,
    logged_output, exported_output,
    CASE WHEN exported_output > coalesce(logged_output, 0) THEN exported_output - coalesce(logged_output, 0)
        WHEN exported_output IS NOT NULL THEN 0 END AS export_only_output,
    CASE WHEN exported AND exported_output IS NULL THEN 0
        WHEN logged_output > coalesce(exported_output, 0) THEN logged_output - coalesce(exported_output, 0)
        ELSE 0 END AS logged_not_metered_output,
    logged_requests, exported_requests,
    CASE WHEN exported_requests > coalesce(logged_requests, 0) THEN exported_requests - coalesce(logged_requests, 0)
        WHEN exported_requests IS NOT NULL THEN 0 END AS export_only_requests,
    CASE WHEN exported AND exported_requests IS NULL THEN 0
        WHEN logged_requests > coalesce(exported_requests, 0) THEN logged_requests - coalesce(exported_requests, 0)
        ELSE 0 END AS logged_not_metered_requests,
    logged_web_searches, exported_web_searches,
    CASE WHEN exported_web_searches > coalesce(logged_web_searches, 0) THEN exported_web_searches - coalesce(logged_web_searches, 0)
        WHEN exported_web_searches IS NOT NULL THEN 0 END AS export_only_web_searches,
    CASE WHEN exported AND exported_web_searches IS NULL THEN 0
        WHEN logged_web_searches > coalesce(exported_web_searches, 0) THEN logged_web_searches - coalesce(exported_web_searches, 0)
        ELSE 0 END AS logged_not_metered_web_searches
FROM split
