-- wrapping_calls: one row per span whose own calls stand in another file: it states their tokens again
-- Within a file the reader's tree has found such spans already.
WITH once AS (
    SELECT c.source_id, c.row, c.family, c.natural_id, c.parent_id, c.trace_id, s.sha256
    FROM taken_calls AS c
    JOIN sources AS s ON s.source_id = c.source_id
    LEFT JOIN duplicates AS d ON d.source_id = c.source_id AND d.row = c.row
    WHERE c.grain = 'call' AND c.trace_id IS NOT NULL AND d.row IS NULL
        AND (c.parent_id IS NULL OR c.parent_id IS DISTINCT FROM c.natural_id)
),
pairs AS (
    SELECT o.source_id, o.row, k.source_id AS kept_source, k.row AS kept_row,
        row_number() OVER (
            PARTITION BY o.source_id, o.row ORDER BY k.sha256, k.row, k.source_id
        ) AS place
    FROM once AS o
    JOIN once AS k
        ON  k.family = o.family
        AND k.trace_id = o.trace_id
        AND k.parent_id = o.natural_id
        AND k.source_id <> o.source_id
)
SELECT source_id, row, kept_source, kept_row, 'wrapper over calls elsewhere' AS rule
FROM pairs
WHERE place = 1
