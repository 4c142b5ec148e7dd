"""Open an audit.json that may come from anywhere: whole, or refused with a sentence."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from aiaudit.errors import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from aiaudit.ledger import Audit

# What code stumbles over that may trust its document, when somebody has changed it.
_STUMBLES: Final = (
    ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError,
)  # fmt: skip


@contextmanager
def opened(path: Path) -> Iterator[Audit]:
    """Give the audit in a file to those who show it.

    Raises:
        UnreadableError: there is none, or a part of it is not what analyze would write.
    """
    from aiaudit import ledger

    try:
        yield ledger.read(path)
    except _STUMBLES as error:
        raise UnreadableError(
            f"{path.name} is damaged: a part is missing or malformed; run analyze again"
        ) from error
