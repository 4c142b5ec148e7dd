-- shown_rates: every rate of an offering on a day.
SELECT
    rate_class,
    region,
    band,
    above,
    meter,
    valid_to,
    pico,
    contracted_pico,
    confidence,
    by_default,
    source,
    sku_price_id
FROM prices
WHERE offering = $offering AND valid_from <= $on AND valid_to > $on
ORDER BY
    CASE rate_class WHEN 'standard' THEN 0 WHEN 'batch' THEN 1 WHEN 'flex' THEN 2 ELSE 3 END,
    region,
    band,
    CASE meter
        WHEN 'input_uncached' THEN 0 WHEN 'cache_read' THEN 1 WHEN 'cache_write_5m' THEN 2
        WHEN 'cache_write_1h' THEN 3 WHEN 'output' THEN 4 ELSE 5
    END
