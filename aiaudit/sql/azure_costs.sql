-- azure_costs: one row per line of Azure's cost details, actual or amortized, with its words
-- Both kinds have the same header. What a reservation covers costs nothing on the invoice: in the
-- amortized file it has a cost, which is effective and not billed.
SELECT
    regexp_replace(used_on, '^([0-9]{1,2})/([0-9]{1,2})/([0-9]{4}).*$', '\3-\1-\2') AS charge_start,
    TRY_CAST(left(regexp_replace(used_on, '^([0-9]{1,2})/([0-9]{1,2})/([0-9]{4}).*$', '\3-\1-\2'), 10)
        AS TIMESTAMP) + INTERVAL 1 DAY                           AS charge_end,
    'azure'                                                      AS provider,
    billing_account,
    meter_category                                               AS service,
    concat_ws(' - ', product_name, meter_name)                   AS sku,
    CASE
        WHEN lower(charge_type) LIKE 'unused%'                   THEN 'purchase'
        WHEN lower(charge_type) = 'purchase'                     THEN 'purchase'
        WHEN lower(charge_type) = 'refund'                       THEN 'refund'
        WHEN lower(charge_type) = 'tax'                          THEN 'tax'
        WHEN lower(charge_type) LIKE '%credit%'                  THEN 'credit'
        WHEN lower(charge_type) LIKE 'rounding%'                 THEN 'rounding'
        ELSE 'usage'
    END                                                          AS category,
    coalesce(payg_cost, CAST(CAST(TRY_CAST(payg_price AS DECIMAL(19, 9))
        * TRY_CAST(quantity AS DECIMAL(19, 9)) AS DECIMAL(38, 18)) AS VARCHAR)) AS list_cost,
    cost                                                         AS contracted_cost,
    CASE WHEN lower(charge_type) = 'purchase' OR (amortized AND cost_number = 0) THEN NULL
        ELSE cost END                                            AS effective_cost,
    CASE WHEN amortized THEN '0' ELSE cost END                   AS billed_cost,
    upper(currency)                                              AS currency,
    coalesce(subscription_name, subscription, resource_group)    AS project,
    md5(concat_ws('|', coalesce(billing_account, '-'), coalesce(subscription, '-'),
        lower(coalesce(resource, resource_group, '-')), coalesce(meter, meter_name, '-'),
        coalesce(product_name, '-'), coalesce(place, '-'), coalesce(charge_type, '-'),
        coalesce(reservation, '-'), coalesce(benefit, '-'), coalesce(currency, '-'),
        coalesce(invoice_section, '-'), coalesce(tags, '-')))    AS natural_id,
    meter_name                                                   AS said,
    concat_ws(' ', meter_category, meter_subcategory, product_name, consumed_service,
        publisher)                                               AS product,
    CAST(NULL AS VARCHAR)                                        AS stated_model,
    CAST(NULL AS VARCHAR)                                        AS stated_class,
    quantity                                                     AS used,
    unit                                                         AS used_unit,
    -- Quantities count blocks, as cost = quantity x price shows; some tools restate them in tokens.
    CASE WHEN abs(used_number * price - cost_number) * 100 <= abs(cost_number) THEN NULL
        WHEN abs(used_number * price - cost_number * 1000) * 100 <= abs(cost_number * 1000)
            AND regexp_matches(unit, '(?i)(^|[^0-9])1k') THEN '1'
        WHEN abs(used_number * price - cost_number * 1000000) * 100 <= abs(cost_number * 1000000)
            AND regexp_matches(unit, '(?i)(^|[^0-9])1m') THEN '1'
    END                                                          AS block,
    CAST(NULL AS BOOLEAN)                                        AS about_ai,
    CAST(NULL AS VARCHAR)                                        AS ignored
FROM (
    SELECT
        *,
        TRY_CAST(quantity AS DECIMAL(19, 6))                     AS used_number,
        TRY_CAST(effective_price AS DECIMAL(14, 9))              AS price,
        TRY_CAST(cost AS DECIMAL(19, 6))                         AS cost_number,
        coalesce(lower(charge_type) LIKE 'unused%', FALSE)
            OR (coalesce(lower(charge_type), 'usage') = 'usage'
                AND lower(pricing_model) IN ('reservation', 'savingsplan')
                AND coalesce(reservation, benefit, '') <> '')    AS amortized
    FROM export
) AS counted
