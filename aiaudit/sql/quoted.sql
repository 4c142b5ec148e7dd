-- quoted: one row per line, with its answer as JSON.
WITH
parts AS (
    SELECT
        l.*,
        p.list_pico,
        p.contracted_pico,
        p.sku_price_id,
        p.status AS costed_status,
        p.reason AS costed_reason,
        o.operation,
        o.retired,
        r.defaults,
        r.confidence,
        r.above,
        r.hours
    FROM lined AS l
    INNER JOIN costed AS p ON p.call_id = l.call_id
    LEFT JOIN offerings AS o ON o.offering = l.offering
    LEFT JOIN rates AS r
        ON r.sku_price_id = p.sku_price_id
        AND l.started_at >= r.valid_from
        AND l.started_at < r.valid_to
),
judged AS (
    SELECT
        parts.*,
        costed_status AS status,
        CASE
            WHEN costed_reason = 'unknown model' THEN coalesce(rule, costed_reason)
            ELSE costed_reason
        END AS reason,
        coalesce(offering, 'an unknown model') AS named
    FROM parts
),
main AS (
    SELECT * FROM judged WHERE part = 0
),
others AS (
    SELECT
        "row",
        count(*) AS calls,
        sum(list_pico) AS list_pico,
        sum(contracted_pico) AS contracted_pico,
        min(CASE WHEN status <> 'priced' THEN reason END) AS reason,
        string_agg(DISTINCT named, ', ' ORDER BY named) AS offerings
    FROM judged
    WHERE part > 0
    GROUP BY "row"
),
answers AS (
    SELECT
        m.*,
        a.id,
        a.stamp,
        o.calls,
        o.offerings,
        CASE
            WHEN m.status = 'priced' AND o.reason IS NOT NULL THEN 'unpriced' ELSE m.status
        END AS final_status,
        coalesce(m.reason, 'a call inside it: ' || o.reason) AS final_reason,
        CAST(m.list_pico + coalesce(o.list_pico, 0) AS DECIMAL(38, 0)) AS total_pico,
        CAST(
            m.contracted_pico + coalesce(o.contracted_pico, 0) AS DECIMAL(38, 0)
        ) AS agreed_pico,
        a.tier_differs
    FROM main AS m
    INNER JOIN counted AS a ON a."row" = m."row" AND a.part = 0
    LEFT JOIN others AS o ON o."row" = m."row"
),
printed AS (
    SELECT
        answers.*,
        json_object(
            'input_uncached', input_uncached,
            'cache_read', cache_read,
            'cache_write_5m', cache_write_5m,
            'cache_write_1h', cache_write_1h,
            'output', output,
            'reasoning', reasoning,
            'web_searches', web_searches
        ) AS counters,
        greatest(
            images, audio_input, audio_cache_read, audio_output, image_input, image_output
        ) > 0 AS has_parts,
        json_object(
            'images', nullif(images, 0),
            'audio_input', nullif(audio_input, 0),
            'audio_cache_read', nullif(audio_cache_read, 0),
            'audio_output', nullif(audio_output, 0),
            'image_input', nullif(image_input, 0),
            'image_output', nullif(image_output, 0)
        ) AS parts,
        -- Twelve decimals, and at least one digit before them.
        lpad(
            CAST(total_pico AS VARCHAR),
            CAST(greatest(13, length(CAST(total_pico AS VARCHAR))) AS INTEGER),
            '0'
        ) AS digits,
        lpad(
            CAST(agreed_pico AS VARCHAR),
            CAST(greatest(13, length(CAST(agreed_pico AS VARCHAR))) AS INTEGER),
            '0'
        ) AS agreed_digits
    FROM answers
)
SELECT
    "row",
    json_object(
        'id', id,
        'status', final_status,
        'list_cost', CASE
            WHEN final_status = 'priced'
            THEN left(digits, length(digits) - 12) || '.' || right(digits, 12)
        END,
        'offering', offering,
        'sku_price_id', CASE WHEN final_status = 'priced' THEN sku_price_id END,
        -- Few calls have these; merging leaves out what is null.
        'counters', CASE WHEN has_parts THEN json_merge_patch(counters, parts) ELSE counters END,
        'reason', final_reason,
        'notes', list_filter(
            [
                CASE WHEN did_you_mean IS NOT NULL AND offering IS NULL
                THEN 'did you mean ' || did_you_mean || '?' END,
                CASE rule
                    WHEN 'maker' THEN 'no provider given: priced as sold by the maker of the model'
                    WHEN 'spelling' THEN 'the name was read as another spelling of the offering'
                    WHEN 'date dropped'
                    THEN 'the date in the name is the first release of the offering'
                    WHEN 'region-stripped'
                    THEN 'the region in the name was dropped: its premium is not in the cost'
                    WHEN 'map' THEN 'the name was resolved by the overlay'
                END,
                CASE WHEN strpos(stamp, '-') > 0
                AND regexp_matches(stamp, '^[0-9-]+([Tt ][0-9:.]+)?$')
                THEN 'the timestamp has no zone: taken as UTC' END,
                CASE WHEN tier_differs
                THEN 'the usage object names another service tier: that of the line was used' END,
                CASE WHEN unsplit AND cache_write_5m > 0
                THEN 'cache writes without a lifetime were priced at five minutes' END,
                CASE WHEN final_status = 'priced' AND cache_read > 0
                AND strpos(',' || defaults || ',', ',cache_read,') > 0
                THEN 'no published rate for cache_read: derived from input' END,
                CASE WHEN final_status = 'priced' AND cache_write_5m > 0
                AND strpos(',' || defaults || ',', ',cache_write_5m,') > 0
                THEN 'no published rate for cache_write_5m: derived from input' END,
                CASE WHEN final_status = 'priced' AND cache_write_1h > 0
                AND strpos(',' || defaults || ',', ',cache_write_1h,') > 0
                THEN 'no published rate for cache_write_1h: derived from input' END,
                CASE WHEN final_status = 'priced' AND strpos(',' || defaults || ',', ',batch,') > 0
                THEN 'no published batch rate: derived from the standard rate' END,
                CASE WHEN final_status = 'priced' AND requests > 1 AND coalesce(input_uncached, 0)
                + coalesce(cache_read, 0) + coalesce(cache_write_5m, 0)
                + coalesce(cache_write_1h, 0)
                > above
                THEN 'stands for several requests: priced at the base rate, a lower bound' END,
                CASE WHEN final_status = 'priced' AND requests IS DISTINCT FROM 1
                AND hours IS NOT NULL
                THEN 'stands for several requests: priced at the peak rate, an upper bound' END,
                CASE WHEN final_status = 'priced' AND output IS NULL AND operation = 'chat'
                THEN 'no output counter: the cost is a lower bound' END,
                CASE WHEN final_status = 'priced' AND confidence = 'inferred'
                THEN 'the rate is inferred, not published' END,
                CASE WHEN final_status = 'priced' AND started_at >= retired
                THEN 'the model was retired before that time' END,
                CASE WHEN final_status = 'priced' AND agreed_pico <> total_pico
                THEN 'at your own terms: ' || left(agreed_digits, length(agreed_digits) - 12) || '.'
                || right(agreed_digits, 12) END,
                CASE WHEN calls > 0 THEN 'includes calls of ' || offerings END
            ],
            lambda note: note IS NOT NULL
        )
    ) AS answer
FROM printed
ORDER BY "row"
