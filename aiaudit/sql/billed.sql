-- billed: one row per charge, with what was billed in USD; NULL where no exchange rate is known
SELECT
    c.source_id,
    c.row,
    coalesce(c.billing_provider, c.provider) AS provider,
    c.billing_account,
    c.category,
    c.charge_start,
    c.exported_at,
    c.sku,
    c.offering,
    c.model_raw,
    c.token_class,
    c.rate_class,
    c.quantity,
    c.unit,
    c.currency,
    c.billed_cost,
    CASE
        WHEN c.currency = 'USD' THEN c.billed_cost
        ELSE CAST(c.billed_cost * e.usd AS DECIMAL(38, 18))
    END AS billed_usd,
    CASE
        WHEN c.currency = 'USD' THEN c.contracted_cost
        ELSE CAST(c.contracted_cost * e.usd AS DECIMAL(38, 18))
    END AS contracted_usd
FROM charges AS c
LEFT JOIN exchange_rates AS e
    ON  e.currency = c.currency
    AND c.charge_start >= e.starts
    AND c.charge_start < e.ends
