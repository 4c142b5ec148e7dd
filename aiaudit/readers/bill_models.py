"""Which model the words of a cloud's bill mean, spelled as the cloud's own API spells it."""

from __future__ import annotations

from typing import Final

# Models whose API name holds more than the words of a bill say: words -> name.
_CLAUDE: Final = {
    "haiku 3": "3-haiku-20240307-v1:0",
    "sonnet 3": "3-sonnet-20240229-v1:0",
    "opus 3": "3-opus-20240229-v1:0",
    "sonnet 3.5 v2": "3-5-sonnet-20241022-v2:0",
    "sonnet 3.5": "3-5-sonnet-20240620-v1:0",
    "haiku 3.5": "3-5-haiku-20241022-v1:0",
    "sonnet 3.7": "3-7-sonnet-20250219-v1:0",
    "sonnet 4": "sonnet-4-20250514-v1:0",
    "sonnet 4.0": "sonnet-4-20250514-v1:0",
    "opus 4": "opus-4-20250514-v1:0",
    "opus 4.0": "opus-4-20250514-v1:0",
    "opus 4.1": "opus-4-1-20250805-v1:0",
}
# From 4.5 on the price depends on the geography that a call is kept in.
_CLAUDE_BY_PLACE: Final = {
    "sonnet 4.5": "sonnet-4-5-20250929-v1:0",
    "haiku 4.5": "haiku-4-5-20251001-v1:0",
    "opus 4.5": "opus-4-5-20251101-v1:0",
    "opus 4.6": "opus-4-6-v1",
}
_PLACES: Final = (
    ("(^| |_|-)[gG]lobal", "global."),
    ("^(US|UG)", "us."),
    ("^EU", "eu."),
    ("^APN1", "jp."),
    ("^APS2", "au."),
    ("^AP", "apac."),
)
_BEDROCK: Final = {
    "nova micro": "amazon.nova-micro-v1:0",
    "nova lite": "amazon.nova-lite-v1:0",
    "nova pro": "amazon.nova-pro-v1:0",
    "nova premier": "amazon.nova-premier-v1:0",
    "nova 2.0 lite": "amazon.nova-2-lite-v1:0",
    "nova2.0 lite": "amazon.nova-2-lite-v1:0",
    "nova 2 lite": "amazon.nova-2-lite-v1:0",
    "titan embeddings g1 text": "amazon.titan-embed-text-v1",
    "deepseek r1": "deepseek.r1-v1:0",
    "deep seek r1": "deepseek.r1-v1:0",
    "gpt oss 120b": "openai.gpt-oss-120b-1:0",
    "gpt oss 20b": "openai.gpt-oss-20b-1:0",
}
_GEMINI: Final = {
    "gemini-3-pro": "gemini-3-pro-preview",
    "gemini-3-flash": "gemini-3-flash-preview",
    "gemini-3.1-pro": "gemini-3.1-pro-preview",
}
# Where the model ends and what was metered begins, in the words of a meter.
_METERED: Final = (
    "mantle|input|inputs|inp|inpt|output|outputs|outp|outpt|opt|cache|cached|cd|cchd|long|batch|pp"
    "|shortco|longco|short ?co|long ?co|std|ft|dev|tokens?|priority|flex"
)
_SNAPSHOTS: Final = {
    "2024": "0409|0513|0718|0806|0912|1120|1217",
    "2025": "0131|0414|0416|0610|0807|1006|1113|1211",
}


def model_sql() -> str:
    """Return the SQL of the model that `words` and `product_words` name; NULL when they do not."""
    return (
        f"CASE WHEN provider = 'bedrock' THEN {_bedrock()}"
        f" WHEN provider IN ('google', 'vertex') THEN {_google()}"
        f" WHEN provider = 'azure' THEN {_azure()} END"
    )


_KINDS: Final = "sonnet|opus|haiku|fable|mythos"
_BOTH: Final = "concat(words, product_words)"
# "claude 3.5 sonnet v2", "claude4.6 sonnet" and "claude sonnet 4.6" in one order: kind, number.
_CLAUDE_WORDS: Final = rf"regexp_replace({_BOTH}, 'claude ?([0-9.]+) ?({_KINDS})', 'claude \2 \1')"
_CLAUDE_NAME: Final = (
    f"regexp_extract({_CLAUDE_WORDS}, 'claude ((?:{_KINDS}) [0-9.]+(?: v2)?) ', 1)"
)


