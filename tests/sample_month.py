"""Reads the sample month from its files, with nothing but the standard library."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parent.parent
SAMPLES: Final = ROOT / "sample_logs"
MILLION: Final = 1_000_000
# USD per million tokens: uncached input, cache read, cache write, output.
PRICES: Final = {
    "gpt-5.5": "5 0.5 0 30", "gpt-5.4": "2.5 0.25 0 15", "gpt-5.4-mini": "0.75 0.075 0 4.5",
    "gpt-5.4-nano": "0.2 0.02 0 1.25", "gpt-4o-2024-08-06": "2.5 1.25 0 10",
    "gpt-4.1-mini": "0.4 0.1 0 1.6", "text-embedding-3-small": "0.02 0 0 0",
    "claude-opus-4-8": "5 0.5 6.25 25", "claude-sonnet-4-6": "3 0.3 3.75 15",
    "claude-haiku-4-5-20251001": "1 0.1 1.25 5", "gemini-3.5-flash": "1.5 0.15 0 9",
    "gemini-3.1-flash-lite": "0.25 0.025 0 1.5", "brightwater-ft-07": "0 0 0 0",
    "azure/prod-chat-02": "0 0 0 0", "gpt-5.4-mini batch": "0.375 0.0375 0 2.25",
}  # fmt: skip
Row = dict[str, Any]
Counts = tuple[int, int, int, int]
Daily = dict[tuple[str, str], Counts]


@cache
def files() -> dict[str, list[str]]:
    """Return the lines of the gateway's files."""
    return {
        path.name: gzip.decompress(path.read_bytes()).decode().splitlines()
        for path in sorted(SAMPLES.glob("gateway/*.jsonl.gz"))
    }


@cache
def calls() -> list[Row]:
    """Return every usable line once."""
    rows = (usable(line) for line in dict.fromkeys(line for f in files().values() for line in f))
    return [row for row in rows if row]


def usable(line: str) -> Row | None:
    """Return the row of a line, or nothing when its sizes or its time are damaged."""
    try:
        row: Row = json.loads(line)
    except ValueError:
        return None
    sizes = (row["prompt_tokens"], row["completion_tokens"])
    whole = all(isinstance(size, int) and size >= 0 for size in sizes)
    return row if whole and row["startTime"] else None


def use_case(row: Row) -> str:
    """Return what a call was for."""
    return next((tag[8:] for tag in row["request_tags"] if tag.startswith("feature:")), "untagged")


def counts(row: Row) -> Counts:
    """Return uncached input, cache read, cache write and output of a call."""
    usage = row["metadata"]["usage_object"] or {"prompt_tokens_details": {"cached_tokens": 0}}
    read = usage["prompt_tokens_details"]["cached_tokens"]
    write = usage.get("cache_creation_input_tokens", 0)
    return row["prompt_tokens"] - read - write, read, write, row["completion_tokens"]


def cost(model: str, tokens: Counts) -> Decimal:
    """Return the list price in USD."""
    rates = (Decimal(rate) for rate in PRICES[model].split())
    return sum((n * rate for n, rate in zip(tokens, rates, strict=True)), Decimal(0)) / MILLION


def summed(amounts: list[tuple[str, str, Counts]]) -> Daily:
    """Return counts added up by day and model."""
    sums: Daily = defaultdict(lambda: (0, 0, 0, 0))
    for day, model, (uncached, read, write, output) in amounts:
        old = sums[day, model]
        sums[day, model] = (old[0] + uncached, old[1] + read, old[2] + write, old[3] + output)
    return dict(sums)


def logged() -> Daily:
    """Return what the gateway logged of calls that reached a provider."""
    return summed(
        [
            (row["startTime"][:10], row["model"], counts(row))
            for row in calls()
            if row["cache_hit"] != "True" and row["prompt_tokens"]
        ]
    )


def openai_usage() -> list[tuple[str, Row]]:
    """Return the results of OpenAI's usage pages with their days."""
    names = ("usage_completions_2026-10.json", "usage_embeddings_2026-10.json")
    pages = [json.loads((SAMPLES / "openai" / name).read_text("utf-8")) for name in names]
    first = pages[0]["data"][0]["start_time"]
    return [
        (f"2026-10-{1 + (bucket['start_time'] - first) // 86_400:02}", result)
        for page in pages
        for bucket in page["data"]
        for result in bucket["results"]
    ]


def openai_counts(result: Row) -> Counts:
    """Return the disjoint counts of a result."""
    cached = result.get("input_cached_tokens", 0)
    return result["input_tokens"] - cached, cached, 0, result.get("output_tokens", 0)


def anthropic(name: str) -> list[tuple[str, list[Row]]]:
    """Return the buckets of a report of Anthropic's with their days."""
    page = json.loads((SAMPLES / "anthropic" / name).read_text("utf-8"))
    return [(bucket["starting_at"][:10], bucket["results"]) for bucket in page["data"]]
