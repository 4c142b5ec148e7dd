-- requested: one row per row of an export, with what the body of its request tells of the call
-- A turn holds text, or a list of parts of which some are text; the last one of the user is asked.
SELECT
    * EXCLUDE (asked, turns, system_part, user_part),
    coalesce(json_extract_string(asked, '$.reasoning_effort'),
        json_extract_string(asked, '$.reasoning.effort'),
        json_extract_string(asked, '$.output_config.effort'))           AS effort,
    len(turns)                                                          AS messages,
    coalesce(json_array_length(asked, '$.tools'),
        json_array_length(asked, '$.toolConfig.tools'))                 AS tools,
    regexp_matches(CAST(asked AS VARCHAR),
        '"(image_url|input_image|inline_data|inlineData)"|"type"\s*:\s*"image"') AS has_images,
    CASE WHEN json_extract_string(asked, '$.response_format.type') IN ('json_schema', 'json_object')
        OR json_extract_string(asked, '$.text.format.type') = 'json_schema'
        OR json_extract_string(asked, '$.output_config.format.type') = 'json_schema'
        OR json_extract_string(asked, '$.generationConfig.responseMimeType') = 'application/json'
        THEN TRUE END                                                   AS has_schema,
    TRY_CAST(coalesce(json_extract_string(asked, '$.max_tokens'),
        json_extract_string(asked, '$.max_completion_tokens'),
        json_extract_string(asked, '$.max_output_tokens'),
        json_extract_string(asked, '$.generationConfig.maxOutputTokens'),
        json_extract_string(asked, '$.inferenceConfig.maxTokens'),
        json_extract_string(asked, '$.max_tokens_to_sample'),
        json_extract_string(asked, '$.max_gen_len')) AS BIGINT)         AS max_output_tokens,
    CASE WHEN json_type(system_part) = 'ARRAY'
        THEN array_to_string(json_extract_string(system_part, '$[*].text'), ' ')
        ELSE json_extract_string(system_part, '$') END                  AS system_text,
    CASE WHEN json_type(user_part) = 'ARRAY'
        THEN array_to_string(json_extract_string(user_part, '$[*].text'), ' ')
        ELSE json_extract_string(user_part, '$') END                    AS prompt_text
FROM (
    SELECT
        *,
        coalesce(
            list_filter(turns, lambda turn: turn."role" IN ('system', 'developer'))[1].content,
            json_extract(asked, '$.system'), json_extract(asked, '$.instructions'),
            json_extract(asked, '$.systemInstruction.parts'),
            json_extract(asked, '$.system_instruction.parts'),
            json_extract(asked, '$.preamble'))                          AS system_part,
        coalesce(
            list_filter(turns, lambda turn: lower(turn."role") = 'user')[-1].content,
            list_filter(turns, lambda turn: lower(turn."role") = 'user')[-1].parts,
            CASE WHEN json_type(asked, '$.contents') = 'ARRAY'
                THEN json_extract(asked, '$.contents[0].parts') END,
            CASE WHEN json_type(asked, '$.input') = 'VARCHAR' THEN json_extract(asked, '$.input') END,
            json_extract(asked, '$.prompt'), json_extract(asked, '$.inputText'),
            json_extract(asked, '$.message'), json_extract(asked, '$.query'),
            CASE WHEN json_type(asked) = 'VARCHAR' THEN asked END)      AS user_part
    FROM (
        SELECT
            *,
            from_json(coalesce(json_extract(asked, '$.messages'), json_extract(asked, '$.contents'),
                CASE WHEN json_type(asked, '$.input[0]') = 'OBJECT' THEN json_extract(asked, '$.input') END),
                '[{"role": "VARCHAR", "content": "JSON", "parts": "JSON"}]') AS turns
        FROM exchange
    ) AS parsed
) AS parted
