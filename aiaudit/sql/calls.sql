-- calls: one row per call, or per bucket that no log covers, that began in [since, until)
SELECT
    s.*,
    CASE WHEN s.grain = 'bucket' THEN 'bucket' ELSE 'call' END AS origin
FROM settled AS s
LEFT JOIN metering AS m
    ON  s.grain = 'bucket'
    AND s.invalid IS NULL
    AND m.logged
    AND m.exported
    AND m.provider = s.provider
    AND (m.billing_account IS NULL OR m.billing_account = s.billing_account)
    AND m.offering = coalesce(s.offering, s.model_raw, '')
    AND m."day" = CAST(s.started_at AS DATE)
    AND (m.rate_class IS NULL OR m.rate_class = coalesce(s.rate_class, 'standard'))
WHERE m.provider IS NULL
    AND s.started_at >= coalesce(CAST($since AS TIMESTAMP), s.started_at)
    AND s.started_at < coalesce(CAST($until AS TIMESTAMP), s.started_at + INTERVAL 1 DAY)
