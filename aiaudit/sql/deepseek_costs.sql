-- deepseek_costs: one row per day, model and balance, in the account's own currency
-- What a granted balance pays for was used and is not billed.
SELECT
    coalesce(nullif(start_time_iso, ''), regexp_replace(utc_date, '^([0-9]{4})([0-9]{2})([0-9]{2})$', '\1-\2-\3'))
                                                                 AS charge_start,
    coalesce(nullif(end_time_iso, ''), CAST(TRY_CAST(regexp_replace(utc_date,
        '^([0-9]{4})([0-9]{2})([0-9]{2})$', '\1-\2-\3') AS TIMESTAMP) + INTERVAL 1 DAY AS VARCHAR)) AS charge_end,
    'deepseek'                                                   AS provider,
    user_id                                                      AS billing_account,
    'DeepSeek API'                                               AS service,
    concat_ws(', ', nullif(model, ''), nullif(wallet_type, ''))  AS sku,
    'usage'                                                      AS category,
    cost                                                         AS contracted_cost,
    CASE
        WHEN lower(wallet_type) = 'granted' AND TRY_CAST(cost AS DECIMAL(30, 18)) IS NOT NULL THEN '0'
        ELSE cost
    END                                                          AS billed_cost,
    upper(coalesce(nullif(currency, ''), 'CNY'))                 AS currency,
    model                                                        AS model_raw,
    concat_ws('|', coalesce(nullif(user_id, ''), '-'), coalesce(nullif(model, ''), '-'),
        coalesce(nullif(wallet_type, ''), '-'), coalesce(nullif(currency, ''), '-')) AS natural_id
FROM export
