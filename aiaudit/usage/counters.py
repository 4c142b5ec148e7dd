"""From what a source measured to what is billed: disjoint counters, defined once for everybody.

A reader, or a provider's convention, gives RAW measures as text: either `input` (everything that
went in, cache inside) or `input_uncached` (the cache stands beside it). Here they become whole
numbers in which no token stands twice, or a reason why they cannot.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

# The text columns that a source may fill; what it does not know stays NULL.
RAW_MEASURES: Final = (
    "input",
    "input_uncached",
    "cache_read",
    "cache_write",
    "cache_write_5m",
    "cache_write_1h",
    "output",
    "reasoning",
    "reasoning_outside",
    "audio_input",
    "audio_cache_read",
    "audio_output",
    "image_input",
    "image_output",
    "images",
    "web_searches",
    "requests",
    "total",
)
_TOLD: Final = ("reasoning_outside", "total")
_MEASURES: Final = tuple(name for name in RAW_MEASURES if name not in _TOLD)

# 59200.0 is a whole number and 1.5 is not. Fifteen digits are more than anyone was ever billed
# for, and keep every later sum inside its type.
_WHOLE: Final = r"'^[0-9]{1,15}(\.0+)?$'"


def is_whole(text: str) -> str:
    """Return the SQL condition that a text expression is a whole number; NULL when it is NULL."""
    return f"regexp_matches({text}, {_WHOLE})"


def number(text: str) -> str:
    """Return the SQL of a text expression as a BIGINT; NULL when absent or not a whole number."""
    return f"CASE WHEN {is_whole(text)} THEN CAST(split_part({text}, '.', 1) AS BIGINT) END"


def plus(first: str, second: str) -> str:
    """Return the SQL of the sum of two text measures, as text.

    A missing one counts as nothing; one that is no whole number is handed on, to be refused.
    """
    return (
        f"CASE WHEN coalesce({second}, '') = '' THEN {first}"
        f" WHEN coalesce({first}, '') = '' THEN {second}"
        f" WHEN {is_whole(first)} IS FALSE THEN {first}"
        f" WHEN {is_whole(second)} IS FALSE THEN {second}"
        f" ELSE CAST({number(first)} + {number(second)} AS VARCHAR) END"
    )


_N: Final = {name: f"({number(name)})" for name in (*_MEASURES, "total")}


def _zero(expression: str) -> str:
    return f"coalesce({expression}, 0)"


# A total of cache writes without its split is taken to live five minutes, the cheaper of the two.
_WRITE_5M: Final = (
    f"(CASE WHEN {_N['cache_write']} IS NULL THEN {_N['cache_write_5m']}"
    f" WHEN {_N['cache_write']} >= {_zero(_N['cache_write_1h'])}"
    f" THEN {_N['cache_write']} - {_zero(_N['cache_write_1h'])} END)"
)
_CACHED: Final = f"({_zero(_N['cache_read'])} + {_zero(_WRITE_5M)} + {_zero(_N['cache_write_1h'])})"
# The arithmetic test, where a source tells its total and not what lies inside what: a total that
# is larger than input and output by the cached tokens, by the reasoning, or by both, holds them
# beside. Where both are equally many, it is the reasoning.
_EXCESS: Final = f"({_N['total']} - {_N['input']} - {_zero(_N['output'])})"
_THOUGHT: Final = _zero(_N["reasoning"])
_BESIDE: Final = (
    f"({_CACHED} > 0 AND ({_EXCESS} = {_CACHED} + {_THOUGHT}"
    f" OR ({_EXCESS} = {_CACHED} AND {_CACHED} <> {_THOUGHT})))"
)
_UNCACHED: Final = (
    f"(CASE WHEN {_N['input_uncached']} IS NOT NULL THEN {_N['input_uncached']}"
    f" WHEN {_BESIDE} THEN {_N['input']}"
    f" WHEN {_N['input']} >= {_CACHED} THEN {_N['input']} - {_CACHED} END)"
)
_OUTSIDE: Final = (
    "(CASE WHEN coalesce(reasoning_outside, '') <> '' THEN reasoning_outside = 'true'"
    f" ELSE {_THOUGHT} > 0 AND {_EXCESS} IN ({_THOUGHT}, {_THOUGHT} + {_CACHED}) END)"
)
_OUTPUT: Final = (
    f"(CASE WHEN {_OUTSIDE} AND coalesce({_N['output']}, {_N['reasoning']}) IS NOT NULL"
    f" THEN {_zero(_N['output'])} + {_zero(_N['reasoning'])} ELSE {_N['output']} END)"
)

# Audio is counted whole, cached or not.
_AUDIO_FRESH: Final = f"{_N['audio_input']} - {_zero(_N['audio_cache_read'])}"
_WENT_IN: Final = (
    f"(CASE WHEN {_N['input_uncached']} IS NULL THEN {_N['input']}"
    f" ELSE {_N['input_uncached']} + {_CACHED} END)"
)

_CONTRADICTIONS: Final = {
    "cache writes above their total": f"{_N['cache_write']}"
    f" < {_zero(_N['cache_write_5m'])} + {_zero(_N['cache_write_1h'])}",
    "cached above input": f"{_N['input_uncached']} IS NULL AND {_N['input']} < {_CACHED}"
    f" AND ({_BESIDE}) IS NOT TRUE",
    "parts above input": f"{_N['input']} < {_N['input_uncached']} + {_CACHED}",
    "reasoning above output": f"{_N['reasoning']} > {_N['output']} AND {_OUTSIDE} IS NOT TRUE",
    "audio above input": f"{_N['audio_input']} > {_WENT_IN}"
    f" OR {_N['audio_cache_read']} > least({_N['audio_input']}, {_zero(_N['cache_read'])})",
    "audio above output": f"{_N['audio_output']} > {_N['output']}",
    "images above input": f"{_N['image_input']} > {_WENT_IN}",
    "images above output": f"{_N['image_output']} > {_N['output']}",
}
_BAD: Final = " ".join(
    f"WHEN {name} <> '' AND {is_whole(name)} IS FALSE THEN '{name}'" for name in _MEASURES
)
_ANY: Final = ", ".join(f"nullif({name}, '')" for name in _MEASURES)
_INVALID: Final = " ".join(
    f"WHEN {condition} THEN '{reason}'" for reason, condition in _CONTRADICTIONS.items()
)

# Counter -> SQL over the RAW text columns. Beside the counters of a call:
# `bad_counter` names a measure that is negative or not a whole number (the row is to be rejected),
# `no_counters` is true when nothing at all was measured (likewise),
# `invalid` says how the numbers contradict each other (the row is kept, and never priced).
COUNTERS: Final[dict[str, str]] = {
    "requests": _N["requests"],
    "input_uncached": _UNCACHED,
    "cache_read": _N["cache_read"],
    "cache_write_5m": _WRITE_5M,
    "cache_write_1h": _N["cache_write_1h"],
    "output": _OUTPUT,
    "reasoning": _N["reasoning"],
    "audio_input": _AUDIO_FRESH,
    "audio_cache_read": _N["audio_cache_read"],
    "audio_output": _N["audio_output"],
    "image_input": _N["image_input"],
    "image_output": _N["image_output"],
    "images": _N["images"],
    "web_searches": _N["web_searches"],
    "bad_counter": f"CASE {_BAD} END",
    "invalid": f"CASE {_INVALID} END",
    "no_counters": f"coalesce({_ANY}) IS NULL",
}


def counters_sql(table: str) -> str:
    """Return a SELECT over `table` whose RAW text columns are replaced by the counters.

    All other columns pass unchanged; `table` must have every column of RAW_MEASURES.
    """
    named = {f"number of {name}": number(name) for name in (*_MEASURES, "total")}
    named |= {f"whole {name}": is_whole(name) for name in _MEASURES}
    counters = {name: _short(sql, named) for name, sql in COUNTERS.items()}
    listed = ", ".join(f"{sql} AS {name}" for name, sql in counters.items())
    aside = ", ".join([*RAW_MEASURES, *(f'"{name}"' for name in named)])
    parsed = ", ".join(f'{sql} AS "{name}"' for name, sql in named.items())
    return f"SELECT * EXCLUDE ({aside}), {listed} FROM (SELECT *, {parsed} FROM {table})"


def _short(sql: str, named: Mapping[str, str]) -> str:
    """Return SQL with the parts that have a name called by it: planning long texts is dear."""
    for name, part in named.items():
        sql = sql.replace(part, f'"{name}"')
    return sql
