"""What is kept of a prompt: digests, template, length, script, rule votes; never the text."""

from __future__ import annotations

from typing import Final

from aiaudit.text.batch import features
from aiaudit.text.tasks import FAMILIES, FAMILY_OF, TASKS

__all__ = ["FAMILIES", "FAMILY_OF", "TASKS", "VERSION", "features"]

# A change of any text function raises it, so that intake reads the files again.
VERSION: Final = 1
