"""Names that stand for names: the same name gives the same word, and nobody can guess it back."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import Final

_DIGITS: Final = 12
# The columns that name a person, a key or a part of the organisation, and the word that is left.
REDACTED: Final = {
    "user_id": "user",
    "team": "team",
    "project": "project",
    "api_key": "key",
    "billing_account": "account",
    "session_id": "session",
}


@dataclass(frozen=True, slots=True)
class Redaction:
    """Turns names into words such as `team-3f0a91bc22d4`, by a keyed hash."""

    key: str

    def __repr__(self) -> str:
        """Return no more than that there is a key."""
        return "Redaction(...)"

    def word(self, column: str, name: str) -> str:
        """Return what stands for a name of this column; a column that is not known, a digest."""
        digest = hmac.new(self.key.encode(), name.encode("utf-8", "replace"), hashlib.sha256)
        kind = REDACTED.get(column)
        return f"{kind}-{digest.hexdigest()[:_DIGITS]}" if kind else digest.hexdigest()[:32]

    @property
    def mark(self) -> str:
        """Return what tells one key from another, and tells nothing else."""
        return self.word("", "aiaudit")[:16]
