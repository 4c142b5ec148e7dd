"""A bar on stderr that shows how much of the exports is read; only where somebody watches."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def is_watched() -> bool:
    """Return whether stderr is a terminal with a person in front of it."""
    dumb = os.environ.get("TERM") == "dumb"
    return sys.stderr.isatty() and not os.environ.get("CI") and not dumb


@contextmanager
def bar(*, shown: bool) -> Iterator[Callable[[int, int], None]]:
    """Give a function that takes bytes done and bytes in all; without `shown` it does nothing."""
    if not shown:
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("reading"), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading", total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
