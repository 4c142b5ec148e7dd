"""Amazon Bedrock invocation logs in the answer of a CloudWatch query: many log lines in a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiaudit.readers.bedrock_invocations import COLUMNS, is_wrapped
from aiaudit.readers.pages import text
from aiaudit.readers.reader import Reader
from aiaudit.resources import statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.readers.reader import Export, Flat


def _messages(record: Export) -> Iterator[object]:
    """Yield the message of each event, as filtered, subscribed to or found by a query."""
    for name in ("events", "logEvents"):
        found = record.get(name)
        for event in found if isinstance(found, list) else ():
            yield event.get("message") if isinstance(event, dict) else None
    results = record.get("results")
    for result in results if isinstance(results, list) else ():
        fields = [f for f in result if isinstance(f, dict)] if isinstance(result, list) else []
        yield next((f.get("value") for f in fields if f.get("field") == "@message"), None)


def _claims(record: Export) -> bool:
    return any(is_wrapped(message) for message in _messages(record))


def _rows(record: Export) -> Iterator[Flat]:
    for message in _messages(record):
        # A line of another log stands here without content, and is ignored with its reason.
        yield {"message": text(message) if is_wrapped(message) else None}


READER = Reader(
    id="bedrock-events",
    family="bedrock-invocations",
    title="Amazon Bedrock invocation log, as CloudWatch answers a query (JSON)",
    carries="calls with tokens, cache, region, caller, request metadata and prompts; no money",
    found_by="events[], logEvents[] or results[] whose message is a ModelInvocationLog",
    grain="call",
    holds="json",
    verified=False,
    signature=frozenset({"events", "message"}),
    columns=COLUMNS,
    select=statement("bedrock_invocations"),
    rows=_rows,
    claims=_claims,
)
