-- route_targets: per group the cheapest adequate offering (full), and the cheapest one tier down (one)
WITH ranked AS (
    SELECT
        'full' AS reach,
        x.*,
        row_number() OVER (PARTITION BY x.group_id ORDER BY x.option_pico, x.target_rank, x.target) AS place
    FROM route_options AS x
    UNION ALL
    SELECT
        'one' AS reach,
        x.*,
        row_number() OVER (PARTITION BY x.group_id ORDER BY x.option_pico, x.target) AS place
    FROM route_options AS x
    WHERE x.target_rank = x.served_rank - 1
)
SELECT
    r.reach,
    r.group_id,
    r.target,
    r.target_rank,
    r.served_rank - r.target_rank AS steps,
    r.needed_rank > r.served_rank AS obliged,
    r.uplift_high,
    r.cache_min,
    r.cache_ttl_s,
    r.can_write
FROM ranked AS r
WHERE r.place = 1
