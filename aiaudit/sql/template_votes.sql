-- template_votes: one row per template whose calls agree on their task, with how many agree
WITH
votes AS (
    SELECT
        template_id,
        rule_task                                                             AS task,
        count(*)                                                              AS calls,
        sum(count(*)) OVER (PARTITION BY template_id)                         AS all_calls,
        row_number() OVER (
            PARTITION BY template_id ORDER BY (rule_task IS NULL), count(*) DESC, rule_task
        )                                                                     AS place
    FROM calls
    WHERE origin = 'call' AND template_id IS NOT NULL
    GROUP BY template_id, rule_task
)
SELECT
    template_id,
    task,
    calls,
    all_calls
FROM votes
WHERE
    place = 1
    AND task IS NOT NULL
    -- Five calls at least, and three in five of them.
    AND all_calls >= 5
    AND calls * 5 >= all_calls * 3
