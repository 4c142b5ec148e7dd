-- anthropic_costs_csv: one row per day, model, key and token class, in dollars rounded to cents
SELECT
    usage_date_utc                                               AS charge_start,
    TRY_CAST(usage_date_utc AS TIMESTAMP) + INTERVAL 1 DAY       AS charge_end,
    'anthropic'                                                  AS provider,
    'Anthropic API'                                              AS service,
    concat_ws(', ', nullif(model, ''), nullif(cost_type, ''), nullif(token_type, '')) AS sku,
    'usage'                                                      AS category,
    cost_usd                                                     AS billed_cost,
    'USD'                                                        AS currency,
    model                                                        AS model_raw,
    CASE
        WHEN token_type = 'input_no_cache'                                 THEN 'input_uncached'
        WHEN token_type LIKE '%cache_write%' AND token_type LIKE '%1h%'    THEN 'cache_write_1h'
        WHEN token_type LIKE '%cache_write%'                               THEN 'cache_write_5m'
        WHEN token_type LIKE '%cache_read%'                                THEN 'cache_read'
        WHEN token_type = 'output'                                         THEN 'output'
    END                                                          AS token_class,
    CASE
        WHEN lower(speed) = 'fast'                               THEN 'fast'
        WHEN lower(usage_type) IN ('message', 'standard')        THEN 'standard'
        WHEN usage_type <> ''                                    THEN lower(usage_type)
    END                                                          AS rate_class,
    workspace                                                    AS project,
    concat_ws('|', coalesce(nullif(model, ''), '-'), coalesce(nullif(workspace, ''), '-'),
        coalesce(nullif(api_key, ''), '-'), coalesce(nullif(usage_type, ''), '-'),
        coalesce(nullif(context_window, ''), '-'), coalesce(nullif(token_type, ''), '-'),
        coalesce(nullif(cost_type, ''), '-'), coalesce(nullif(inference_geo, ''), '-'),
        coalesce(nullif(speed, ''), '-'))                        AS natural_id
FROM export
