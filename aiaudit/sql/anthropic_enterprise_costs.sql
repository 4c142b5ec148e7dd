-- anthropic_enterprise_costs: one row per bucket or user and group; the amounts are in dollars by now
-- `amount` is after discounts and before credits. Groups of users overlap.
SELECT
    starting_at                                                  AS charge_start,
    ending_at                                                    AS charge_end,
    data_refreshed_at                                            AS exported_at,
    'anthropic'                                                  AS provider,
    organization_id                                              AS billing_account,
    'Anthropic Enterprise'                                       AS service,
    concat_ws(', ', product, cost_type, model, token_type)       AS sku,
    'usage'                                                      AS category,
    requests                                                     AS quantity,
    CASE WHEN requests IS NOT NULL THEN 'requests' END           AS unit,
    list_amount                                                  AS list_cost,
    amount                                                       AS contracted_cost,
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
    coalesce(workspace_id, product)                              AS project,
    concat_ws('|', coalesce(product, '-'), coalesce(model, '-'), coalesce(cost_type, '-'),
        coalesce(token_type, '-'), coalesce(workspace_id, '-'), coalesce(api_key_id, '-'),
        coalesce(who, '-'), coalesce(service_tier, '-'), coalesce(context_window, '-'),
        coalesce(inference_geo, '-'), coalesce(speed, '-'))      AS natural_id,
    CASE
        WHEN idle = 'true'        THEN 'idle bucket'
        WHEN rbac_group_id <> ''  THEN 'groups of users overlap'
    END                                                          AS ignored
FROM export
