-- submitted: one row per line of a classify request, with what it says of itself
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
fields AS (
    SELECT
        "row",
        json_extract(
            document,
            ['$.id', '$.prompt', '$.system', '$.tools', '$.response_format', '$.response_format.type']
        ) AS parts,
        json_extract_string(
            document,
            [
                '$.prompt', '$.system', '$.tools', '$.response_format', '$.response_format.type',
                '$.max_output_tokens', '$.input_tokens', '$.output_tokens', '$.operation'
            ]
        ) AS said
    FROM objects
),
texts AS (
    SELECT
        "row",
        parts[1] AS id,
        CASE WHEN json_type(parts[2]) = 'VARCHAR' THEN said[1] END AS prompt_text,
        CASE WHEN json_type(parts[3]) = 'VARCHAR' THEN said[2] END AS system_text,
        json_type(parts[4]) AS tools_type,
        json_array_length(parts[4]) AS tools_length,
        json_type(parts[5]) AS format_type,
        lower(coalesce(said[5], said[4])) AS format,
        list_transform(
            [said[3], said[6], said[7], said[8]],
            lambda number: CASE
                WHEN regexp_matches(number, '^[0-9]+([.]0+)?$')
                THEN TRY_CAST(split_part(number, '.', 1) AS BIGINT)
            END
        ) AS numbers,
        lower(trim(said[9])) AS operation
    FROM fields
)
SELECT
    "row",
    id,
    system_text,
    prompt_text,
    CASE tools_type WHEN 'ARRAY' THEN tools_length WHEN 'OBJECT' THEN 1 ELSE numbers[1] END AS tools,
    CASE
        WHEN format_type = 'OBJECT' THEN coalesce(format, 'json_schema') <> 'text'
        WHEN format_type = 'VARCHAR' THEN format LIKE 'json%'
    END AS has_schema,
    numbers[2] AS max_output_tokens,
    numbers[3] AS input_uncached,
    numbers[4] AS output,
    CASE
        WHEN operation LIKE '%embed%' THEN 'embedding'
        WHEN operation LIKE '%image%' THEN 'image'
        WHEN operation LIKE '%audio%' OR operation LIKE '%speech%' OR operation LIKE '%transcri%'
        THEN 'audio'
        WHEN operation LIKE '%moderat%' THEN 'moderation'
        WHEN operation LIKE '%rerank%' THEN 'rerank'
        WHEN operation IS NOT NULL THEN 'chat'
    END AS operation
FROM texts
