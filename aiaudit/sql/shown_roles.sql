-- shown_roles: the tier of an offering on a day, and why.
SELECT
    tier,
    reason
FROM roles
WHERE offering = $offering AND valid_from <= $on AND valid_to > $on
