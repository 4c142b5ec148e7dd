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
    "at", "event", "model", *_PARTS, "session", "provider", "folder", "effort", "asked",
    "ignored",
)  # fmt: skip
_TOP: Final = 10  # lines in which a session says where it comes from
_SECOND: Final = len("2026-05-13T09:00:00")
_DIGITS: Final = 15


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


def _counts(usage: Any) -> dict[str, int] | None:  # noqa: ANN401  # whatever JSON holds
    """Return the numbers of a usage; None when there is none, or one of them is no number."""
    if not isinstance(usage, dict):
        return None
    found = {name: text(usage.get(name)) or "0" for name in _PARTS}
    sound = all(n.isdecimal() and n.isascii() and len(n) <= _DIGITS for n in found.values())
    return {name: int(number) for name, number in found.items()} if sound else None


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
        self._seen: set[str] = set()
        self._last: Any = None
        self._base = dict.fromkeys(_PARTS, 0)

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
        event = f"{at} {total}" if isinstance(total, dict) else f"{at} {last}"
        reason = self._reason(at, used, told=self._is_told(event, last, total))
        counts = {name: text(used.get(name)) for name in _PARTS}
        yield self._known | counts | {"at": at, "event": event, "ignored": reason}

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
        """Return what was used since the last total; a total that is no number, as it is."""
        counts = _counts(total)
        if counts is None:
            return total
        return {name: str(max(0, counts[name] - self._base[name])) for name in _PARTS}

    def _is_told(self, event: str, last: Any, total: Any) -> bool:  # noqa: ANN401  # as above
        """Return whether this was told before, and remember it with the total that it leads to.

        A total only grows, so the same one is the same event, whenever and wherever it is told.
        """
        sum_, used = _counts(total) or {}, _counts(last) or {}
        known = any(sum_.values())
        again = f"{total} {last}" if known else f"{event} {last}"
        told = again in self._seen or (known and sum_ == self._base and last == self._last)
        if again not in self._seen:
            self._seen.add(again)
            self._last = last
            added = {name: number + used.get(name, 0) for name, number in self._base.items()}
            after = sum_ if known else added
            self._base = {name: max(number, self._base[name]) for name, number in after.items()}
        return told

    def _reason(self, at: str | None, used: Export, *, told: bool) -> str | None:
        """Return why an event is no call of its own."""
        if self._replay and at and at[:_SECOND] == self._replay:
            return "history of the parent session"
        self._replay = None
        if not any(text(used.get(name)) not in (None, "", "0") for name in _PARTS):
            return "event without tokens"
        return "event told again" if told else None


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
