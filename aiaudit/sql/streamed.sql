-- streamed: one row per exchange, a stream of events told as the one response that it makes up
-- Tokens stand in the last event that has any; those of a first one (Anthropic) are added only
-- where the last does not repeat them, never summed.
SELECT
    * EXCLUDE (answer, stream, events, usages),
    CASE WHEN len(events) > 0 THEN json_object(
        'object', 'stream',
        'id', list_filter(list_transform(events, lambda event: coalesce(
            json_extract_string(event, '$.response.id'), json_extract_string(event, '$.message.id'),
            json_extract_string(event, '$.id'), json_extract_string(event, '$.responseId'),
            json_extract_string(event, '$.generation_id'))), lambda id: id <> '')[1],
        'model', list_filter(list_transform(events, lambda event: coalesce(
            json_extract_string(event, '$.response.model'), json_extract_string(event, '$.message.model'),
            json_extract_string(event, '$.model'), json_extract_string(event, '$.modelVersion'))),
            lambda model: model <> '')[1],
        'created', list_filter(list_transform(events, lambda event: coalesce(
            json_extract_string(event, '$.response.created_at'), json_extract_string(event, '$.created'),
            json_extract_string(event, '$.created_at'))), lambda time: time NOT IN ('', '0'))[1],
        'service_tier', list_filter(list_transform(events, lambda event: coalesce(
            json_extract_string(event, '$.response.service_tier'),
            json_extract_string(event, '$.service_tier'))), lambda tier: tier <> '')[-1],
        'error', list_filter(list_transform(events, lambda event: json_extract(event, '$.error')),
            lambda error: json_type(error) = 'OBJECT')[1],
        'x_groq', list_filter(list_transform(events, lambda event: json_extract(event, '$.x_groq')),
            lambda groq: json_type(groq) = 'OBJECT')[1],
        'usage', CASE WHEN len(usages) > 0 THEN json_merge_patch(usages[1], usages[-1]) END)
    ELSE answer END                                                     AS answer
FROM (
    SELECT
        *,
        list_filter(list_transform(events, lambda event: coalesce(
            CASE WHEN json_type(event, '$.usage') = 'OBJECT' THEN json_extract(event, '$.usage') END,
            CASE WHEN json_type(event, '$.response.usage') = 'OBJECT'
                THEN json_extract(event, '$.response.usage') END,
            CASE WHEN json_type(event, '$.message.usage') = 'OBJECT'
                THEN json_extract(event, '$.message.usage') END,
            json_extract(event, '$.usageMetadata'), json_extract(event, '$.x_groq.usage'),
            json_extract(event, '$.delta.usage'), json_extract(event, '$.response.meta'),
            json_extract(event, '$.metadata.usage'),
            CASE WHEN json_type(event, '$.eval_count') IS NOT NULL THEN event END)),
            lambda found: json_type(found) = 'OBJECT')                  AS usages
    FROM (
        SELECT
            *,
            list_transform(list_filter(
                regexp_extract_all(stream, '(?m)^(?:data: ?)?(\{.*\})\s*$', 1),
                lambda line: json_valid(line)), lambda line: CAST(line AS JSON)) AS events
        FROM exchange
    ) AS parsed
) AS merged
