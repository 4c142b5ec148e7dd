-- workload: one row per call, with what it was for, the tiers it was served and needs, and its cost
SELECT
    c.call_id,
    n.kind,
    c.source_id,
    c.origin,
    c.provider,
    c.offering,
    c.model,
    c.model_raw,
    c.started_at,
    CAST(timezone($timezone, timezone('UTC', c.started_at)) AS DATE) AS day,
    c.status                                                        AS outcome,
    c.team,
    c.environment,
    c.session_id,
    c.decision_id,
    c.requests,
    c.input_uncached,
    c.cache_read,
    c.cache_write_5m,
    c.cache_write_1h,
    c.output,
    c.web_searches,
    -- what no counter states counts as nothing here; the counters themselves stay unknown
    coalesce(c.input_uncached, 0) + coalesce(c.cache_read, 0) + coalesce(c.cache_write_5m, 0)
        + coalesce(c.cache_write_1h, 0)                             AS input_tokens,
    coalesce(c.rate_class, 'standard')                              AS rate_class,
    c.stated_cost,
    l.use_case,
    l.task,
    l.family,
    -- a highest tier says what work may use, not that it needs as much: it lifts no call
    CASE WHEN (l.told AND served.rank < needed.rank) IS NOT TRUE THEN l.needed_tier END AS needed_tier,
    l.confidence,
    CASE WHEN l.told AND served.rank < needed.rank THEN 'insufficient' ELSE l.evidence END AS evidence,
    l.template_id,
    l.protected,
    CASE WHEN (l.told AND served.rank < needed.rank) IS NOT TRUE THEN needed.rank END AS needed_rank,
    r.tier                                                          AS served_tier,
    served.rank                                                     AS served_rank,
    k.status                                                        AS price_status,
    k.reason                                                        AS price_reason,
    k.sku_price_id,
    CASE WHEN k.status = 'priced' THEN k.list_pico END              AS list_pico,
    CASE WHEN k.status = 'priced' THEN k.contracted_pico END        AS contracted_pico
FROM calls AS c
JOIN labelled AS l ON l.call_id = c.call_id
JOIN costed AS k ON k.call_id = c.call_id
JOIN kinds AS n
    ON  n.offering IS NOT DISTINCT FROM c.offering
    AND n.provider IS NOT DISTINCT FROM c.provider
    AND n.use_case = l.use_case
    AND n.task IS NOT DISTINCT FROM l.task
    AND n.family IS NOT DISTINCT FROM l.family
    AND n.evidence = l.evidence
    AND n.needed_tier IS NOT DISTINCT FROM l.needed_tier
    AND n.rate_class = coalesce(c.rate_class, 'standard')
    AND n.needs_tools = (coalesce(c.tools, 0) > 0)
    AND n.needs_vision = coalesce(c.has_images, FALSE)
    AND n.needs_schema = coalesce(c.has_schema, FALSE)
LEFT JOIN roles AS r
    ON  r.offering = c.offering
    AND c.started_at >= r.valid_from
    AND c.started_at < r.valid_to
LEFT JOIN tier_order AS needed ON needed.tier = l.needed_tier
LEFT JOIN tier_order AS served ON served.tier = r.tier
