"""Codex CLI sessions: what each call used stands in events between the lines of the talk."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from aiaudit.readers.pages import text
from aiaudit.readers.reader import Reader
from aiaudit.resources import statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from aiaudit.readers.reader import Export, Flat

_LINES: Final = ("session_meta", "turn_context", "event_msg", "response_item", "compacted")
_SPOKEN: Final = ("thread.", "turn.", "item.")  # what `codex exec --json` prints
_PARTS: Final = (
    "input_tokens", "cached_input_tokens", "output_tokens", "reasoning_output_tokens",
)  # fmt: skip
_TIMES: Final = ("timestamp", "created_at", "createdAt")
_COLUMNS: Final = (
    "at", "model", *_PARTS, "total_tokens", "session", "provider", "folder", "effort", "asked",
    "ignored",
)  # fmt: skip
_TOP: Final = 10  # lines in which a session says where it comes from
_SECOND: Final = len("2026-05-13T09:00:00")


def _claims(record: Export) -> bool:
    kind = record.get("type")
    if isinstance(record.get("payload"), dict):
        return kind in _LINES
    return isinstance(kind, str) and kind.startswith(_SPOKEN) and "traceId" not in record


def _inside(record: Any, *names: str) -> Any:  # noqa: ANN401  # whatever JSON holds
    """Return what stands at a path; None where there is no such thing."""
    for name in names:
        record = record.get(name) if isinstance(record, dict) else None
    return record


def _usage(record: Export) -> tuple[Any, Any]:
    """Return what the last call used and what the session has used, as an event tells them."""
    info = _inside(record, "payload", "info")
    if _inside(record, "payload", "type") == "token_count":
        return _inside(info, "last_token_usage"), _inside(info, "total_token_usage")
    places = ((), ("data",), ("result",), ("response",))
    found = (_inside(record, *place, "usage") for place in places)
    return next((usage for usage in found if isinstance(usage, dict)), None), None


def _number(usage: Any, name: str) -> int:  # noqa: ANN401  # whatever JSON holds
    found = text(_inside(usage, name)) or ""
    return int(found) if found.isdecimal() and found.isascii() and len(found) <= _SECOND else 0


def _replayed(records: Iterable[Export]) -> str | None:
    """Return the second in which a session that came of another repeats its events, if it does."""
    found = iter(records)
    top = list(islice(found, _TOP))
    if not any(_descends(record) for record in top):
        return None
    seconds: list[str] = []
    for record in (*top, *found):
        if any(isinstance(usage, dict) for usage in _usage(record)):
            seconds.append(str(record.get("timestamp"))[:_SECOND])
            if len(seconds) > 1:
                break
    return seconds[0] if len(set(seconds)) == 1 < len(seconds) else None


def _descends(record: Export) -> bool:
    spawned = "thread_spawn" in str(_inside(record, "payload", "source"))
    return spawned or bool(_inside(record, "payload", "forked_from_id"))


class _Session:
    """The lines of one file, and what earlier lines said about the later ones."""

    def __init__(self, replay: str | None) -> None:
        self._replay = replay
        self._known: Flat = {}
        self._last: Any = None
        self._total: Any = None

    def rows(self, record: Export) -> Iterator[Flat]:
        """Yield the row of a line."""
        payload = record.get("payload")
        self._learn(record.get("type"), payload if isinstance(payload, dict) else record)
        last, total = _usage(record)
        if not isinstance(last, dict) and not isinstance(total, dict):
            yield {"ignored": "line of the talk"}
            return
        at = next((text(record[name]) for name in _TIMES if record.get(name)), None)
        used = last if isinstance(last, dict) else self._since(total)
        reason = self._reason(at, used, last, total)
        self._last, self._total = last, total if isinstance(total, dict) else self._total
        counts = {name: text(used.get(name)) for name in (*_PARTS, "total_tokens")}
        yield self._known | counts | {"at": at, "ignored": reason}

    def _learn(self, kind: Any, said: Export) -> None:  # noqa: ANN401  # whatever JSON holds
        """Keep what a line says of the session, the turn or the model."""
        models = (said.get("model"), said.get("model_name"), _inside(said, "metadata", "model"),
                  _inside(said, "info", "model"), _inside(said, "info", "model_name"))  # fmt: skip
        news: Flat = {"model": next((text(model) for model in models if model), None)}
        if kind == "session_meta":
            news |= {"session": text(said.get("id")), "provider": text(said.get("model_provider"))}
        if kind == "thread.started":
            news["session"] = text(said.get("thread_id"))
        if kind in ("session_meta", "turn_context"):
            news |= {"folder": text(said.get("cwd")), "effort": text(said.get("effort"))}
        if said.get("type") == "user_message":
            news["asked"] = text(said.get("message"))
        self._known |= {name: value for name, value in news.items() if value}

    def _since(self, total: Export) -> Export:
        """Return what was used since the last total; of a number that fell, nothing."""
        return {
            name: str(max(0, _number(total, name) - _number(self._total, name)))
            for name in (*_PARTS, "total_tokens")
        }

    def _reason(self, at: str | None, used: Export, last: Any, total: Any) -> str | None:  # noqa: ANN401
        """Return why an event is no call of its own."""
        if self._replay and at and at[:_SECOND] == self._replay:
            return "history of the parent session"
        self._replay = None
        if isinstance(total, dict) and total == self._total and last == self._last:
            return "event told again"
        if not any(text(used.get(name)) not in (None, "", "0") for name in _PARTS):
            return "event without tokens"
        return None


def _session(records: Iterable[Export]) -> Callable[[Export], Iterator[Flat]]:
    return _Session(_replayed(records)).rows


READER = Reader(
    id="codex-cli",
    family="codex-cli",
    title="Codex CLI sessions (sessions/*/rollout-*.jsonl)",
    carries="calls with tokens, cache, reasoning, effort, session and project; prompts, no prices",
    found_by="lines of timestamp, type and payload",
    grain="call",
    holds="json",
    verified=True,
    signature=frozenset({"timestamp", "type", "payload"}),
    columns=dict.fromkeys(_COLUMNS, "VARCHAR"),
    select=statement("codex_sessions"),
    session=_session,
    claims=_claims,
)
