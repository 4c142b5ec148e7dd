-- google_billing: one row per line of a Google bill, or per credit beside it, with its words
-- Cached input has lines of its own, so input lines are already without it.
SELECT
    -- A report of a single day names it only in the file's name; its days are US Pacific.
    CASE WHEN undated = 'true' THEN named || ' 00:00:00 America/Los_Angeles'
        ELSE usage_start END                                     AS charge_start,
    CASE WHEN undated = 'true'
        THEN concat(CAST(CAST(TRY_CAST(named AS DATE) AS TIMESTAMP) + INTERVAL 1 DAY AS VARCHAR),
            ' America/Los_Angeles')
        ELSE usage_end END                                       AS charge_end,
    exported_at,
    CASE
        WHEN regexp_matches(lower(service), 'gemini api|generative language') THEN 'google'
        ELSE 'vertex'
    END                                                          AS provider,
    billing_account,
    service,
    sku,
    CASE
        WHEN credit = 'true'                                     THEN 'credit'
        WHEN lower(cost_type) = 'tax'                            THEN 'tax'
        WHEN lower(cost_type) LIKE 'rounding%'                   THEN 'rounding'
        WHEN lower(cost_type) LIKE 'adjustment%'                 THEN 'refund'
        ELSE 'usage'
    END                                                          AS category,
    list_cost,
    contracted_cost,
    billed_cost,
    upper(currency)                                              AS currency,
    project,
    concat_ws('|', coalesce(billing_account, '-'), coalesce(service, '-'), coalesce(sku_id, sku, '-'),
        coalesce(project, '-'), coalesce(place, '-'), coalesce(labels, '-'),
        coalesce(cost_type, '-'), coalesce(credit_id, '-'), coalesce(currency, '-')) AS natural_id,
    sku_text                                                     AS said,
    service                                                      AS product,
    CAST(NULL AS VARCHAR)                                        AS stated_model,
    CAST(NULL AS VARCHAR)                                        AS stated_class,
    used,
    used_unit,
    CAST(NULL AS VARCHAR)                                        AS block,
    CAST(NULL AS BOOLEAN)                                        AS about_ai,
    CASE WHEN whole = 'true' THEN 'totals row' END               AS ignored
FROM (
    SELECT *, nullif(regexp_extract(file_name, '20[0-9]{2}-[0-1][0-9]-[0-3][0-9]'), '') AS named
    FROM export
) AS dated
