-- route_calls: one row per surviving call whose tier differs from its need, with its size class
WITH movable AS (
    SELECT
        s.call_id,
        w.kind,
        e.era,
        e.since,
        w.needed_rank,
        w.served_rank,
        s.requests,
        w.input_tokens              AS gross,
        coalesce(s.output, 0)       AS output,
        coalesce(s.web_searches, 0) AS web_searches,
        w.contracted_pico
    FROM scenario AS s
    JOIN workload AS w ON w.call_id = s.call_id
    JOIN eras AS e
        ON  e.day = CAST(s.started_at AS DATE)
        AND s.started_at >= e.since
        AND s.started_at < e.until
    WHERE w.price_status = 'priced'
      AND w.contracted_pico > 0
      AND w.protected IS FALSE
      AND w.origin <> 'export_only'
      AND s.billable IS NOT FALSE
      AND coalesce(s.requests, 1) > 0
      -- what another model makes of sound or images is not known
      AND coalesce(
          greatest(
              s.audio_input, s.audio_cache_read, s.audio_output, s.image_output, s.images
          ), 0
      ) = 0
      AND (
          w.needed_rank < w.served_rank
          -- up only on the user's own word
          OR (w.needed_rank > w.served_rank AND w.evidence IN ('label', 'rule'))
      )
),
least_limit AS (
    SELECT min(up_to) AS up_to FROM limits
)
-- a row that stands for several requests is never held against the size of one
SELECT m.*, -1 AS input_over, 0 AS fits_from
FROM movable AS m
JOIN least_limit AS l ON m.requests IS DISTINCT FROM 1 OR m.gross + m.output <= l.up_to
UNION ALL
SELECT m.*, size.over_size AS input_over, fit.up_to AS fits_from
FROM movable AS m
JOIN least_limit AS l ON m.requests = 1 AND m.gross + m.output > l.up_to
JOIN limits AS size ON m.gross > size.over_size AND m.gross <= size.up_to
JOIN limits AS fit ON m.gross + m.output > fit.over_size AND m.gross + m.output <= fit.up_to
