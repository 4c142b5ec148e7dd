-- labelled_by: one row per call of a gateway, with what the customer's own labels say of it
-- `labels` is a map of the customer's making: several spellings of a few words are understood.
SELECT
    * EXCLUDE (labels, slug, caller),
    coalesce(caller, json_extract_string(labels, '$._user'), json_extract_string(labels, '$.user_id'),
        json_extract_string(labels, '$.user'), json_extract_string(labels, '$.userId')) AS user_id,
    coalesce(json_extract_string(labels, '$.team'), json_extract_string(labels, '$.Team')) AS team,
    coalesce(json_extract_string(labels, '$.use_case'), json_extract_string(labels, '$.useCase'),
        json_extract_string(labels, '$.UseCase'), json_extract_string(labels, '$.feature'),
        json_extract_string(labels, '$.Feature'), json_extract_string(labels, '$.app'),
        json_extract_string(labels, '$.App'), json_extract_string(labels, '$.task'),
        json_extract_string(labels, '$.workflow'), nullif(slug, ''))    AS use_case,
    coalesce(json_extract_string(labels, '$.environment'), json_extract_string(labels, '$.Environment'),
        json_extract_string(labels, '$._environment'), json_extract_string(labels, '$.env')) AS environment,
    coalesce(json_extract_string(labels, '$."Helicone-Session-Id"'),
        json_extract_string(labels, '$.session_id'), json_extract_string(labels, '$.sessionId'))
                                                                        AS session_id,
    coalesce(json_extract_string(labels, '$.decision_id'), json_extract_string(labels, '$.decisionId'))
                                                                        AS decision_id
FROM exchange
