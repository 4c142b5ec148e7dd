"""OpenAI organisation usage from the API: buckets of tokens per model, project, key and tier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiaudit.readers.pages import flat, results, text
from aiaudit.readers.reader import Reader
from aiaudit.resources import statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.readers.reader import Export, Flat

_KIND: Final = "organization.usage."
COLUMNS: Final = (
    "start_time", "end_time", "organization_id", "project_id", "user_id", "api_key_id", "model",
    "batch", "service_tier", "source", "size", "vector_store_id", "context_level",
    "num_model_requests", "num_requests", "num_sessions", "input_tokens", "input_cached_tokens",
    "input_cache_write_tokens", "output_tokens", "input_audio_tokens", "input_cached_audio_tokens",
    "output_audio_tokens", "input_image_tokens", "output_image_tokens", "images", "characters",
    "seconds", "usage_bytes",
)  # fmt: skip


def _claims(record: Export) -> bool:
    kinds = (text(result.get("object")) or "" for _, result in results(record) if result)
    return any(kind.startswith(_KIND) for kind in kinds)


def _idle(record: Export) -> bool:
    if text(record.get("object")) not in {"page", "bucket"}:
        return False
    return not any(result for _, result in results(record))


def _rows(record: Export) -> Iterator[Flat]:
    for bucket, result in results(record):
        times = flat(bucket, "start_time", "end_time")
        kind = text((result or {}).get("object")) or ""
        if result is None:
            yield times | {"idle": "true"}
        else:
            endpoint = kind.removeprefix(_KIND).removesuffix(".result")
            yield flat(result, *COLUMNS[2:]) | times | {"endpoint": endpoint}


READER = Reader(
    id="openai-usage",
    family="openai-usage",
    title="OpenAI usage API",
    carries="tokens, requests, images and searches per bucket; no money",
    found_by="results[].object begins organization.usage.",
    grain="bucket",
    holds="json",
    verified=False,
    version=2,
    signature=frozenset({"object", "organization.usage."}),
    columns=dict.fromkeys(("endpoint", "idle", *COLUMNS), "VARCHAR"),
    select=statement("openai_usage"),
    rows=_rows,
    claims=_claims,
    idle=_idle,
)
