-- aws_cur: one row per line of an AWS Cost and Usage Report, legacy or 2.0, with its words
-- A model of the marketplace stands in the service's name, behind a product code that says nothing.
SELECT
    usage_start_date                                             AS charge_start,
    usage_end_date                                               AS charge_end,
    'bedrock'                                                    AS provider,
    payer_account_id                                             AS billing_account,
    coalesce(service_name, product_code)                         AS service,
    coalesce(nullif(usage_type, ''), line_item_description)      AS sku,
    CASE
        WHEN line_item_type = 'Tax'                              THEN 'tax'
        WHEN line_item_type = 'Credit'                           THEN 'credit'
        WHEN line_item_type = 'Refund'                           THEN 'refund'
        WHEN line_item_type LIKE '%Fee'                          THEN 'purchase'
        WHEN regexp_matches(lower(line_item_description), '\brounding\b') THEN 'rounding'
        -- A negotiated discount is a line of its own that lowers the price of usage.
        ELSE 'usage'
    END                                                          AS category,
    public_on_demand_cost                                        AS list_cost,
    coalesce(nullif(net_unblended_cost, ''), unblended_cost)     AS contracted_cost,
    CASE
        WHEN line_item_type = 'DiscountedUsage'                  THEN reservation_effective_cost
        WHEN line_item_type = 'SavingsPlanCoveredUsage'          THEN savings_plan_effective_cost
    END                                                          AS effective_cost,
    unblended_cost                                               AS billed_cost,
    upper(currency_code)                                         AS currency,
    coalesce(
        json_extract_string(resource_tags, '$.user_project'),
        json_extract_string(resource_tags, '$.user:project'),
        json_extract_string(resource_tags, '$.project'), usage_account_id) AS project,
    md5(concat_ws('|', payer_account_id, coalesce(usage_account_id, '-'),
        coalesce(line_item_type, '-'), coalesce(product_code, '-'), coalesce(usage_type, '-'),
        coalesce(operation, '-'), coalesce(resource_id, '-'), coalesce(iam_principal, '-'),
        coalesce(currency_code, '-'), coalesce(line_item_description, '-'),
        coalesce(CAST(resource_tags AS VARCHAR), '-')))          AS natural_id,
    usage_type                                                   AS said,
    concat_ws(' ', service_name, product_code, CASE WHEN usage_type <> '' THEN NULL
        ELSE line_item_description END)                          AS product,
    CAST(NULL AS VARCHAR)                                        AS stated_model,
    CAST(NULL AS VARCHAR)                                        AS stated_class,
    -- A line that only lowers the price of another repeats its quantity.
    CASE WHEN regexp_matches(line_item_type, 'Discount$|Negation$') THEN NULL
        ELSE usage_amount END                                    AS used,
    unit                                                         AS used_unit,
    -- Units of the marketplace are a million tokens; without a unit the price is for a thousand.
    CASE
        WHEN regexp_matches(usage_type, 'MP:.*-Units$') THEN '1000000'
        WHEN coalesce(unit, '') = '' AND regexp_matches(lower(usage_type), 'tokens?\b') THEN '1000'
    END                                                          AS block,
    CAST(NULL AS BOOLEAN)                                        AS about_ai,
    CAST(NULL AS VARCHAR)                                        AS ignored
FROM (
    SELECT
        *,
        coalesce(product_service, product_name, json_extract_string(product, '$.servicename'),
            json_extract_string(product, '$.product_name'))      AS service_name
    FROM export
) AS named
