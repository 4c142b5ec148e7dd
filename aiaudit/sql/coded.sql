-- coded: one row per call of a gateway, with what the HTTP status that it logged stands for
-- A status below zero is Helicone's own: the answer was given up, or is still awaited.
SELECT
    * EXCLUDE (code, failed),
    CASE
        WHEN code IN ('499', '-3')                                      THEN 'cancelled'
        WHEN regexp_matches(code, '^[45]') OR failed                    THEN 'error'
        WHEN regexp_matches(code, '^[23]') OR failed IS FALSE           THEN 'success'
        ELSE 'unknown'
    END                                                                 AS status,
    CASE
        WHEN code IN ('499', '-3')                                      THEN 'cancelled'
        WHEN code = '429'                                               THEN 'rate_limit'
        WHEN code IN ('408', '504')                                     THEN 'timeout'
        WHEN code IN ('401', '403')                                     THEN 'auth'
        WHEN regexp_matches(code, '^4')                                 THEN 'bad_request'
        WHEN regexp_matches(code, '^5')                                 THEN 'server'
        WHEN failed                                                     THEN 'other'
    END                                                                 AS error_class
FROM exchange
