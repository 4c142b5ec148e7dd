"""Gemini CLI sessions: a document of messages, or the same as a log that is added to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from aiaudit.readers.pages import flat, text
from aiaudit.readers.reader import Reader
from aiaudit.usage.counters import plus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from aiaudit.readers.reader import Export, Flat

_TOKENS: Final = {
    "sent": ("input", "prompt"),
    "answered": ("output", "candidates"),
    "cached": ("cached",),
    "thoughts": ("thoughts",),
    "tool": ("tool",),
    "total": ("total",),
}
_COLUMNS: Final = ("id", "at", "session", "model", "calls", "asked", "ignored", *_TOKENS)
_KINDS: Final = ("user", "gemini", "info", "error", "warning")


def _claims(record: Export) -> bool:
    names = record.keys()
    if {"sessionId", "projectHash"} <= names or names & {"$set", "$rewindTo"}:
        return True
    if isinstance(record.get("stats"), dict):
        return isinstance(record["stats"].get("models"), dict)
    return record.get("type") in _KINDS and {"id", "timestamp", "content"} <= names


def _said(content: Any) -> str | None:  # noqa: ANN401  # whatever JSON holds
    """Return the text of a message, which is a text or a list of parts."""
    if isinstance(content, list):
        parts = (part.get("text") if isinstance(part, dict) else part for part in content)
        return "\n".join(part for part in parts if isinstance(part, str)) or None
    return text(content)


class _Session:
    """The records of one file, and what earlier ones said about the later ones."""

    def __init__(self) -> None:
        self._known: Flat = {}

    def rows(self, record: Export) -> Iterator[Flat]:
        """Yield a row for each message, for each model of a summary, or one for a note."""
        change = record.get("$set")
        inner = change if isinstance(change, dict) else record
        if inner.get("sessionId"):
            self._known["session"] = text(inner["sessionId"])
        messages, stats = inner.get("messages"), record.get("stats")
        if isinstance(messages, list) and messages:
            for message in messages:
                yield self._row(message if isinstance(message, dict) else {})
        elif isinstance(stats, dict) and isinstance(stats.get("models"), dict):
            yield from self._summary(record, stats["models"])
        else:
            yield self._row(record)

    def _row(self, message: Export) -> Flat:
        if message.get("type") == "user":
            self._known["asked"] = _said(message.get("content"))
        tokens = message.get("tokens")
        if message.get("type") != "gemini" or not isinstance(tokens, dict):
            kind = "line of the user or a tool" if message.get("type") == "user" else None
            answer = "answer without usage" if message.get("type") == "gemini" else None
            return {"ignored": kind or answer or "note of the session"}
        at = text(message.get("timestamp"))
        return self._known | _counts(tokens) | flat(message, "id", "model") | {"at": at}

    def _summary(self, record: Export, models: Export) -> Iterator[Flat]:
        """Yield a row for each model that the summary of a session counts."""
        for model, found in models.items():
            stated = found if isinstance(found, dict) else {}
            tokens, calls = stated.get("tokens"), stated.get("api")
            known = {"model": model, "at": text(record.get("timestamp"))}
            requests = text(calls.get("totalRequests")) if isinstance(calls, dict) else None
            counts = _counts(tokens) if isinstance(tokens, dict) else {}
            yield self._known | counts | known | {"calls": requests}


def _counts(tokens: Export) -> Flat:
    return {
        name: next((text(tokens[key]) for key in keys if key in tokens), None)
        for name, keys in _TOKENS.items()
    }


def _session(_records: Iterable[Export]) -> Callable[[Export], Iterator[Flat]]:
    return _Session().rows


# What tools answered is input beside the prompt; thoughts are output beside the answer. Whether
# the prompt holds the cached tokens is told by the total, so it is handed on.
_SELECT: Final = f"""
SELECT
    CASE WHEN id <> '' THEN concat_ws('/', session, id) END AS natural_id,
    "at" AS started_at,
    'google' AS provider,
    model AS model_raw,
    'chat' AS operation,
    coalesce(calls, '1') AS requests,
    {plus("sent", "tool")} AS "input",
    cached AS cache_read,
    answered AS output,
    thoughts AS reasoning,
    'true' AS reasoning_outside,
    total AS "total",
    'success' AS status,
    session AS session_id,
    ignored,
    asked AS prompt_text
FROM export"""

READER = Reader(
    id="gemini-cli",
    family="gemini-cli",
    title="Gemini CLI sessions (chats/session-*.json or .jsonl) and their summaries",
    carries="calls with tokens, cache, thoughts and session; prompts, no prices",
    found_by="sessionId and projectHash, $set, or messages of type gemini",
    grain="call",
    holds="json",
    verified=False,
    signature=frozenset({"sessionid", "projecthash"}),
    columns=dict.fromkeys(_COLUMNS, "VARCHAR"),
    select=_SELECT,
    session=_session,
    claims=_claims,
)
