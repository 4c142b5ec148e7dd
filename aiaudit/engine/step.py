"""What the engine remembers of a table: the statement that made it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One statement that made a table: its text, what it read, and with which parameters."""

    table: str
    sql: str
    inputs: tuple[str, ...]
    parameters: Mapping[str, Any]

    @property
    def sha256(self) -> str:
        """Return the digest of the statement's text."""
        return hashlib.sha256(self.sql.encode()).hexdigest()
