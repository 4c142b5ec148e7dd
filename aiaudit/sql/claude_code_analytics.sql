-- claude_code_analytics: one row per day, actor and model; the inputs are disjoint, writes are not split
-- What a subscription covers is in no usage or cost report: it is an account of its own.
SELECT
    date                                                         AS started_at,
    CAST(TRY_CAST(left(date, 10) AS TIMESTAMP) + INTERVAL 1 DAY AS VARCHAR) AS ended_at,
    'anthropic'                                                  AS provider,
    CASE
        WHEN lower(customer_type) = 'subscription'
            THEN concat_ws(' ', nullif(organization_id, ''), 'subscription', nullif(subscription_type, ''))
        ELSE organization_id
    END                                                          AS billing_account,
    model                                                        AS model_raw,
    'chat'                                                       AS operation,
    input                                                        AS input_uncached,
    cache_read,
    cache_creation                                               AS cache_write,
    output,
    cost                                                         AS stated_cost,
    email_address                                                AS user_id,
    api_key_name                                                 AS api_key,
    'claude-code'                                                AS agent,
    concat_ws('|', coalesce(model, '-'), coalesce(email_address, '-'), coalesce(api_key_name, '-'),
        coalesce(customer_type, '-'), coalesce(subscription_type, '-'), coalesce(terminal_type, '-'),
        coalesce(organization_id, '-'))                          AS natural_id,
    CASE WHEN idle = 'true' THEN 'no model was used' END         AS ignored
FROM export
