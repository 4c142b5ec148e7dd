"""How involved a request is, on a scale from 0 to 100, from its structure alone.

complexity = length + constraints + steps + examples + code + questions + tools + schema, where

    length       0..30   3 for each doubling of system prompt and prompt beyond 100 characters
    constraints  0..20   2 for each word such as must, only, never, exactly, at least, without
    steps        0..15   1 for each line of a list, 3 for each "first", "then", "step by step"
    examples     0..10   5 for each worked example (Example, Input, Output at a line's beginning)
    code         0..8    8 for a code fence or a stack trace
    questions    0..5    1 for each question after the first
    tools        0..8    2 for each doubling of the tools that are offered
    schema       0..4    4 when a structured answer is demanded

It describes the request, not a model, and never a price.
"""

from __future__ import annotations

from typing import Final

import polars as pl

_COUNTED: Final = {
    "constraints": (
        r"(?-u:\b)(?:must|only|never|always|exactly|at least|at most|no more than|do not|don't"
        r"|ensure|without|required|avoid)(?-u:\b)"
    ),
    "list_lines": r"\n[ \t]*(?:[0-9]{1,2}[.)]|[-*])[ \t]",
    "steps": r"(?-u:\b)(?:first,|then|finally|step by step|steps)(?-u:\b)",
    "examples": r"(?:^|\n)[ \t#*]*(?:example|input|output|q|a)[ 0-9]{0,3}:",
    "questions": r"\?",
    "code_blocks": r"```|traceback \(most recent|\n[ \t]+at [a-z0-9_.$]+\(",
}


PARTS: Final = tuple(_COUNTED)


def counted(plain: pl.Expr) -> list[pl.Expr]:
    """Return how often each of PARTS occurs in a plain excerpt."""
    return [
        plain.str.count_matches(pattern).cast(pl.Int64).alias(name)
        for name, pattern in _COUNTED.items()
    ]


def complexity() -> pl.Expr:
    """Return the complexity, 0 to 100, from columns `chars`, PARTS, `tools` and `has_schema`."""
    count = {name: pl.col(name) for name in PARTS}
    parts = (
        _doublings(pl.col("chars"), 100, points=3, most=30),
        (count["constraints"] * 2).clip(0, 20),
        (count["list_lines"] + count["steps"] * 3).clip(0, 15),
        (count["examples"] * 5).clip(0, 10),
        (count["code_blocks"] * 8).clip(0, 8),
        (count["questions"] - 1).clip(0, 5),
        _doublings(pl.col("tools").fill_null(0) + 1, 1, points=2, most=8),
        pl.col("has_schema").fill_null(value=False).cast(pl.Int64) * 4,
    )
    return pl.sum_horizontal(parts).alias("complexity")


def _doublings(value: pl.Expr, start: int, *, points: int, most: int) -> pl.Expr:
    # Whole doublings by comparison: a logarithm may differ in its last digit between machines.
    steps = [(value >= start * 2**n).cast(pl.Int64) for n in range(1, most // points + 1)]
    return pl.sum_horizontal(steps) * points
