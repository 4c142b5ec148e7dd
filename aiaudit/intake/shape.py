"""From a reader's columns to a row of `calls` or `charges`, with the reason when it cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiaudit import schema
from aiaudit.engine import literal
from aiaudit.intake import tree
from aiaudit.intake.moments import moment
from aiaudit.text import excerpt_sql
from aiaudit.usage import COUNTERS, RAW_MEASURES, is_whole, number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiaudit.readers import Reader

TEXTS: Final = ("system_text", "prompt_text")

# Why a row is refused: the code, and what the user reads.
CAUSES: Final[dict[str, str]] = {
    "not json": "the line is not JSON",
    "cut": "the line ends in the middle of a record",
    "not an object": "the line is JSON, but not an object",
    "bad utf-8": "the text is not UTF-8",
    "too deep": "the record is nested too deeply",
    "odd record": "the record is not built as its format says",
    "cells": "the row has more or fewer cells than the header",
    "no time": "the record has no time",
    "bad time": "its time cannot be read, or is not of the years 1970 to 2199",
    "bad counter": "a count is negative or not a whole number",
    "no counters": "it has neither counts nor requests",
    "no amount": "the record has no amount",
    "bad amount": "its amount is not a number",
}

_READ: Final = "read"
# An amount of more digits is a mistake, and a sum of such would not fit.
_CREDIBLE: Final = "DECIMAL(30,18)"
_LIKE_A_KEY: Final = "^(sk|pk|gsk|xai|rk)[-_]|^AIza|^AKIA|^Bearer "
_ENVIRONMENTS: Final = {
    "prod": ("prod", "production", "live"),
    "staging": ("staging", "stage", "stag"),
    "dev": ("dev", "development"),
    "test": ("test", "testing"),
    "eval": ("eval", "evaluation"),
}
_TOKENS: Final = (*schema.TOKENS, "reasoning")
_LATER: Final = frozenset(
    {"call_id", "source_id", "row", "grain", *schema.TEXT_FEATURES, *RAW_MEASURES, *COUNTERS}
) - {"template_id", "prompt_chars", "system_chars"}


def shaped(reader: Reader, relation: str, given: Mapping[str, str]) -> str:
    """Return the SELECT of canonical rows; `code` and `detail` say why a row is refused.

    `given` are the columns of the reader's own SELECT, with their types.
    """
    make = _charges if reader.grain == "charge" else _calls
    views = f"export AS NOT MATERIALIZED ({relation}), read AS NOT MATERIALIZED ({reader.select})"
    return f"WITH {views} {make(reader, given)}"


def times(reader: Reader) -> tuple[str, str]:
    """Return the columns in which a row begins and ends."""
    if reader.grain == "charge":
        return "charge_start", "charge_end"
    return "started_at", "ended_at"


def _calls(reader: Reader, given: Mapping[str, str]) -> str:
    full = _typed(schema.CALLS, given, _LATER) | {
        name: _text(name, given) for name in (*RAW_MEASURES, *TEXTS, "ignored", "reject")
    }
    full["first_token_at"] = _column("first_token_at", "TIMESTAMP", given)
    full["timed"] = _is_given("started_at", given)
    parsed = dict.fromkeys(full, "") | _parsed()
    counted = {name: "" for name in full if name not in RAW_MEASURES} | _counters()
    final = {name: "" for name in counted if name not in {"timed", "first_token_at", "no_counters"}}
    # Zero tokens of a call that succeeded were not measured: unknown, not zero.
    tokens = ", ".join(schema.TOKENS)
    final["unmeasured"] = f"status = 'success' AND greatest({tokens}) = 0"
    final |= {
        name: f"CASE WHEN ({final['unmeasured']}) IS TRUE THEN NULL ELSE {name} END"
        for name in _TOKENS
    }
    final |= {
        "grain": f"'{reader.grain}'",
        "api_key": f"CASE WHEN regexp_matches(api_key, '{_LIKE_A_KEY}')"
        " THEN concat('sha256:', left(sha256(api_key), 12)) ELSE api_key END",
        "environment": _environment(),
        "latency_ms": f"coalesce(latency_ms, {_elapsed('ended_at', reader)})",
        "ttft_ms": f"coalesce(ttft_ms, {_elapsed('first_token_at', reader)})",
        "code": _code(
            "started_at", {"bad counter": "bad_counter IS NOT NULL", "no counters": "no_counters"}
        ),
        "detail": "bad_counter",
    }
    if "prompt_text" in given:  # only the part that is read leaves the engine
        final["prompt_text"] = excerpt_sql("prompt_text")
        final["prompt_chars"] = "coalesce(length(prompt_text), prompt_chars)"
    del final["bad_counter"], final["reject"]
    inside = _select(parsed, f"({_select(full, tree.marked(given))})")
    return _select(final, f"({_select(counted, f'({inside})')})")


def _charges(reader: Reader, given: Mapping[str, str]) -> str:
    del reader
    full = _typed(schema.CHARGES, given, frozenset({"source_id", "row"})) | {
        name: _text(name, given) for name in ("ignored", "reject")
    }
    full["timed"] = _is_given("charge_start", given)
    full["stated"] = _text("billed_cost", given)
    final = {name: "" for name in full if name not in {"timed", "stated", "reject"}}
    final["code"] = _code(
        "charge_start", {"no amount": "stated IS NULL", "bad amount": "billed_cost IS NULL"}
    )
    final |= {"detail": "CAST(NULL AS VARCHAR)", "unmeasured": "FALSE"}
    return _select(final, f"({_select(full, _READ)})")


def _parsed() -> dict[str, str]:
    """Return each measure's number and whether it is whole, for `_counters` to name."""
    numbers = {f"number of {name}": number(name) for name in RAW_MEASURES}
    return numbers | {f"whole {name}": is_whole(name) for name in RAW_MEASURES}