def _bedrock() -> str:
    claude = _names({k: f"anthropic.claude-{v}" for k, v in _CLAUDE.items()}, _CLAUDE_NAME)
    placed = _names({k: f"anthropic.claude-{v}" for k, v in _CLAUDE_BY_PLACE.items()}, _CLAUDE_NAME)
    place = " ".join(f"WHEN regexp_matches(said, '{p}') THEN '{name}'" for p, name in _PLACES)
    newer = f"concat('anthropic.claude-', {_dashed(_CLAUDE_NAME, '[ .]')})"
    # A usage type begins with its region; the model follows.
    meant = (
        r"regexp_extract(regexp_replace(words,"
        r" '^ (us|ug|eu|ap|ca|sa|me|af|il|mx)[nsewcgu]{0,2}[0-9]? ', ' '),"
        f" '^ (.*?) (?:{_METERED}) ', 1)"
    )
    known = " ".join(
        f"WHEN contains({_BOTH}, ' {words} ') THEN '{name}'" for words, name in _BEDROCK.items()
    )
    return (
        f"CASE WHEN {_CLAUDE_NAME} <> '' THEN coalesce({claude},"
        f" concat(CASE {place} ELSE '' END, coalesce({placed}, {newer}))) {known}"
        f" WHEN contains(words, ' mp ') THEN NULL"
        f" WHEN starts_with({meant}, 'qwen') THEN concat('qwen.', {_dashed(meant, ' ')}, '-v1:0')"
        f" WHEN starts_with({meant}, 'llama')"
        f" THEN concat('meta.', {_dashed(meant, ' ')}, '-instruct-v1:0')"
        f" ELSE nullif({_dashed(meant, ' ')}, '') END"
    )


def _google() -> str:
    # Which kind of token it is may stand between the model's words: it is taken out first.
    plain = (
        r"regexp_replace(regexp_replace(words, '(text|image|audio|video) (cached |thinking )?"
        r"(input|output)', '\3', 'g'), ' (global|native) ', ' ', 'g')"
    )
    shape = r"gemini ([0-9][0-9.]*(?: (?:pro|flash|ultra|nano|argon|live|lite|image|tts))+)"
    found = f"regexp_extract({plain}, '{shape} ', 1)"
    gemini = f"concat('gemini-', {_dashed(found, ' ')})"
    turned = rf"regexp_replace({_CLAUDE_NAME}, '^([a-z]+) (3[0-9.]*)', '\2 \1')"
    claude = f"concat('claude-', {_dashed(turned, '[ .]')})"
    return (
        f"CASE WHEN {_CLAUDE_NAME} <> '' THEN {claude}"
        f" WHEN {found} <> '' THEN coalesce({_names(_GEMINI, gemini)},"
        f" {gemini}) WHEN contains(words, ' gemini embedding ') THEN 'gemini-embedding-001' END"
    )


def _azure() -> str:
    name = f"nullif(regexp_extract(words, '^ (.*?) (?:{_METERED}) ', 1), '')"
    whole = (
        f"CASE WHEN regexp_matches({name}, '^[0-9]') THEN concat('gpt ', {name})"
        f" WHEN regexp_matches({name}, '^v[0-9]') AND contains(product_words, 'deepseek')"
        f" THEN concat('deepseek ', {name}) ELSE {name} END"
    )
    dashed = _dashed(whole, " ")
    days = " ".join(
        f"WHEN regexp_matches({name}, ' ({days})$') THEN regexp_replace({dashed},"
        rf" '-([0-9]{{2}})([0-9]{{2}})$', '-{year}-\1-\2')"
        for year, days in _SNAPSHOTS.items()
    )
    claude = f"concat('claude-', {_dashed(_CLAUDE_NAME, '[ .]')})"
    return f"CASE WHEN {_CLAUDE_NAME} <> '' THEN {claude} {days} ELSE {dashed} END"


def _dashed(text: str, spaces: str) -> str:
    return f"regexp_replace(trim({text}), '{spaces}', '-', 'g')"


def _names(names: dict[str, str], text: str) -> str:
    whens = " ".join(f"WHEN '{words}' THEN '{name}'" for words, name in names.items())
    return f"CASE {text} {whens} END"
