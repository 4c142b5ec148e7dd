"""Titan and Llama through Bedrock's InvokeModel: counters beside the answer itself."""

from __future__ import annotations

from aiaudit.usage.convention import USAGE, Convention, first, has

# Titan counts each of its answers.
_ANSWERS = (
    f"CASE WHEN json_type({USAGE}, '$.results') = 'ARRAY' THEN CAST(list_sum(list_transform("
    f"json_extract_string({USAGE}, '$.results[*].tokenCount'),"
    " lambda text_: TRY_CAST(split_part(text_, '.', 1) AS BIGINT))) AS VARCHAR) END"
)

CONVENTION = Convention(
    id="bedrock-native",
    family="bedrock-native",
    title="Amazon Titan and Meta Llama on Bedrock (InvokeModel)",
    recognise=has("inputTextTokenCount", "generation_token_count"),
    measures={
        "input_uncached": first("inputTextTokenCount", "prompt_token_count"),
        "output": f"coalesce({first('generation_token_count')}, {_ANSWERS})",
    },
)
