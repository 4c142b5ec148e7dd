-- aws_cost_explorer: one row per period and group of an answer or a download of AWS Cost Explorer
SELECT
    period_start                                                 AS charge_start,
    period_end                                                   AS charge_end,
    'bedrock'                                                    AS provider,
    account                                                      AS billing_account,
    service,
    coalesce(usage_type, service)                                AS sku,
    CASE
        WHEN record_type = 'Tax' OR service = 'Tax'              THEN 'tax'
        WHEN record_type = 'Credit'                              THEN 'credit'
        WHEN record_type = 'Refund' OR service = 'Refund'        THEN 'refund'
        WHEN record_type LIKE '%fee'                             THEN 'purchase'
        ELSE 'usage'
    END                                                          AS category,
    net_amortized                                                AS effective_cost,
    coalesce(unblended, net_unblended, blended, amortized, net_amortized) AS billed_cost,
    upper(currency)                                              AS currency,
    coalesce(tag, account)                                       AS project,
    concat_ws('|', coalesce(service, '-'), coalesce(usage_type, '-'), coalesce(account, '-'),
        coalesce(record_type, '-'), coalesce(region, '-'), coalesce(operation, '-'),
        coalesce(tag, '-'), coalesce(currency, '-'))             AS natural_id,
    usage_type                                                   AS said,
    service                                                      AS product,
    CAST(NULL AS VARCHAR)                                        AS stated_model,
    CAST(NULL AS VARCHAR)                                        AS stated_class,
    quantity                                                     AS used,
    unit                                                         AS used_unit,
    -- Units of the marketplace are a million tokens; Amazon's own prices are for a thousand.
    CASE
        WHEN regexp_matches(usage_type, 'MP:.*-Units$')          THEN '1000000'
        WHEN regexp_matches(unit, '(?i)[0-9](k|m)')              THEN NULL
        WHEN regexp_matches(lower(usage_type), 'tokens?\b')      THEN '1000'
    END                                                          AS block,
    CAST(NULL AS BOOLEAN)                                        AS about_ai,
    CASE
        WHEN whole = 'true'                                      THEN 'totals row'
        WHEN idle = 'true'                                       THEN 'idle bucket'
    END                                                          AS ignored
FROM export
