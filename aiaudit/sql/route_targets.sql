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
    reach,
    group_id,
    target,
    target_rank,
    served_rank - target_rank AS steps,
    needed_rank > served_rank AS obliged,
    uplift_high,
    cache_min,
    cache_ttl_s,
    can_write
FROM ranked
WHERE place = 1
