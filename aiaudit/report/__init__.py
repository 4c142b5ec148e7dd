"""Reports: every output of an audit, made from its document alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiaudit import ledger
from aiaudit.errors import UsageError
from aiaudit.report import html, markdown
from aiaudit.report.model import view

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from aiaudit.ledger import Audit

__all__ = ["FORMATS", "write"]

FORMATS: Final = {"html": "report.html", "md": "report.md", "json": "audit.json"}


def write(audit: Audit, directory: Path, formats: Sequence[str]) -> tuple[Path, ...]:
    """Write an audit in these formats into a folder, and return the files.

    A file appears whole or not at all. The same audit gives the same bytes.

    Raises:
        UsageError: a format is not one of FORMATS, or the folder cannot be written.
    """
    for name in formats:
        if name not in FORMATS:
            known = ", ".join(FORMATS)
            raise UsageError(f"there is no format {name!r}; the formats are {known}")
    try:
        directory.mkdir(parents=True, exist_ok=True)
        return tuple(
            _put(directory / FORMATS[name], _render(audit, name)) for name in dict.fromkeys(formats)
        )
    except OSError as error:
        reason = error.strerror or "the disk refused"
        raise UsageError(f"{directory.name or 'the folder'} cannot be written: {reason}") from error


def _render(audit: Audit, name: str) -> str:
    if name == "json":
        return ledger.to_json(audit)
    return html.render(view(audit)) if name == "html" else markdown.render(view(audit))


def _put(path: Path, text: str) -> Path:
    aside = path.with_name(f".{path.name}.part")
    try:
        aside.write_bytes(text.encode("utf-8", "replace"))
        return aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
