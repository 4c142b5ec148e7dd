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
        r.gross,
        r.gross - coalesce(s.input_uncached, 0) AS prefix,
        coalesce(s.cache_read, 0)               AS logged_read
    FROM route_calls AS r
    JOIN route_groups AS g
        ON  g.kind = r.kind
        AND g.era = r.era
        AND g.input_over = r.input_over
        AND g.fits_from = r.fits_from
    JOIN route_targets AS t ON t.group_id = g.group_id
    LEFT JOIN route_targets AS whole ON whole.group_id = g.group_id AND whole.reach = 'full'
    JOIN scenario AS s ON s.call_id = r.call_id
    -- one tier down is priced apart only where the whole move goes elsewhere
    WHERE t.reach = 'full' OR t.target <> whole.target
),
cacheable AS (
    SELECT
        m.*,
        -- calls share a prefix when they share a conversation or a system prompt; else nothing is shown
        coalesce(c.session_id, c.system_sha256) AS stream
    FROM moved AS m
    JOIN calls AS c ON c.call_id = m.call_id
    WHERE m.prefix > 0
      AND m.prefix >= m.cache_min
      AND m.can_write
      AND coalesce(c.session_id, c.system_sha256) IS NOT NULL
),
timed AS (
    SELECT
        m.*,
        lag(m.started_at) OVER (
            PARTITION BY m.reach, m.target, m.stream ORDER BY m.started_at, m.call_id
        ) AS warmed_at
    FROM cacheable AS m
),
warm AS (
    SELECT
        m.*,
        m.warmed_at IS NOT NULL
            AND date_diff('second', m.warmed_at, m.started_at) <= coalesce(m.cache_ttl_s, 300) AS hit
    FROM timed AS m
)
SELECT
    reach, group_id, target, obliged, call_id,
    gross       AS input_uncached,
    0::BIGINT   AS cache_read,
    0::BIGINT   AS cache_write_5m,
    0::BIGINT   AS cache_write_1h
FROM moved AS m
WHERE NOT EXISTS (SELECT 1 FROM cacheable AS c WHERE c.reach = m.reach AND c.call_id = m.call_id)
UNION ALL
SELECT
    reach, group_id, target, obliged, call_id,
    gross - prefix                                                    AS input_uncached,
    CASE WHEN hit THEN logged_read ELSE 0 END                         AS cache_read,
    CASE WHEN hit THEN prefix - logged_read ELSE prefix END           AS cache_write_5m,
    0::BIGINT                                                         AS cache_write_1h
FROM warm
