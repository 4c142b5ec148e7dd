-- named: the one name that was asked about.
SELECT
    CAST($provider AS VARCHAR) AS provider,
    CAST($model_raw AS VARCHAR) AS model_raw,
    CAST($on AS TIMESTAMP) AS started_at
