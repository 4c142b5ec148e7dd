-- reconciled: one row per provider and day of its billing zone, with what calls cost and what was billed
WITH sides AS (
    SELECT
        w.provider,
        CASE WHEN z.zone IS NULL THEN CAST(w.started_at AS DATE)
            ELSE CAST(timezone(z.zone, timezone('UTC', w.started_at)) AS DATE) END AS day,
        sum(CASE WHEN w.origin = 'call' THEN w.contracted_pico END)          AS logged_pico,
        sum(CASE WHEN w.origin = 'call' AND w.outcome = 'error' THEN w.contracted_pico END) AS failed_pico,
        sum(CASE WHEN w.origin <> 'call' THEN w.contracted_pico END)         AS export_only_pico,
        bool_and(w.contracted_pico IS NULL)                                  AS unpriced
    FROM workload AS w
    LEFT JOIN billing_zones AS z ON z.provider = w.provider
    WHERE w.provider IS NOT NULL
    GROUP BY 1, 2
),
excess AS (
    SELECT u.provider, u.day, sum(k.contracted_pico) AS pico
    FROM costed_unmetered AS k
    JOIN unmetered AS u ON u.call_id = k.call_id
    WHERE k.status = 'priced'
    GROUP BY u.provider, u.day
),
dated AS (
    SELECT b.*, CASE WHEN z.zone IS NULL THEN CAST(b.charge_start AS DATE)
            ELSE CAST(timezone(z.zone, timezone('UTC', b.charge_start)) AS DATE) END AS day
    FROM billed AS b
    LEFT JOIN billing_zones AS z ON z.provider = b.provider
    WHERE b.billed_usd IS NOT NULL
),
bills AS (
    SELECT
        provider, day,
        sum(CASE WHEN category = 'usage' THEN billed_usd END)     AS billed,
        sum(CASE WHEN category = 'credit' THEN billed_usd END)    AS credits,
        sum(CASE WHEN category = 'refund' THEN billed_usd END)    AS refunds,
        sum(CASE WHEN category = 'tax' THEN billed_usd END)       AS tax,
        sum(CASE WHEN category = 'purchase' THEN billed_usd END)  AS purchases,
        sum(CASE WHEN category = 'rounding' THEN billed_usd END)  AS rounding_lines,
        max(exported_at)                                          AS exported_at
    FROM dated
    GROUP BY provider, day
),
keys AS (
    SELECT provider, day FROM sides
    UNION
    SELECT provider, day FROM bills
)
SELECT
    k.provider,
    k.day,
    coalesce(s.unpriced, FALSE) AS unpriced,
    s.provider IS NOT NULL      AS used,
    s.logged_pico,
    s.failed_pico,
    s.export_only_pico,
    e.pico AS logged_not_metered_pico,
    b.billed, b.credits, b.refunds, b.tax, b.purchases, b.rounding_lines,
    -- The day is over for the provider when the export was made; a day without that is taken as over.
    b.exported_at IS NULL OR b.exported_at >= CAST(k.day AS TIMESTAMP) + INTERVAL 1 DAY AS ended
FROM keys AS k
LEFT JOIN sides AS s ON s.provider = k.provider AND s.day = k.day
LEFT JOIN excess AS e ON e.provider = k.provider AND e.day = k.day
LEFT JOIN bills AS b ON b.provider = k.provider AND b.day = k.day
