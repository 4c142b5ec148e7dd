-- anthropic_costs: one row per day and group of the cost report; `amount` is in dollars by now
SELECT
    starting_at                                                  AS charge_start,
    ending_at                                                    AS charge_end,
    'anthropic'                                                  AS provider,
    'Anthropic API'                                              AS service,
    coalesce(description, cost_type)                             AS sku,
    CASE
        WHEN cost_type IS NULL AND regexp_matches(lower(description), '\b(credit|promotional)\b') THEN 'credit'
        WHEN cost_type IS NULL AND regexp_matches(lower(description), '\brefund\b') THEN 'refund'
        WHEN cost_type IS NULL AND regexp_matches(lower(description), '\btax\b')    THEN 'tax'
        ELSE 'usage'
    END                                                          AS category,
    amount                                                       AS billed_cost,
    upper(coalesce(nullif(currency, ''), 'USD'))                 AS currency,
    model                                                        AS model_raw,
    CASE token_type
        WHEN 'uncached_input_tokens'                     THEN 'input_uncached'
        WHEN 'cache_read_input_tokens'                   THEN 'cache_read'
        WHEN 'cache_creation.ephemeral_5m_input_tokens'  THEN 'cache_write_5m'
        WHEN 'cache_creation.ephemeral_1h_input_tokens'  THEN 'cache_write_1h'
        WHEN 'output_tokens'                             THEN 'output'
    END                                                          AS token_class,
    CASE WHEN lower(speed) = 'fast' THEN 'fast' ELSE lower(service_tier) END AS rate_class,
    workspace_id                                                 AS project,
    concat_ws('|', coalesce(workspace_id, '-'), coalesce(description, '-'), coalesce(cost_type, '-'),
        coalesce(model, '-'), coalesce(token_type, '-'), coalesce(service_tier, '-'),
        coalesce(context_window, '-'), coalesce(inference_geo, '-'), coalesce(speed, '-')) AS natural_id,
    CASE WHEN idle = 'true' THEN 'idle bucket' END               AS ignored
FROM export
