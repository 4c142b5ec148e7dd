-- copied_rows: one row per row of a file that is a copy of another file
SELECT c.source_id, c.row, f.first_id AS kept_source, c.row AS kept_row, 'same file' AS rule
FROM taken_calls AS c
JOIN copied_files AS f ON f.source_id = c.source_id
UNION ALL
SELECT c.source_id, c.row, f.first_id, c.row, 'same file'
FROM taken_charges AS c
JOIN copied_files AS f ON f.source_id = c.source_id
