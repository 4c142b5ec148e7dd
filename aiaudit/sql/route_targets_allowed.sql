-- route_targets_allowed: one row per offering that work may be routed to
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
    t.any_provider
FROM offerings AS o
JOIN allowed_offerings AS a ON a.offering = o.offering
JOIN routing_terms AS t ON TRUE
WHERE o.operation = 'chat'
