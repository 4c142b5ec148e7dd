"""What the machine has: only to turn a share of its memory into a size."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

_CONTAINER: Final = Path("/sys/fs/cgroup/memory.max")


def physical_bytes() -> int | None:
    """Return the memory that a program may use here; None when the system does not say."""
    try:
        machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return None
    return min(machine, _container_bytes() or machine) if machine > 0 else None


def _container_bytes() -> int | None:
    """Return the limit of the container around us, when there is one."""
    try:
        limit = _CONTAINER.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return int(limit) if limit.isdigit() and int(limit) else None