def _counters() -> dict[str, str]:
    """Return COUNTERS with every repeated part named instead of written out: planning is dear."""
    found = dict(COUNTERS)
    for name in RAW_MEASURES:
        for part, known in ((number(name), "number of"), (is_whole(name), "whole")):
            found = {c: sql.replace(part, f'"{known} {name}"') for c, sql in found.items()}
    return found


def _environment() -> str:
    known = " ".join(
        f"WHEN lower(environment) IN ({', '.join(map(literal, words))}) THEN '{name}'"
        for name, words in _ENVIRONMENTS.items()
    )
    return f"CASE WHEN lower(environment) = 'default' THEN NULL {known} ELSE environment END"


def _code(time: str, faults: Mapping[str, str]) -> str:
    found = " ".join(f"WHEN {condition} THEN '{code}'" for code, condition in faults.items())
    return (
        "CASE WHEN reject IS NOT NULL THEN reject WHEN ignored IS NOT NULL THEN NULL"
        f" WHEN timed IS FALSE THEN 'no time' WHEN {time} IS NULL THEN 'bad time' {found} END"
    )


def _elapsed(until: str, reader: Reader) -> str:
    if reader.grain != "call":
        return "CAST(NULL AS BIGINT)"
    return f"CASE WHEN {until} >= started_at THEN date_diff('millisecond', started_at, {until}) END"


def _select(columns: Mapping[str, str], source: str) -> str:
    listed = ", ".join(
        f'{sql} AS "{name}"' if sql else f'"{name}"' for name, sql in columns.items()
    )
    return f"SELECT {listed} FROM {source}"


def _typed(
    columns: tuple[schema.Column, ...], given: Mapping[str, str], later: frozenset[str]
) -> dict[str, str]:
    return {c.name: _column(c.name, c.type, given) for c in columns if c.name not in later}


def _column(name: str, kind: str, given: Mapping[str, str]) -> str:
    if given.get(name) != "VARCHAR":
        return f'TRY_CAST("{name}" AS {kind})' if name in given else f"CAST(NULL AS {kind})"
    if kind == "TIMESTAMP":
        return moment(f'"{name}"')
    text = _text(name, given)
    if kind == schema.MONEY and name != "quantity":
        text = f"TRY_CAST({text} AS {_CREDIBLE})"
    return text if kind == "VARCHAR" else f"TRY_CAST({text} AS {kind})"


def _text(name: str, given: Mapping[str, str]) -> str:
    if name in TEXTS:
        return f'"{name}"' if name in given else "CAST(NULL AS VARCHAR)"
    return (
        f"nullif(trim(CAST(\"{name}\" AS VARCHAR)), '')"
        if name in given
        else "CAST(NULL AS VARCHAR)"
    )


def _is_given(name: str, given: Mapping[str, str]) -> str:
    return f"{_text(name, given)} IS NOT NULL"
