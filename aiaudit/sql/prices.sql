-- prices: one row per offering, rate class, region, context band, meter and time, with its rate.
-- Rates are whole pico-dollars per unit; a way to be billed that nobody publishes has no row.
WITH
meters AS (
    SELECT meter
    FROM (
        VALUES
            ('input_uncached'), ('cache_read'), ('cache_write_5m'), ('cache_write_1h'),
            ('output'), ('web_searches')
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
        END AS pico,
        CASE m.meter
            WHEN 'input_uncached' THEN r.contracted_input_uncached
            WHEN 'cache_read' THEN r.contracted_cache_read
            WHEN 'cache_write_5m' THEN r.contracted_cache_write_5m
            WHEN 'cache_write_1h' THEN r.contracted_cache_write_1h
            WHEN 'output' THEN r.contracted_output
            WHEN 'web_searches' THEN r.contracted_web_searches
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
