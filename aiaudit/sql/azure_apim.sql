-- azure_apim: one row per line of the gateway's log; long messages take several lines a call
-- The prompt holds the cached tokens, which are not told apart. Only the first line of a call has
-- its tokens: where a later one has some as well, the larger count holds.
SELECT
    concat_ws('/', nullif(CorrelationId, ''), nullif(RequestId, ''))    AS natural_id,
    nullif(RequestId, '')                                               AS response_id,
    coalesce(nullif(TimeGenerated, ''), "TimeGenerated [UTC]")          AS started_at,
    'azure'                                                             AS provider,
    'azure-apim'                                                        AS gateway,
    coalesce(nullif(ModelName, ''), DeploymentName)                     AS model_raw,
    CASE
        WHEN lower(OperationName) LIKE '%embed%'                        THEN 'embedding'
        WHEN lower(OperationName) LIKE '%image%'                        THEN 'image'
        ELSE 'chat'
    END                                                                 AS operation,
    '1'                                                                 AS requests,
    PromptTokens                                                        AS input,
    CompletionTokens                                                    AS output,
    TotalTokens                                                         AS total,
    nullif(DeploymentName, '')                                          AS project,
    nullif(ProductId, '')                                               AS team,
    nullif(SubscriptionId, '')                                          AS api_key,
    CASE
        WHEN regexp_matches(ResultCode, '^[45]')                        THEN 'error'
        WHEN PromptTokens NOT IN ('', '0')                              THEN 'success'
        ELSE 'unknown'
    END                                                                 AS status,
    CASE WHEN regexp_matches(SequenceNumber, '^[1-9]') AND coalesce(PromptTokens, '') IN ('', '0')
        AND coalesce(CompletionTokens, '') IN ('', '0')
        THEN 'rest of a long message' END                               AS ignored,
    CASE WHEN json_type(RequestMessages) = 'ARRAY'
        THEN json_object('messages', RequestMessages) ELSE RequestMessages END AS asked
FROM export
