-- azure_cost_query: one row per row of an answer of Azure's cost query, with its words
-- A query without granularity names no day: then its period stands in the file's name.
SELECT
    coalesce(day_text, named)                                    AS charge_start,
    CASE
        WHEN day_text IS NOT NULL AND monthly IS NULL
            THEN TRY_CAST(day_text AS TIMESTAMP) + INTERVAL 1 DAY
        WHEN coalesce(day_text, named_month) IS NOT NULL
            THEN TRY_CAST(coalesce(day_text, named) AS TIMESTAMP) + INTERVAL 1 MONTH
        ELSE TRY_CAST(named AS TIMESTAMP) + INTERVAL 1 DAY
    END                                                          AS charge_end,
    'azure'                                                      AS provider,
    account                                                      AS billing_account,
    coalesce(service, category_of_meter, product_name)           AS service,
    concat_ws(' - ', product_name, meter)                        AS sku,
    CASE
        WHEN lower(charge_type) IN ('purchase', 'refund', 'tax') THEN lower(charge_type)
        WHEN lower(charge_type) LIKE 'unused%'                   THEN 'purchase'
        ELSE 'usage'
    END                                                          AS category,
    cost                                                         AS billed_cost,
    upper(currency)                                              AS currency,
    subscription                                                 AS project,
    concat_ws('|', coalesce(account, '-'), coalesce(subscription, '-'), coalesce(service, '-'),
        coalesce(category_of_meter, '-'), coalesce(product_name, '-'), coalesce(meter, '-'),
        coalesce(place, '-'), coalesce(resource, '-'), coalesce(charge_type, '-'),
        coalesce(currency, '-'))                                 AS natural_id,
    meter                                                        AS said,
    concat_ws(' ', service, category_of_meter, product_name, resource) AS product,
    CAST(NULL AS VARCHAR)                                        AS stated_model,
    CAST(NULL AS VARCHAR)                                        AS stated_class,
    quantity                                                     AS used,
    -- The unit stands in the meter's name, or the meter counts thousands.
    coalesce(unit, CASE WHEN regexp_matches(meter, '(?i)\b1M tokens') THEN '1M'
        WHEN regexp_matches(meter, '(?i)tokens') THEN '1K' END)  AS used_unit,
    CAST(NULL AS VARCHAR)                                        AS block,
    CAST(NULL AS BOOLEAN)                                        AS about_ai,
    CAST(NULL AS VARCHAR)                                        AS ignored
FROM (
    SELECT
        *,
        coalesce(nullif(regexp_extract(file_name, '20[0-9]{2}-[0-1][0-9]-[0-3][0-9]'), ''),
            concat(nullif(regexp_extract(file_name, '20[0-9]{2}-[0-1][0-9]'), ''), '-01')) AS named,
        CASE WHEN regexp_matches(file_name, '20[0-9]{2}-[0-1][0-9]-[0-3][0-9]') THEN NULL
            ELSE nullif(regexp_extract(file_name, '20[0-9]{2}-[0-1][0-9]'), '') END AS named_month
    FROM export
) AS dated
