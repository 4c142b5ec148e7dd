"""Anthropic usage of an Enterprise plan, Analytics API: tokens and requests per bucket or user."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiaudit.readers.anthropic_usage import MARKS, MEASURES, NESTED, nested
from aiaudit.readers.enterprise import DIMENSIONS, entries, is_enterprise
from aiaudit.readers.pages import flat, results
from aiaudit.readers.reader import Reader
from aiaudit.resources import statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.readers.reader import Export, Flat

_PAGE: Final = ("starting_at", "ending_at", "organization_id", "data_refreshed_at", "who", "idle")


def _claims(record: Export) -> bool:
    return any(
        "starting_at" in bucket and is_enterprise(result) and _measured(result)
        for bucket, result in results(record)
        if result
    )


def _measured(result: Export) -> bool:
    return isinstance(result.get("usage"), dict) or any(name in result for name in MARKS)


def _rows(record: Export) -> Iterator[Flat]:
    for known, entry in entries(record):
        if entry is None:
            yield known | {"idle": "true"}
        else:
            yield known | flat(entry, "requests", *MEASURES) | nested(entry)


READER = Reader(
    id="anthropic-enterprise-usage",
    family="anthropic-enterprise-usage",
    title="Anthropic usage report, Analytics API (Enterprise)",
    carries="tokens by cache class, searches and requests per bucket, product and user; no money",
    found_by="data[].starting_at with uncached_input_tokens and product or requests",
    grain="bucket",
    holds="json",
    verified=False,
    signature=frozenset({"starting_at", "uncached_input_tokens", "requests"}),
    columns=dict.fromkeys((*_PAGE, "requests", *DIMENSIONS, *MEASURES, *NESTED), "VARCHAR"),
    select=statement("anthropic_enterprise_usage"),
    rows=_rows,
    claims=_claims,
)
