-- classified: one row per line of a classify request, with its answer as JSON
SELECT
    s."row",
    json_object(
        'id', s.id,
        'task', l.task,
        'family', l.family,
        'tier', l.needed_tier,
        'confidence', round(l.confidence, 4),
        'evidence', l.evidence,
        'template_id', l.template_id
    ) AS answer
FROM submissions AS s
INNER JOIN labelled AS l ON l.call_id = s."row"
ORDER BY s."row"
