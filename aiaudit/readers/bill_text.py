"""What a line of a cloud's bill says in words: the model, the token class, how it was served.

Clouds have no column for a token: the text of a price list names it, in many spellings. Here they
are read once for all clouds, as tables of patterns over the text in lower case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiaudit.readers.bill_models import model_sql

if TYPE_CHECKING:
    from collections.abc import Iterable

# What an AI line looks like: its service or, where a reseller hides it, its text.
_AI: Final = (
    r"(input|output)[ _-]?token|bedrock|openai|vertex ai|gemini|generative language|anthropic"
    r"|\bclaude\b|foundry models|foundry tools|azure ai |cognitive ?services|mistral|\bcohere\b"
    r"|deepseek|openrouter|\bgroq\b|perplexity|together ai|fireworks ai|\bveo\b|\bimagen\b"
)
# Sold by the hour, the search, the picture or the megabyte: no tokens, whatever else they say.
_NO_TOKENS: Final = (
    "reserved|provisioned|ptu|customization|training|storage|hosting|guardrail|grounding"
    "|search query|veo|imagen|lyria|knowledge base|model unit|videos? generated|agent platform"
)
_SEEN: Final = r"(text|image|audio|video) (?:cached |thinking )?(?:input|output)"
_HEARD: Final = r"(?:input|output) (image|audio) $"

# Pattern of the words -> class, the first that fits. An output line may say which input it was
# priced by, and a cached line that it is input: so the cache goes first, then output, then input.
_CLASSES: Final = (
    (r" (cache ?writes?|cache creation|c(d|chd) wr)(ite)?.* (1h|1 ?hour) ?", "cache_write_1h"),
    (r" cache ?write ?1h ", "cache_write_1h"),
    (r" (cache ?writes?|cache creation|c(d|chd) wr) ?", "cache_write_5m"),
    (r" (cached|caching|cache ?read|cache ?hit|cd|cchd) ", "cache_read"),
    (r" (output|outputs|outp|outpt|opt|completion|generated) ", "output"),
    (r" (input|inputs|inp|inpt|prompt) ", "input_uncached"),
)
_RATES: Final = (
    (r" (batch|batches|batchinputtokens|batchoutputtokens) ", "batch"),
    (r" flex ", "flex"),
    (r" (priority|pp) ", "priority"),
    (r" (reserved|provisioned|ptu) ", "provisioned"),
)
# The part of a counter that is audio or images, which some models bill at another rate.
_PARTS: Final = {
    ("input_uncached", "audio"): "audio_input",
    ("input_uncached", "image"): "image_input",
    ("cache_read", "audio"): "audio_cache_read",
    ("output", "audio"): "audio_output",
    ("output", "image"): "image_output",
}
# How many tokens one unit of a price list is; bills count in such blocks.
_BLOCKS: Final = (
    (r"(^|[^0-9])(1m|1,?000,?000|1 ?million)\b|^millions?\b", "1000000"),
    (r"(^|[^0-9])(100k|100,?000)\b", "100000"),
    (r"(^|[^0-9])(10k|10,?000)\b", "10000"),
    (r"(^|[^0-9])(1k|1,?000|thousand)\b", "1000"),
    (r"^(count|counts|tokens?|1)$", "1"),
)


def bill(select: str) -> str:
    """Return a SELECT that adds what its words say to the lines of `select`.

    `select` names its columns as `schema.CHARGES`, and in the place of `model_raw`, `token_class`,
    `rate_class`, `quantity` and `unit`: `said` (what the line says was metered), `product` (what it
    belongs to), `stated_model` and `stated_class` (where a column names them), `used` (a number as
    text), `used_unit` and `block` (tokens in a unit, where it is known), and `about_ai` (NULL: by
    its words). What is not about AI is ignored; with a class, the quantity is in tokens.
    """
    unread = (
        "said, product, stated_model, stated_class, used, used_unit, block, about_ai, is_ai, words,"
        " product_words, tokens_each, class_found, kind, ignored"
    )
    number = "TRY_CAST(used AS DECIMAL(24, 10)) * CAST(tokens_each AS DECIMAL(7, 0))"
    counted = "class_found IS NOT NULL AND tokens_each IS NOT NULL"
    return (
        f"SELECT * EXCLUDE ({unread}), {_part()} AS token_class,"
        f" CASE WHEN is_ai AND category = 'usage' THEN {_rate()} END AS rate_class,"
        f" CASE WHEN is_ai THEN coalesce(stated_model, {model_sql()}) END AS model_raw,"
        f" CASE WHEN {counted} THEN TRY_CAST({number} AS DECIMAL(38, 18))"
        " ELSE TRY_CAST(used AS DECIMAL(38, 18)) END AS quantity,"
        f" CASE WHEN {counted} THEN 'tokens' ELSE used_unit END AS unit,"
        " CASE WHEN ignored IS NOT NULL THEN ignored"
        " WHEN is_ai THEN NULL ELSE 'another service' END AS ignored"
        f" FROM ({_classed(select)}) AS classed"
    )


def _classed(select: str) -> str:
    """Return the lines with their words, their token class and the kind of their tokens."""
    text = "lower(concat_ws(' ', product, said))"
    worded = (
        f"SELECT *, coalesce(about_ai, regexp_matches({text}, '{_AI}')) AS is_ai,"
        f" {_words('said')} AS words, {_words('product')} AS product_words,"
        f" coalesce(block, {_first(_BLOCKS, 'lower(trim(used_unit))')}) AS tokens_each"
        f" FROM ({select}) AS stated"
    )
    return (
        "SELECT *, CASE WHEN is_ai AND category = 'usage' THEN"
        f" coalesce(stated_class, CASE WHEN regexp_matches(words, ' ({_NO_TOKENS}) ') IS FALSE"
        f" THEN {_first(_CLASSES, 'words')} END) END AS class_found,"
        f" coalesce(nullif(regexp_extract(words, '{_SEEN}', 1), ''),"
        f" regexp_extract(words, '{_HEARD}', 1)) AS kind FROM ({worded}) AS worded"
    )


def _words(text: str) -> str:
    """Return the SQL of a text as words in lower case with a space around each of them."""
    apart = rf"regexp_replace(coalesce({text}, ''), '([a-z])([A-Z])', '\1 \2', 'g')"
    return f"concat(' ', regexp_replace(lower({apart}), '[^a-z0-9.]+', ' ', 'g'), ' ')"


def _first(cases: Iterable[tuple[str, str]], text: str) -> str:
    whens = " ".join(f"WHEN regexp_matches({text}, '{p}') THEN '{name}'" for p, name in cases)
    return f"CASE {whens} END"


def _part() -> str:
    whens = " ".join(
        f"WHEN class_found = '{name}' AND kind = '{kind}' THEN '{part}'"
        for (name, kind), part in _PARTS.items()
    )
    return f"CASE {whens} ELSE class_found END"


def _rate() -> str:
    """Return the rate class; a token line without a word for it was served as standard."""
    return f"coalesce({_first(_RATES, 'words')}, CASE WHEN class_found <> '' THEN 'standard' END)"
