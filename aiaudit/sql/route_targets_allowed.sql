-- route_targets_allowed: per provider whose work may move, each offering that it may be routed to
WITH span AS (
    SELECT min(started_at) AS first, max(started_at) AS last FROM calls
)
SELECT
    o.offering,
    o.provider,
    o.released,
    o.retired,
    o.context,
    o.max_output,
    o.tools,
    o.vision,
    o.structured,
    o.cache_min,
    o.cache_ttl_s,
    o.tokenizer,
    o.reasoning,
    p.provider AS serves
FROM offerings AS o
JOIN allowed_offerings AS a ON a.offering = o.offering
JOIN routing_terms AS t ON TRUE
JOIN (SELECT DISTINCT provider FROM kinds) AS p ON t.any_provider OR p.provider = o.provider
JOIN span AS s
    ON  (o.released IS NULL OR o.released <= s.last)
    AND (o.retired IS NULL OR o.retired > s.first)
WHERE o.operation = 'chat'
