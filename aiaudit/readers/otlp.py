"""OpenTelemetry traces in OTLP/JSON, as a collector writes them: documents of spans in lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiaudit.readers.attributes import attributes, mapping, objects
from aiaudit.readers.otel_spans import flat_span
from aiaudit.readers.reader import Reader
from aiaudit.readers.spans import COLUMNS, SELECT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.readers.attributes import Attributes
    from aiaudit.readers.reader import Export, Flat

_DOCUMENTS: Final = ("resourceSpans", "resource_spans")
_SCOPES: Final = ("scopeSpans", "scope_spans", "instrumentationLibrarySpans")


def _claims(record: Export) -> bool:
    return any(isinstance(record.get(name), list) for name in (*_DOCUMENTS, *_SCOPES))


def _rows(record: Export) -> Iterator[Flat]:
    resources = next((record[name] for name in _DOCUMENTS if name in record), [record])
    for resource in objects(resources):
        inherited = attributes(mapping(resource.get("resource")).get("attributes"))
        for span in _spans(resource):
            yield flat_span(span, inherited)


def _spans(resource: Attributes) -> Iterator[Attributes]:
    for scope in objects(next((resource[name] for name in _SCOPES if name in resource), None)):
        yield from objects(scope.get("spans"))


READER = Reader(
    id="otlp",
    family="otel",
    title="OpenTelemetry traces, OTLP/JSON (GenAI, OpenInference, OpenLLMetry, Vercel AI SDK)",
    carries="calls with tokens, cache, status, session, user and prompts; wrappers counted once",
    found_by="resourceSpans",
    grain="call",
    holds="json",
    verified=True,
    signature=frozenset({"resourcespans"}),
    columns=COLUMNS,
    select=SELECT,
    rows=_rows,
    claims=_claims,
)
