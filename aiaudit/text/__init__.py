"""What is kept of a prompt: digests, template, length, script, rule votes; never the text."""

from __future__ import annotations

from typing import Final

from aiaudit.text.batch import ASIDE, LOOK, features, judged, looked
from aiaudit.text.excerpt import excerpt_sql
from aiaudit.text.tasks import FAMILIES, FAMILY_OF, TASKS

__all__ = [
    "ASIDE",
    "FAMILIES",
    "FAMILY_OF",
    "LOOK",
    "TASKS",
    "VERSION",
    "excerpt_sql",
    "features",
    "judged",
    "looked",
]

# A change of any text function raises it, so that intake reads the files again.
VERSION: Final = 2
