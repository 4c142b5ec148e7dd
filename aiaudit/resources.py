"""Find what ships beside the code: price sheets, report templates, sample logs, SQL."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

Shipped = Literal["pricing", "templates", "sample_logs"]

_CHECKOUT: Final[dict[Shipped, str]] = {
    "pricing": "pricing",
    "templates": "reports/templates",
    "sample_logs": "sample_logs",
}


def shipped(name: Shipped) -> Traversable:
    """Return the folder that ships with the tool under this name, installed or in a checkout."""
    root = Path(__file__).parent.parent
    if (root / "pyproject.toml").is_file():
        return root / _CHECKOUT[name]
    return files("aiaudit") / "_data" / name


@cache
def statement(name: str) -> str:
    """Return the SQL statement that makes the table of this name."""
    return (files("aiaudit") / "sql" / f"{name}.sql").read_text("utf-8")
