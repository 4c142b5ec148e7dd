"""The shape of a lever: which past calls would have been different, and how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Certainty = Literal["calculated", "tested", "likely", "untested"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lever:
    """A change to past calls. It never says what the change saves.

    `prepare` names statements in `aiaudit/sql` whose tables the rewrite reads; they are made anew
    from the present `scenario`, in this order. `rewrite` is one SELECT of `call_id` and the columns
    that change; its column `unit`, when there is one, names calls that only move together, and
    `obliged` marks units that move even where that is dearer. `certainty` is the class of the
    whole lever, or None when each unit has its own.
    """

    id: str
    title: str
    why: str
    rewrite: str
    prepare: tuple[str, ...] = ()
    certainty: Certainty | None = None
