-- labelled: one row per call, with what it was for, what it needs at least, and how that is known
WITH
known AS (
    SELECT
        c.*,
        CASE
            WHEN c.origin = 'export_only' THEN 'unallocated'
            ELSE coalesce(r.use_case, c.use_case, c.agent, c.project, 'unallocated')
        END                                                                 AS named,
        r.task                                                              AS ruled_task,
        r.tier                                                              AS ruled_tier,
        coalesce(r.never_downgrade, false)                                  AS ruled_safe,
        p.task                                                              AS proven_task,
        p.family                                                            AS proven_family,
        p.call_id IS NOT NULL                                               AS proven,
        v.task                                                              AS voted_task,
        CAST(v.calls AS DOUBLE) / v.all_calls                               AS voted_share
    FROM calls AS c
    LEFT JOIN ruled AS r ON r.call_id = c.call_id
    LEFT JOIN proven AS p ON p.call_id = c.call_id
    LEFT JOIN template_votes AS v
        ON  v.template_id = c.template_id
        -- A call that clearly asks for something else keeps what it asks for.
        AND (coalesce(c.rule_task, v.task) = v.task OR c.rule_share < 0.6)
),
judged AS (
    SELECT
        k.*,
        CASE
            WHEN k.origin = 'export_only' THEN 'insufficient'
            WHEN k.proven AND k.proven_family IS NULL THEN 'not_applicable'
            WHEN k.ruled_task IS NOT NULL OR k.ruled_tier IS NOT NULL THEN 'rule'
            WHEN k.origin <> 'call' THEN 'insufficient'
            WHEN k.proven THEN 'metadata'
            WHEN k.voted_task IS NOT NULL THEN 'template'
            WHEN k.rule_task IS NOT NULL THEN 'hand_rule'
            WHEN k.rule_family IS NOT NULL THEN 'family'
            ELSE 'insufficient'
        END AS evidence
    FROM known AS k
),
tasks AS (
    SELECT
        j.*,
        CASE
            WHEN j.evidence IN ('insufficient', 'not_applicable') THEN NULL
            WHEN j.ruled_task IS NOT NULL THEN j.ruled_task
            WHEN j.proven THEN j.proven_task
            ELSE coalesce(j.voted_task, j.rule_task)
        END AS task
    FROM judged AS j
),
families AS (
    SELECT
        t.*,
        coalesce(
            f.family,
            CASE
                WHEN t.evidence = 'metadata' THEN t.proven_family
                WHEN t.evidence IN ('rule', 'family') THEN t.rule_family
            END
        ) AS family
    FROM tasks AS t
    LEFT JOIN task_needs AS f ON f.task = t.task
),
lifted AS (
    SELECT
        f.call_id,
        max(greatest(n.rank, least(n.rank + w.lift, w.cap))) AS rank
    FROM families AS f
    INNER JOIN task_needs AS n ON n.task = f.task
    INNER JOIN need_raises AS w
        ON  w.task = f.task
        AND w.above < CASE w.measure
            WHEN 'complexity' THEN f.complexity
            WHEN 'tools' THEN f.tools
            WHEN 'prompt_chars' THEN f.prompt_chars
            WHEN 'messages' THEN f.messages
        END
    GROUP BY f.call_id
),
needed AS (
    SELECT
        f.*,
        coalesce(u.safe, false) AS use_case_safe,
        u.rank                             AS most,
        CASE
            WHEN f.evidence IN ('insufficient', 'not_applicable') THEN NULL
            WHEN f.ruled_tier IS NOT NULL THEN o.rank
            ELSE coalesce(l.rank, n.rank, m.rank)
        END AS rank
    FROM families AS f
    LEFT JOIN lifted AS l ON l.call_id = f.call_id
    LEFT JOIN task_needs AS n ON n.task = f.task
    LEFT JOIN family_needs AS m ON m.family = f.family
    LEFT JOIN tier_ranks AS o ON o.tier = f.ruled_tier
    LEFT JOIN use_case_terms AS u ON u.use_case = f.named
),
capped AS (
    SELECT
        n.*,
        -- What the user says of a use case stands where nothing else is known.
        n.evidence = 'insufficient' AND n.origin <> 'export_only' AND n.most IS NOT NULL AS told
    FROM needed AS n
)
SELECT
    c.call_id,
    c.named                                                    AS use_case,
    c.task,
    c.family,
    t.tier                                                     AS needed_tier,
    CASE
        WHEN c.told THEN 1.0
        -- Trust in this kind of evidence, more of it the clearer the evidence is.
        WHEN c.evidence = 'template' THEN q.q * (0.7 + 0.3 * c.voted_share)
        WHEN c.evidence IN ('hand_rule', 'family') THEN q.q * (0.5 + c.rule_share)
        ELSE q.q
    END                                                        AS confidence,
    CASE WHEN c.told THEN 'rule' ELSE c.evidence END           AS evidence,
    c.template_id,
    c.ruled_safe OR c.use_case_safe OR c.offering IS NULL      AS protected,
    c.told
FROM capped AS c
LEFT JOIN evidence_trust AS q ON q.evidence = c.evidence
LEFT JOIN tier_ranks AS t
    ON t.rank = CASE
        WHEN c.told OR c.rank > c.most THEN c.most
        ELSE c.rank
    END
