-- metering: one row per provider, account, offering, day and rate class, on days that an export covers
-- Each counter as the logs have it, as the export has it, and the excess of either side; the two
-- are never netted. An export that does not say the rate class covers them all. The day is the
-- provider's own, or the first of several that one bucket covers.
WITH split AS (
    SELECT
        provider, account, "day", name, class,
        min(offering)    AS offering,
        min(model)       AS model,
        min(model_raw)   AS model_raw,
        min(operation)   AS operation,
        min(source_id)   AS source_id,
        bool_or(logged)  AS logged,
        bool_or(exported) AS exported,
        max(CASE WHEN counter = 'input_uncached' THEN logged_amount END) AS logged_input_uncached,
        max(CASE WHEN counter = 'input_uncached' THEN exported_amount END) AS exported_input_uncached,
        max(CASE WHEN counter = 'cache_read' THEN logged_amount END) AS logged_cache_read,
        max(CASE WHEN counter = 'cache_read' THEN exported_amount END) AS exported_cache_read,
        max(CASE WHEN counter = 'cache_write_5m' THEN logged_amount END) AS logged_cache_write_5m,
        max(CASE WHEN counter = 'cache_write_5m' THEN exported_amount END) AS exported_cache_write_5m,
        max(CASE WHEN counter = 'cache_write_1h' THEN logged_amount END) AS logged_cache_write_1h,
        max(CASE WHEN counter = 'cache_write_1h' THEN exported_amount END) AS exported_cache_write_1h,
        max(CASE WHEN counter = 'output' THEN logged_amount END) AS logged_output,
        max(CASE WHEN counter = 'output' THEN exported_amount END) AS exported_output,
        max(CASE WHEN counter = 'requests' THEN logged_amount END) AS logged_requests,
        max(CASE WHEN counter = 'requests' THEN exported_amount END) AS exported_requests,
        max(CASE WHEN counter = 'web_searches' THEN logged_amount END) AS logged_web_searches,
        max(CASE WHEN counter = 'web_searches' THEN exported_amount END) AS exported_web_searches,
        max(CASE WHEN counter = 'images' THEN logged_amount END) AS logged_images,
        max(CASE WHEN counter = 'images' THEN exported_amount END) AS exported_images,
        max(CASE WHEN counter = 'audio_input' THEN logged_amount END) AS logged_audio_input,
        max(CASE WHEN counter = 'audio_input' THEN exported_amount END) AS exported_audio_input,
        max(CASE WHEN counter = 'audio_cache_read' THEN logged_amount END) AS logged_audio_cache_read,
        max(CASE WHEN counter = 'audio_cache_read' THEN exported_amount END) AS exported_audio_cache_read,
        max(CASE WHEN counter = 'audio_output' THEN logged_amount END) AS logged_audio_output,
        max(CASE WHEN counter = 'audio_output' THEN exported_amount END) AS exported_audio_output,
        max(CASE WHEN counter = 'image_input' THEN logged_amount END) AS logged_image_input,
        max(CASE WHEN counter = 'image_input' THEN exported_amount END) AS exported_image_input,
        max(CASE WHEN counter = 'image_output' THEN logged_amount END) AS logged_image_output,
        max(CASE WHEN counter = 'image_output' THEN exported_amount END) AS exported_image_output,
        max(CASE WHEN counter = 'reasoning' THEN logged_amount END) AS logged_reasoning,
        max(CASE WHEN counter = 'reasoning' THEN exported_amount END) AS exported_reasoning
    FROM metered_so_far
    GROUP BY provider, account, "day", name, class
),
-- A log that does not tell cache writes of an hour from those of five minutes has them all in one
-- counter; beside an export that does, they are compared as the export splits them.
written AS (
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
    FROM split AS s
)
SELECT
    provider, nullif(account, '') AS billing_account, coalesce(offering, name) AS offering, model, "day",
    class AS rate_class, offering IS NOT NULL AS identified, model_raw, operation, source_id, logged, exported,
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
        ELSE 0 END AS logged_not_metered_web_searches,
    logged_images, exported_images,
    CASE WHEN exported_images > coalesce(logged_images, 0) THEN exported_images - coalesce(logged_images, 0)
        WHEN exported_images IS NOT NULL THEN 0 END AS export_only_images,
    CASE WHEN exported AND exported_images IS NULL THEN 0
        WHEN logged_images > coalesce(exported_images, 0) THEN logged_images - coalesce(exported_images, 0)
        ELSE 0 END AS logged_not_metered_images,
    -- parts of a counter: never more of the excess than the counter's own
    least(greatest(exported_audio_input - coalesce(logged_audio_input, 0), 0),
        greatest(exported_input_uncached - coalesce(logged_input_uncached, 0), 0)) AS export_only_audio_input,
    least(greatest(exported_audio_cache_read - coalesce(logged_audio_cache_read, 0), 0),
        greatest(exported_cache_read - coalesce(logged_cache_read, 0), 0)) AS export_only_audio_cache_read,
    least(greatest(exported_audio_output - coalesce(logged_audio_output, 0), 0),
        greatest(exported_output - coalesce(logged_output, 0), 0)) AS export_only_audio_output,
    least(greatest(exported_image_input - coalesce(logged_image_input, 0), 0),
        greatest(exported_input_uncached - coalesce(logged_input_uncached, 0), 0)) AS export_only_image_input,
    least(greatest(exported_image_output - coalesce(logged_image_output, 0), 0),
        greatest(exported_output - coalesce(logged_output, 0), 0)) AS export_only_image_output,
    least(greatest(exported_reasoning - coalesce(logged_reasoning, 0), 0),
        greatest(exported_output - coalesce(logged_output, 0), 0)) AS export_only_reasoning
FROM written
WHERE logged OR exported
