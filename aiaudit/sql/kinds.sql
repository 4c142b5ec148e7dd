-- kinds: one row per kind of work, calls alike in all that decides where they may be served
WITH alike AS (
    SELECT DISTINCT
        c.offering,
        c.provider,
        l.use_case,
        l.task,
        l.family,
        l.evidence,
        l.needed_tier,
        coalesce(c.rate_class, 'standard') AS rate_class,
        coalesce(c.tools, 0) > 0           AS needs_tools,
        coalesce(c.has_images, FALSE)      AS needs_vision,
        coalesce(c.has_schema, FALSE)      AS needs_schema
    FROM calls AS c
    JOIN labelled AS l ON l.call_id = c.call_id
)
SELECT
    row_number() OVER (
        ORDER BY offering NULLS FIRST, provider NULLS FIRST, use_case, task NULLS FIRST,
            family NULLS FIRST, evidence, needed_tier NULLS FIRST, rate_class, needs_tools,
            needs_vision, needs_schema
    ) AS kind,
    *
FROM alike
