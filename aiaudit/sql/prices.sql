-- prices: one row per offering, rate class, region, context band, meter and time, with its rate.
-- Rates are whole pico-dollars per unit; a way to be billed that nobody publishes has no row. The
-- rates of audio, images and reasoning are the published ones, not what they add to those of text.
WITH
meters AS (
    SELECT meter
    FROM (
        VALUES
            ('input_uncached'), ('cache_read'), ('cache_write_5m'), ('cache_write_1h'), ('output'),
            ('web_searches'), ('images'), ('audio_input'), ('audio_cache_read'), ('audio_output'),
            ('image_input'), ('image_output'), ('reasoning'), ('requests')
    ) AS named (meter)
),
spread AS (
    SELECT
        r.*,
        m.meter,
        CASE m.meter
            WHEN 'input_uncached' THEN r.list_input_uncached
            WHEN 'cache_read' THEN r.list_cache_read
            WHEN 'cache_write_5m' THEN r.list_cache_write_5m
            WHEN 'cache_write_1h' THEN r.list_cache_write_1h
            WHEN 'output' THEN r.list_output
            WHEN 'web_searches' THEN r.list_web_searches
            WHEN 'images' THEN r.list_images
            WHEN 'audio_input'
            THEN r.list_audio_input + coalesce(r.list_input_uncached, 0)
            WHEN 'audio_cache_read'
            THEN r.list_audio_cache_read + coalesce(r.list_cache_read, 0)
            WHEN 'audio_output'
            THEN r.list_audio_output + coalesce(r.list_output, 0)
            WHEN 'image_input'
            THEN r.list_image_input + coalesce(r.list_input_uncached, 0)
            WHEN 'image_output'
            THEN r.list_image_output + coalesce(r.list_output, 0)
            WHEN 'reasoning'
            THEN r.list_reasoning + coalesce(r.list_output, 0)
            WHEN 'requests' THEN r.list_requests
        END AS pico,
        CASE m.meter
            WHEN 'input_uncached' THEN r.contracted_input_uncached
            WHEN 'cache_read' THEN r.contracted_cache_read
            WHEN 'cache_write_5m' THEN r.contracted_cache_write_5m
            WHEN 'cache_write_1h' THEN r.contracted_cache_write_1h
            WHEN 'output' THEN r.contracted_output
            WHEN 'web_searches' THEN r.contracted_web_searches
            WHEN 'images' THEN r.contracted_images
            WHEN 'audio_input'
            THEN r.contracted_audio_input + coalesce(r.contracted_input_uncached, 0)
            WHEN 'audio_cache_read'
            THEN r.contracted_audio_cache_read + coalesce(r.contracted_cache_read, 0)
            WHEN 'audio_output'
            THEN r.contracted_audio_output + coalesce(r.contracted_output, 0)
            WHEN 'image_input'
            THEN r.contracted_image_input + coalesce(r.contracted_input_uncached, 0)
            WHEN 'image_output'
            THEN r.contracted_image_output + coalesce(r.contracted_output, 0)
            WHEN 'reasoning'
            THEN r.contracted_reasoning + coalesce(r.contracted_output, 0)
            WHEN 'requests' THEN r.contracted_requests
        END AS contracted_pico
    FROM rates AS r
    CROSS JOIN meters AS m
)
SELECT
    offering,
    rate_class,
    region,
    band,
    above,
    meter,
    valid_from,
    valid_to,
    CAST(pico AS DECIMAL(38, 0)) AS pico,
    CAST(contracted_pico AS DECIMAL(38, 0)) AS contracted_pico,
    confidence,
    source,
    (
        strpos(',' || coalesce(defaults, '') || ',', ',' || meter || ',') > 0
        OR strpos(',' || coalesce(defaults, '') || ',', ',batch,') > 0
    ) AS by_default,
    sku_price_id
FROM spread
WHERE coalesce(pico, contracted_pico) IS NOT NULL
