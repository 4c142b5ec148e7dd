"""OpenAI usage of the years before 2025: a day's calls by model, key and project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from aiaudit.readers.pages import flat
from aiaudit.readers.reader import Reader
from aiaudit.resources import statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.readers.reader import Export, Flat

# The lists of a day's answer, and what their elements are about.
_LISTS: Final = {
    "data": "text",
    "embeddings_data": "text",
    "ft_data": "fine-tuning",
    "dalle_api_data": "image",
    "whisper_api_data": "transcription",
    "tts_api_data": "speech",
    "assistant_code_interpreter_data": "tool",
    "retrieval_storage_data": "tool",
}
_COLUMNS: Final = (
    "aggregation_timestamp", "timestamp", "organization_id", "project_id", "project_name",
    "user_id", "email", "api_key_id", "api_key_name", "snapshot_id", "model_id", "operation",
    "request_type", "image_size", "n_requests", "num_requests", "n_context_tokens_total",
    "n_cached_context_tokens_total", "n_generated_tokens_total", "num_images", "num_seconds",
    "num_characters",
)  # fmt: skip
_NAMES: Final = frozenset({"snapshot_id", "n_context_tokens_total"})


def _is_line(record: Any) -> bool:  # noqa: ANN401  # whatever JSON holds
    return isinstance(record, dict) and {name.lower() for name in record} >= _NAMES


def _claims(record: Export) -> bool:
    lines = record.get("data")
    if isinstance(lines, list):
        return any(map(_is_line, lines)) or bool(record.keys() & set(list(_LISTS)[1:]))
    return _is_line(record)


def _rows(record: Export) -> Iterator[Flat]:
    if not isinstance(record.get("data"), list):
        yield flat({name.lower(): value for name, value in record.items()}, *_COLUMNS)
        return
    for name, about in _LISTS.items():
        found = record.get(name)
        for line in found if isinstance(found, list) else ():
            yield flat(line if isinstance(line, dict) else {}, *_COLUMNS) | {"about": about}


READER = Reader(
    id="openai-usage-legacy",
    family="openai-usage-legacy",
    title="OpenAI usage before 2025 (v1/usage, dashboard activity)",
    carries="tokens, requests and images per model, key and five minutes or day; no money",
    found_by="snapshot_id and n_context_tokens_total",
    grain="bucket",
    holds="both",
    verified=False,
    signature=_NAMES,
    columns=dict.fromkeys(("about", *_COLUMNS), "VARCHAR"),
    select=statement("openai_usage_legacy"),
    rows=_rows,
    claims=_claims,
)
