"""`aiaudit report`: render an audit again, on a machine that need not have the data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aiaudit.cli import console
from aiaudit.cli.document import opened

Document = Annotated[
    Path, typer.Argument(metavar="AUDIT.json", help="An audit.json that analyze wrote.")
]
Output = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="DIR", help="Where reports go (beside AUDIT.json)."),
]
Formats = Annotated[
    list[str] | None,
    typer.Option("-f", "--format", metavar="FORMAT", help="html, md or json; may be given again."),
]


def report(*, audit: Document, output: Output = None, format_: Formats = None) -> None:
    """Write the reports of AUDIT.json again (html and md)."""
    from aiaudit import report as reports

    directory = output or audit.parent
    with opened(audit) as found:
        made = reports.write(found, directory, format_ or ("html", "md"))
    first, *others = made
    names = ", ".join([str(first), *(path.name for path in others)])
    console.say(console.inert(f"written: {names}"))
