-- added: one row per batch of calls that a lever adds, with its cost
SELECT
    a.call_id,
    a.use_case,
    a.day,
    a.offering,
    a.requests,
    CASE WHEN k.status = 'priced' THEN k.contracted_pico END AS contracted_pico
FROM added_calls AS a
JOIN costed_added AS k ON k.call_id = a.call_id
