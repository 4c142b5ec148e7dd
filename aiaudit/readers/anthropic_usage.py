"""Anthropic usage report from the Admin API: buckets of tokens per model, workspace and tier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiaudit.readers.enterprise import is_enterprise
from aiaudit.readers.pages import flat, results, text
from aiaudit.readers.reader import Reader
from aiaudit.resources import statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.readers.reader import Export, Flat

_DIMENSIONS: Final = (
    "model", "workspace_id", "api_key_id", "account_id", "service_account_id", "service_tier",
    "context_window", "inference_geo", "speed",
)  # fmt: skip
MEASURES: Final = ("uncached_input_tokens", "cache_read_input_tokens", "output_tokens")
NESTED: Final = ("cache_write_5m", "cache_write_1h", "cache_write", "web_searches")
MARKS: Final = (*MEASURES, "cache_creation", "server_tool_use")


def _claims(record: Export) -> bool:
    return any(
        "starting_at" in bucket
        and any(name in result for name in MARKS)
        and not is_enterprise(result)
        for bucket, result in results(record)
        if result
    )


def _idle(record: Export) -> bool:
    found = list(results(record))
    dated = all("starting_at" in bucket for bucket, _ in found)
    ours = bool(found) or (record.get("data") == [] and "object" not in record)
    return ours and dated and not any(result for _, result in found)


def _rows(record: Export) -> Iterator[Flat]:
    for bucket, result in results(record):
        times = flat(bucket, "starting_at", "ending_at")
        if result is None:
            yield times | {"idle": "true"}
            continue
        yield flat(result, *_DIMENSIONS, *MEASURES) | times | nested(result)


def nested(result: Export) -> Flat:
    """Return the measures that stand one level deeper: cache writes and searches."""
    written, tools = result.get("cache_creation"), result.get("server_tool_use")
    split = written if isinstance(written, dict) else {}
    used = tools if isinstance(tools, dict) else {}
    return {
        "cache_write_5m": text(split.get("ephemeral_5m_input_tokens")),
        "cache_write_1h": text(split.get("ephemeral_1h_input_tokens")),
        "cache_write": None if split else text(written),
        "web_searches": text(used.get("web_search_requests")),
    }


READER = Reader(
    id="anthropic-usage",
    family="anthropic-usage",
    title="Anthropic usage report for messages, Admin API",
    carries="tokens by cache class and searches per bucket; no requests, no money",
    found_by="data[].starting_at with results[].uncached_input_tokens",
    grain="bucket",
    holds="json",
    verified=False,
    signature=frozenset({"starting_at", "uncached_input_tokens"}),
    columns=dict.fromkeys(
        ("starting_at", "ending_at", "idle", *_DIMENSIONS, *MEASURES, *NESTED), "VARCHAR"
    ),
    select=statement("anthropic_usage"),
    rows=_rows,
    claims=_claims,
    idle=_idle,
)
