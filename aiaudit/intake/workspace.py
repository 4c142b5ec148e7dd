"""A folder beside the output for copies that the engine can open; nothing stays in it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from pathlib import Path


class Workspace:
    """Hands out names for copies, and removes them all at the end."""

    def __init__(self, folder: Path) -> None:
        """Use `folder`, which is made when the first copy needs it."""
        self._folder = folder
        self._made = 0

    def __enter__(self) -> Self:
        """Return the workspace itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Remove the folder and what is left in it."""
        self.clear()

    def new(self) -> Path:
        """Return a path that no earlier copy had, because the engine may remember a path."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._made += 1
        return self._folder / f"{self._made:06}"

    def clear(self) -> None:
        """Remove every copy."""
        shutil.rmtree(self._folder, ignore_errors=True)
