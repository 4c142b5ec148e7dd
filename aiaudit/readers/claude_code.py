"""Claude Code sessions: a line for each message, and the usage on those that a model wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiaudit.readers.reader import Reader
from aiaudit.resources import statement
from aiaudit.usage import CONVENTIONS

if TYPE_CHECKING:
    from aiaudit.readers.reader import Export

_TEXT: Final = (
    "type", "timestamp", "sessionId", "requestId", "costUSD", "isSidechain", "isApiErrorMessage",
    "cwd",
)  # fmt: skip
_OURS: Final = frozenset({"sessionId", "parentUuid", "requestId", "isSidechain", "uuid", "cwd"})
# No set: what stands there may be anything, and a list has no place in one.
_NOTES: Final = (
    "user", "assistant", "system", "summary", "progress", "attachment", "file-history-snapshot",
    "queue-operation", "custom-title", "ai-title", "agent-name", "last-prompt", "permission-mode",
    "pr-link", "tag",
)  # fmt: skip
_MEASURES: Final = next(c for c in CONVENTIONS if c.id == "anthropic").over('"usage"')


def _claims(record: Export) -> bool:
    """Return whether a line is of a session: a message, or one of the notes between them."""
    if isinstance(record.get("message"), dict):
        said = record.get("type") in ("user", "assistant") and "timestamp" in record
        return said or bool(_OURS & record.keys())
    named = _OURS | {"leafUuid", "messageId"}
    return record.get("type") in _NOTES and bool(named & record.keys())


READER = Reader(
    id="claude-code",
    family="claude-code",
    title="Claude Code sessions (projects/*/*.jsonl)",
    carries="calls with tokens, cache, searches, session and project; no prices, no prompts",
    found_by="a message beside sessionId, requestId, uuid or cwd, or of a user or an assistant",
    grain="call",
    holds="json",
    verified=True,
    signature=frozenset({"message", "sessionid"}),
    columns=dict.fromkeys(_TEXT, "VARCHAR") | {"message": "JSON"},
    select=(
        f"SELECT *, {', '.join(f'{sql} AS {name}' for name, sql in _MEASURES.items())}"
        f" FROM ({statement('claude_code')}) AS line"
    ),
    claims=_claims,
)
