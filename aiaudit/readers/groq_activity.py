"""Groq activity from its console: a day's requests, tokens and cost of each model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from aiaudit.readers.pages import amount, flat
from aiaudit.readers.reader import Reader
from aiaudit.resources import statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.readers.reader import Export, Flat

_COLUMNS: Final = (
    "organization_name", "organization_id", "project_id", "project_name", "model", "timestamp",
    "num_requests", "n_context_tokens_total", "n_non_cached_context_tokens_total",
    "n_generated_tokens_total",
)  # fmt: skip
_NAMES: Final = frozenset({"model", "num_requests", "n_non_cached_context_tokens_total"})


def _is_line(record: Any) -> bool:  # noqa: ANN401  # whatever JSON holds
    return isinstance(record, dict) and record.keys() >= _NAMES


def _claims(record: Export) -> bool:
    lines = record.get("data")
    return any(map(_is_line, lines)) if isinstance(lines, list) else _is_line(record)


def _rows(record: Export) -> Iterator[Flat]:
    lines = record.get("data")
    for line in lines if isinstance(lines, list) else [record]:
        stated = line if isinstance(line, dict) else {}
        yield flat(stated, *_COLUMNS) | {"cost": amount(stated.get("cost"))}


READER = Reader(
    id="groq-activity",
    family="groq-activity",
    title="Groq console activity",
    carries="tokens, cached tokens, requests and dollars per day and model",
    found_by="model, num_requests and n_non_cached_context_tokens_total",
    grain="bucket",
    holds="json",
    verified=False,
    signature=_NAMES,
    columns=dict.fromkeys(("cost", *_COLUMNS), "VARCHAR"),
    select=statement("groq_activity"),
    rows=_rows,
    claims=_claims,
)
