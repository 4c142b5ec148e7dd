-- proven: one row per call whose metadata show what it was, whatever its words are
WITH
answers AS (
    SELECT
        call_id,
        rule_task,
        rule_family,
        coalesce(has_schema, false)                  AS structured,
        coalesce(operation, 'chat')                  AS operation,
        coalesce(output - coalesce(reasoning, 0), max_output_tokens) AS tokens,
        max_output_tokens                            AS most,
        -- A sum or a function stays one when its answer is wrapped or short.
        coalesce(rule_family, 'structured') NOT IN ('code', 'reasoning') AS plain
    FROM calls
    WHERE origin = 'call' AND coalesce(requests, 1) = 1
)
SELECT
    call_id,
    CASE
        WHEN operation IN ('embedding', 'image', 'audio', 'moderation', 'rerank') THEN NULL
        WHEN rule_family = 'structured' THEN rule_task
        WHEN most <= 5 OR tokens <= 16 THEN 'classification'
    END AS task,
    CASE
        WHEN operation NOT IN ('embedding', 'image', 'audio', 'moderation', 'rerank')
        THEN 'structured'
    END AS family
FROM answers
WHERE
    operation IN ('embedding', 'image', 'audio', 'moderation', 'rerank')
    -- An answer of one word, demanded or cut.
    OR (plain AND (most <= 5 OR (structured AND tokens <= 16)))
    -- A few fields in a demanded shape, with words that do not speak against it.
    OR (structured AND tokens <= 64 AND coalesce(rule_family, 'structured') = 'structured')
    -- A demanded shape and words that ask for fields or labels: two witnesses.
    OR (structured AND tokens <= 1000 AND rule_family = 'structured')
