-- route_groups: one row per set of calls that would be routed alike
WITH alike AS (
    SELECT
        kind,
        era,
        since,
        needed_rank,
        served_rank,
        input_over,
        fits_from,
        count(*)                                           AS calls,
        sum(requests)                                      AS requests,
        sum(gross)                                         AS gross,
        sum(output)                                        AS output,
        max(CASE WHEN requests = 1 THEN output ELSE 0 END) AS longest_output,
        sum(web_searches)                                  AS web_searches,
        sum(contracted_pico)                               AS contracted_pico
    FROM route_calls
    GROUP BY kind, era, since, needed_rank, served_rank, input_over, fits_from
)
SELECT
    row_number() OVER (ORDER BY a.kind, a.era, a.input_over, a.fits_from) AS group_id,
    a.*,
    k.offering,
    k.provider,
    k.use_case,
    k.task,
    k.family,
    k.evidence,
    k.rate_class,
    k.needs_tools,
    k.needs_vision,
    k.needs_schema,
    o.tokenizer,
    o.reasoning
FROM alike AS a
JOIN kinds AS k ON k.kind = a.kind
JOIN offerings AS o ON o.offering = k.offering AND o.operation = 'chat'
