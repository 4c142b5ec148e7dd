-- reconciled: one row per provider and day, with what calls cost and what was billed for usage
WITH sides AS (
    SELECT
        w.provider,
        CAST(w.started_at AS DATE)                                                        AS day,
        sum(CASE WHEN w.origin = 'call' THEN w.contracted_pico END)                       AS logged_pico,
        sum(CASE WHEN w.origin <> 'call' THEN w.contracted_pico END)                      AS export_only_pico,
        bool_and(w.contracted_pico IS NULL)                                               AS unpriced
    FROM workload AS w
    WHERE w.provider IS NOT NULL
    GROUP BY w.provider, CAST(w.started_at AS DATE)
),
excess AS (
    SELECT m.provider, m.day, sum(k.contracted_pico) AS pico
    FROM costed_unmetered AS k
    JOIN metering AS m
        ON k.call_id = concat_ws('/', 'unmetered', m.provider, m.billing_account, m.offering, m.rate_class, m.day)
    WHERE k.status = 'priced'
    GROUP BY m.provider, m.day
),
bills AS (
    SELECT c.provider, CAST(c.charge_start AS DATE) AS day, sum(c.billed_usd) AS billed
    FROM billed AS c
    WHERE c.category = 'usage' AND c.billed_usd IS NOT NULL
    GROUP BY c.provider, CAST(c.charge_start AS DATE)
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
    s.logged_pico,
    s.export_only_pico,
    e.pico AS logged_not_metered_pico,
    b.billed
FROM keys AS k
LEFT JOIN sides AS s ON s.provider = k.provider AND s.day = k.day
LEFT JOIN excess AS e ON e.provider = k.provider AND e.day = k.day
LEFT JOIN bills AS b ON b.provider = k.provider AND b.day = k.day
