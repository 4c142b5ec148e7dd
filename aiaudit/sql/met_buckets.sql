-- met_buckets: one row per bucket whose traffic logs show as well: its excess enters, not the bucket
SELECT b.source_id, b.row
FROM placed_buckets AS b
JOIN metering AS m
    ON  m.logged
    AND m.exported
    AND m.provider = b.provider
    AND coalesce(m.billing_account, '') = b.account
    AND m.offering = b.name
    AND m."day" = b."day"
    AND (m.rate_class IS NULL OR m.rate_class = b.class)
