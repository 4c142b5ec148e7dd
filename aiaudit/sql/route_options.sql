-- route_options: one row per group and adequate offering, with what the group would cost there uncached
SELECT
    g.group_id,
    o.offering                                                               AS target,
    t.rank                                                                   AS target_rank,
    g.needed_rank,
    g.served_rank,
    g.contracted_pico,
    -- token counts are known between tokenizers, but not between a model that reasons and one that
    -- does not: without a known high case a move stays untested
    CASE WHEN g.reasoning <> 'none' OR o.reasoning = 'none' THEN u.high END  AS uplift_high,
    o.cache_min,
    o.cache_ttl_s,
    k.contracted_cache_write_5m IS NOT NULL                                  AS can_write,
    CAST(g.gross AS HUGEINT) * CAST(k.contracted_input_uncached AS HUGEINT)
        + CAST(g.output AS HUGEINT) * CAST(k.contracted_output AS HUGEINT)
        + CAST(g.web_searches AS HUGEINT) * CAST(coalesce(k.contracted_web_searches, 0) AS HUGEINT)
                                                                             AS option_pico
FROM route_groups AS g
JOIN route_targets_allowed AS o
    ON  o.serves = g.provider
    AND o.offering <> g.offering
    AND (o.released IS NULL OR o.released <= g.since)
    AND (o.retired IS NULL OR o.retired > g.since)
    AND (o.context IS NULL OR o.context >= g.fits_from)
    AND (o.max_output IS NULL OR o.max_output >= g.longest_output)
    AND (g.needs_tools IS FALSE OR o.tools)
    AND (g.needs_vision IS FALSE OR o.vision)
    AND (g.needs_schema IS FALSE OR o.structured)
    -- how much a model that always reasons would write is not known from one that did not
    AND (coalesce(o.reasoning, 'none') <> 'always' OR g.reasoning = 'always')
JOIN roles AS r ON r.offering = o.offering AND g.since >= r.valid_from AND g.since < r.valid_to
JOIN tier_order AS t ON t.tier = r.tier
JOIN rates AS k
    ON  k.offering = o.offering
    AND k.rate_class = g.rate_class
    AND k.region = ''
    AND g.since >= k.valid_from
    AND g.since < k.valid_to
    AND k.band = CASE
        WHEN g.input_over >= k.above - CASE WHEN k.inclusive THEN 1 ELSE 0 END THEN 'long' ELSE 'base'
    END
LEFT JOIN uplift AS u ON u.from_tokenizer = g.tokenizer AND u.to_tokenizer = o.tokenizer
WHERE k.refused IS NULL
  AND k.contracted_input_uncached IS NOT NULL
  AND k.contracted_output IS NOT NULL
  AND (g.web_searches = 0 OR k.contracted_web_searches IS NOT NULL)
  AND t.rank >= g.needed_rank
  AND (t.rank < g.served_rank OR g.needed_rank > g.served_rank)
