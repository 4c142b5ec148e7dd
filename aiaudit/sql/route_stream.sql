-- route_stream: one row per call and target, with its input cached on the target's own terms
WITH moved AS (
    SELECT
        t.reach,
        t.group_id,
        t.target,
        t.obliged,
        t.cache_min,
        t.cache_ttl_s,
        t.can_write,
        s.call_id,
        s.started_at,
        s.input_uncached,
        s.cache_read + s.cache_write_5m + s.cache_write_1h AS prefix,
        s.cache_read AS logged_read,
        -- calls share a prefix when they share a conversation or a system prompt; else nothing is shown
        coalesce(c.session_id, c.system_sha256) AS stream
    FROM route_calls AS r
    JOIN route_groups AS g
        ON  g.offering = r.offering
        AND g.use_case IS NOT DISTINCT FROM r.use_case
        AND g.task IS NOT DISTINCT FROM r.task
        AND g.family IS NOT DISTINCT FROM r.family
        AND g.evidence = r.evidence
        AND g.needed_rank = r.needed_rank
        AND g.served_rank = r.served_rank
        AND g.rate_class = r.rate_class
        AND g.era = r.era
        AND g.needs_tools = r.needs_tools
        AND g.needs_vision = r.needs_vision
        AND g.needs_schema = r.needs_schema
        AND g.input_over = r.input_over
        AND g.fits_from = r.fits_from
    JOIN route_targets AS t ON t.group_id = g.group_id
    JOIN scenario AS s ON s.call_id = r.call_id
    JOIN calls AS c ON c.call_id = r.call_id
),
cacheable AS (
    SELECT
        m.*,
        m.stream IS NOT NULL AND m.can_write AND m.prefix > 0
            AND m.cache_min IS NOT NULL AND m.prefix >= m.cache_min AS kept
    FROM moved AS m
),
timed AS (
    SELECT
        m.*,
        lag(m.started_at) OVER (
            PARTITION BY m.reach, m.target, m.stream, m.kept ORDER BY m.started_at, m.call_id
        ) AS warmed_at
    FROM cacheable AS m
),
warm AS (
    SELECT
        m.*,
        m.kept AND m.warmed_at IS NOT NULL
            AND date_diff('second', m.warmed_at, m.started_at) <= coalesce(m.cache_ttl_s, 300) AS hit
    FROM timed AS m
)
SELECT
    m.reach,
    m.group_id,
    m.target,
    m.obliged,
    m.call_id,
    CASE WHEN m.kept THEN m.input_uncached ELSE m.input_uncached + m.prefix END AS input_uncached,
    CASE WHEN m.hit THEN m.logged_read ELSE 0 END                              AS cache_read,
    CASE WHEN m.hit THEN m.prefix - m.logged_read WHEN m.kept THEN m.prefix ELSE 0 END
                                                                               AS cache_write_5m,
    0::BIGINT                                                                  AS cache_write_1h
FROM warm AS m
