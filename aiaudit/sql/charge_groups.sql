-- charge_groups: one row per provider, account, model, day, counter and rate class that usage charges name
WITH accounts AS (
    SELECT provider, bool_and(billing_account IS NOT NULL) AS known
    FROM (
        SELECT provider, billing_account FROM calls
        UNION ALL
        SELECT provider, billing_account FROM billed
    ) AS every
    GROUP BY provider
),
lines AS (
    SELECT
        b.provider,
        coalesce(CASE WHEN a.known THEN b.billing_account END, '') AS account,
        coalesce(b.offering, b.model_raw)                          AS offering,
        b.offering IS NOT NULL                                     AS identified,
        CASE WHEN z.zone IS NULL THEN CAST(b.charge_start AS DATE)
            ELSE CAST(timezone(z.zone, timezone('UTC', b.charge_start)) AS DATE) END AS "day",
        b.token_class,
        b.rate_class,
        b.charge_start,
        b.billed_usd,
        -- what a prepayment or a balance covered is billed as nothing
        CASE WHEN b.billed_usd = 0 THEN coalesce(b.contracted_usd, 0) ELSE b.billed_usd END AS charged_usd,
        CASE WHEN b.unit = 'tokens' OR b.token_class IN ('web_searches', 'images', 'requests') THEN b.quantity END
            AS quantity
    FROM billed AS b
    JOIN accounts AS a ON a.provider = b.provider
    LEFT JOIN billing_zones AS z ON z.provider = b.provider
    WHERE b.category = 'usage' AND b.billed_usd IS NOT NULL
)
SELECT
    row_number() OVER (ORDER BY provider, account, "day", offering, token_class, rate_class, identified) AS call_id,
    provider, account, offering, identified, "day", token_class, rate_class,
    count(*)          AS lines,
    min(charge_start) AS started_at,
    sum(billed_usd)   AS billed,
    sum(charged_usd)  AS charged,
    CASE WHEN bool_and(quantity IS NOT NULL) THEN CAST(sum(quantity) AS DECIMAL(38, 0)) END AS quantity
FROM lines
GROUP BY provider, account, offering, identified, "day", token_class, rate_class
