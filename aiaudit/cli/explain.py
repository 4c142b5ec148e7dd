"""`aiaudit explain`: how a figure came about, from audit.json alone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aiaudit.cli import console
from aiaudit.cli.document import opened

Key = Annotated[str, typer.Argument(metavar="FACT", help="The key of a fact, as savings.headline.")]
Document = Annotated[
    Path | None, typer.Argument(metavar="AUDIT.json", help="The audit; --audit says the same.")
]
Audit = Annotated[Path, typer.Option("--audit", metavar="PATH", help="The audit to read.")]


def explain(
    *, fact: Key, document: Document = None, audit: Audit = Path("aiaudit-report/audit.json")
) -> None:
    """Print the value of FACT, the statement that made it, and the steps behind it."""
    from aiaudit.report.trail import trail

    with opened(document or audit) as found:
        lines = list(trail(found, fact))
    for line in lines:
        console.say(console.inert(line))
