-- openai_costs: one row per day and group of the costs export, in dollars
-- A line item reads `model, class`: split at its last comma. Without a comma it is no token line.
SELECT
    start_time                                                   AS charge_start,
    end_time                                                     AS charge_end,
    'openai'                                                     AS provider,
    organization_id                                              AS billing_account,
    'OpenAI API'                                                 AS service,
    line_item                                                    AS sku,
    CASE
        WHEN regexp_matches(lower(line_item), '\b(credit|promotion|promotional|grant)\b') THEN 'credit'
        WHEN regexp_matches(lower(line_item), '\brefund\b')      THEN 'refund'
        WHEN regexp_matches(lower(line_item), '\b(tax|vat|gst)\b') THEN 'tax'
        ELSE 'usage'
    END                                                          AS category,
    CASE
        WHEN quantity_unit = '1000_tokens'
            THEN CAST(TRY_CAST(quantity AS DECIMAL(28, 6)) * 1000 AS VARCHAR)
        ELSE quantity
    END                                                          AS quantity,
    CASE
        WHEN quantity_unit = '1000_tokens'                       THEN 'tokens'
        WHEN quantity_unit <> ''                                 THEN quantity_unit
        WHEN quantity <> '' AND regexp_matches(line_item, ', (cached )?input$|, cache writes$|, output$')
            THEN 'tokens'
    END                                                          AS unit,
    amount_value                                                 AS billed_cost,
    upper(coalesce(nullif(amount_currency, ''), 'usd'))          AS currency,
    CASE WHEN line_item LIKE '%, %' THEN
        regexp_replace(regexp_replace(regexp_replace(line_item, ', [^,]*$', ''), '^.* \| ', ''),
            ' (text|audio|image)$', '')
    END                                                          AS model_raw,
    CASE regexp_extract(line_item, ', ([^,]*)$', 1)
        WHEN 'input'        THEN 'input_uncached'
        WHEN 'cached input' THEN 'cache_read'
        WHEN 'cache writes' THEN 'cache_write_5m'
        WHEN 'output'       THEN 'output'
    END                                                          AS token_class,
    project_id                                                   AS project,
    concat_ws('|', coalesce(nullif(line_item, ''), '-'),
        coalesce(nullif(project_id, ''), '-'), coalesce(nullif(api_key_id, ''), '-'),
        coalesce(nullif(user_id, ''), '-'), coalesce(nullif(organization_id, ''), '-')) AS natural_id,
    CASE
        WHEN idle = 'true' THEN 'idle bucket'
        WHEN coalesce(nullif(amount_value, ''), nullif(amount_currency, ''), nullif(line_item, ''),
            nullif(project_id, '')) IS NULL
            AND start_time <> '' AND end_time <> '' THEN 'idle bucket'
    END                                                          AS ignored
FROM export
