-- copied_files: one row per file whose bytes were already read from another, by the same reader
SELECT
    s.source_id,
    s.first_id
FROM (
    SELECT
        source_id,
        first_value(source_id) OVER same AS first_id
    FROM sources
    WINDOW same AS (PARTITION BY sha256, reader ORDER BY file, source_id)
) AS s
WHERE s.source_id <> s.first_id
