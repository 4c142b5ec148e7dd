"""The export formats: how each is recognised, and what its columns mean.

One format per file, found by looking into this package. A reader names columns and nothing more:
it does not price, and it cannot lose a row, because its SELECT has no WHERE.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from aiaudit.readers.reader import Export, Flat, Reader

__all__ = ["Export", "Flat", "Reader", "registry"]


@cache
def registry() -> tuple[Reader, ...]:
    """Return every reader, in the order of their ids."""
    modules = (
        importlib.import_module(f"{__name__}.{found.name}")
        for found in pkgutil.iter_modules(__path__)
    )
    readers = [module.READER for module in modules if hasattr(module, "READER")]
    return tuple(sorted(readers, key=lambda reader: reader.id))
