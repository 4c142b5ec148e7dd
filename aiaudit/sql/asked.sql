-- asked: one row per line of a price request, with what the line says of itself, as text.
WITH
documents AS (
    SELECT
        "row",
        TRY_CAST(line AS JSON) AS document
    FROM lines
),
objects AS (
    SELECT
        "row",
        CASE WHEN json_type(document) = 'OBJECT' THEN document END AS document
    FROM documents
),
texts AS (
    SELECT
        "row",
        document,
        json_extract_string(
            document,
            [
                '$.provider', '$.model', '$.timestamp', '$.service_tier', '$.batch', '$.region',
                '$.requests', '$.convention'
            ]
        ) AS said,
        json_extract(document, ['$.id', '$.usage']) AS parts
    FROM objects
),
fields AS (
    SELECT
        "row",
        document IS NULL AS malformed,
        parts[1] AS id,
        said[1] AS provider,
        said[2] AS model_raw,
        trim(said[3]) AS stamp,
        said[4] AS service_tier,
        lower(said[5]) AS batch,
        said[6] AS region,
        coalesce(said[7], '1') AS requests,
        CASE WHEN json_type(parts[2]) = 'OBJECT' THEN parts[2] END AS wrapped,
        lower(nullif(trim(said[8]), '')) AS stated
    FROM texts
)
SELECT
    f."row",
    f.malformed,
    f.id,
    f.provider,
    f.model_raw,
    f.stamp,
    CASE
        WHEN regexp_matches(
            f.stamp,
            '^[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?'
            || '( ?([Zz]|[+-][0-9]{2}(:?[0-9]{2})?))?)?$'
        ) THEN timezone('UTC', TRY_CAST(upper(f.stamp) AS TIMESTAMPTZ))
        WHEN regexp_matches(f.stamp, '^[0-9]{10}([.][0-9]+)?$')
        THEN make_timestamp(
            CAST(split_part(f.stamp, '.', 1) AS BIGINT) * 1000000
            + CAST(left(rpad(split_part(f.stamp, '.', 2), 6, '0'), 6) AS BIGINT)
        )
        WHEN regexp_matches(f.stamp, '^[0-9]{13}$')
        THEN make_timestamp(CAST(f.stamp AS BIGINT) * 1000)
    END AS started_at,
    f.service_tier,
    f.batch,
    f.region,
    f.requests,
    coalesce(
        CASE WHEN json_type(f.wrapped, '$.usageMetadata') = 'OBJECT'
        THEN json_extract(f.wrapped, '$.usageMetadata') END,
        CASE WHEN json_type(f.wrapped, '$.usage') = 'OBJECT'
        THEN json_extract(f.wrapped, '$.usage') END,
        f.wrapped
    ) AS usage,
    f.stated
FROM fields AS f
