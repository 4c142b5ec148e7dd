-- one_step: routed calls on the cheapest adequate offering exactly one tier down, where it is another
SELECT
    s.call_id,
    m.target AS offering,
    s.started_at,
    s.rate_class,
    s.region,
    s.requests,
    m.input_uncached,
    m.cache_read,
    m.cache_write_5m,
    m.cache_write_1h,
    s.output,
    s.web_searches,
    s.billable,
    s.invalid
FROM route_stream AS m
JOIN changed AS c ON c.call_id = m.call_id AND c.lever = 'route'
JOIN scenario AS s ON s.call_id = m.call_id
WHERE m.reach = 'one'
