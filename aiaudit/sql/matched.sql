-- matched: one row per counter as in `metered`, after what stands under different names is matched
-- Names that can be the same traffic, by step: 1 a moving name in the logs and the dated names of its
-- model in the export, 2 the reverse, 3 an export that names no model, 4 logs that name none. What is
-- logged moves to the names of the export, to those with most tokens first.
WITH excess AS (
    SELECT
        m.*,
        m.offering IS NULL AND m.model_raw IS NULL                             AS nameless,
        m.offering = concat(m.provider, '/', m.model)                          AS moving,
        CASE WHEN $step <= 2 THEN m.model ELSE coalesce(m.operation, 'other') END AS subject,
        CASE WHEN m.exported AND m.exported_amount IS NULL THEN 0
            ELSE greatest(coalesce(m.logged_amount, 0) - coalesce(m.exported_amount, 0), 0)
        END                                                                    AS over_logged,
        greatest(coalesce(m.exported_amount, 0) - coalesce(m.logged_amount, 0), 0) AS over_exported,
        sum(CASE WHEN m.counter IN ('input_uncached', 'cache_read', 'cache_write_5m', 'cache_write_1h', 'output')
            THEN m.exported_amount END)
            OVER (PARTITION BY m.provider, m.account, m."day", m.name, m.class) AS weight
    FROM metered_so_far AS m
),
sided AS (
    SELECT
        e.*,
        CASE WHEN CASE $step WHEN 1 THEN moving WHEN 2 THEN moving IS FALSE WHEN 3 THEN nameless IS FALSE
            ELSE nameless END THEN over_logged ELSE 0 END                      AS gives,
        CASE WHEN CASE $step WHEN 1 THEN moving IS FALSE WHEN 2 THEN moving WHEN 3 THEN nameless
            ELSE nameless IS FALSE END THEN over_exported ELSE 0 END           AS takes,
        CASE WHEN bool_or(class IS NULL) OVER (PARTITION BY provider, account, "day", subject) IS FALSE
            THEN class END                                                     AS common
    FROM excess AS e
),
drained AS (
    SELECT
        s.*,
        sum(gives) OVER same                AS all_given,
        sum(takes) OVER same                AS all_taken,
        sum(gives) OVER in_order - gives    AS given_before,
        sum(takes) OVER in_order - takes    AS taken_before
    FROM sided AS s
    WINDOW
        same AS (PARTITION BY provider, account, "day", subject, common, counter),
        in_order AS (
            PARTITION BY provider, account, "day", subject, common, counter
            ORDER BY weight DESC NULLS LAST, name, class ROWS UNBOUNDED PRECEDING
        )
),
moved AS (
    SELECT
        d.*,
        CAST(greatest(least(gives, all_taken - given_before), 0) AS BIGINT) AS given,
        CAST(greatest(least(takes, all_given - taken_before), 0) AS BIGINT) AS taken
    FROM drained AS d
),
shifted AS (
    SELECT
        m.* EXCLUDE (logged_amount),
        CASE WHEN given = 0 AND taken = 0 THEN logged_amount
            ELSE coalesce(logged_amount, 0) - given + taken END                AS logged_amount
    FROM moved AS m
)
SELECT
    provider, account, "day", name, class, counter, offering, model, model_raw, operation, source_id,
    CASE
        WHEN logged AND exported THEN TRUE
        WHEN bool_or(given > 0 OR taken > 0) OVER named THEN bool_or(coalesce(logged_amount, 0) > 0) OVER named
        ELSE logged
    END                                                                        AS logged,
    exported, logged_amount, exported_amount
FROM shifted
WINDOW named AS (PARTITION BY provider, account, "day", name, class)
