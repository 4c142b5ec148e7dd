-- survivors: one row per copy of a call that may say of it what the one that stays does not
-- The one that stays under one rule may itself be a copy under the next. A copy that a tool made is a
-- part of another conversation, and says nothing of the call.
WITH copies AS (
    SELECT d.source_id, d.row, d.kept_source, d.kept_row
    FROM duplicates AS d
    WHERE d.rule IN ('same id', 'same answer')
)
SELECT
    a.source_id, a.row,
    coalesce(b.kept_source, a.kept_source) AS kept_source,
    coalesce(b.kept_row, a.kept_row)       AS kept_row
FROM copies AS a
LEFT JOIN copies AS b ON b.source_id = a.kept_source AND b.row = a.kept_row
