-- openai_costs_legacy: one row per day and product of the older billing export, in dollars
SELECT
    coalesce(nullif(timestamp, ''), date)                        AS charge_start,
    -- A day of 86,400 seconds, where the start is in seconds since 1970.
    CASE
        WHEN regexp_matches(timestamp, '^[0-9]{9,10}(\.[0-9]+)?$')
            THEN CAST(CAST(split_part(timestamp, '.', 1) AS BIGINT) + 86400 AS VARCHAR)
        ELSE CAST(TRY_CAST(coalesce(nullif(timestamp, ''), date) AS TIMESTAMP) + INTERVAL 1 DAY AS VARCHAR)
    END                                                          AS charge_end,
    'openai'                                                     AS provider,
    organization_id                                              AS billing_account,
    'OpenAI API'                                                 AS service,
    name                                                         AS sku,
    'usage'                                                      AS category,
    cost                                                         AS billed_cost,
    upper(coalesce(nullif(currency, ''), 'usd'))                 AS currency,
    coalesce(nullif(project_name, ''), project_id)               AS project,
    concat_ws('|', coalesce(nullif(name, ''), '-'), coalesce(nullif(project_id, ''), '-'),
        coalesce(nullif(organization_id, ''), '-'))              AS natural_id,
    CASE WHEN idle = 'true' THEN 'idle bucket' END               AS ignored
FROM export
