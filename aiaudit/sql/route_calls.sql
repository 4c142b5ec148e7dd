-- route_calls: one row per surviving call whose tier differs from its need, with what it demands
SELECT
    s.call_id,
    s.started_at,
    s.offering,
    w.provider,
    w.use_case,
    w.task,
    w.family,
    w.evidence,
    w.needed_rank,
    w.served_rank,
    coalesce(s.rate_class, 'standard')                                             AS rate_class,
    e.era,
    e.since,
    o.tokenizer,
    o.reasoning,
    coalesce(c.tools, 0) > 0                                                       AS needs_tools,
    coalesce(c.has_images, FALSE)                                                  AS needs_vision,
    coalesce(c.has_schema, FALSE)                                                  AS needs_schema,
    CASE WHEN s.requests = 1 THEN size.over_size ELSE -1 END                       AS input_over,
    CASE WHEN s.requests = 1 THEN fit.up_to ELSE 0 END                             AS fits_from,
    s.requests,
    s.input_uncached + s.cache_read + s.cache_write_5m + s.cache_write_1h          AS gross,
    s.output,
    s.web_searches,
    w.contracted_pico
FROM scenario AS s
JOIN workload AS w ON w.call_id = s.call_id
JOIN calls AS c ON c.call_id = s.call_id
JOIN offerings AS o ON o.offering = s.offering
JOIN eras AS e ON s.started_at >= e.since AND s.started_at < e.until
JOIN limits AS size
    ON  s.input_uncached + s.cache_read + s.cache_write_5m + s.cache_write_1h > size.over_size
    AND s.input_uncached + s.cache_read + s.cache_write_5m + s.cache_write_1h <= size.up_to
JOIN limits AS fit
    ON  s.input_uncached + s.cache_read + s.cache_write_5m + s.cache_write_1h + s.output > fit.over_size
    AND s.input_uncached + s.cache_read + s.cache_write_5m + s.cache_write_1h + s.output <= fit.up_to
WHERE w.price_status = 'priced'
  AND w.contracted_pico > 0
  AND w.protected IS FALSE
  AND w.origin <> 'export_only'
  AND s.billable IS NOT FALSE
  AND coalesce(s.requests, 1) > 0
  AND o.operation = 'chat'
  AND (w.needed_rank < w.served_rank OR (w.needed_rank > w.served_rank AND w.evidence IN ('label', 'rule')))
