"""`aiaudit analyze`: exports in, an Intelligence P&L out."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aiaudit.cli import console, gates
from aiaudit.cli.progress import bar, is_watched
from aiaudit.errors import UsageError

if TYPE_CHECKING:
    from aiaudit.settings import Settings

Paths = Annotated[
    list[Path],
    typer.Argument(metavar="PATH", help="Exports: files, folders, compressed files."),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "-o", "--output", metavar="DIR", help="Where the results go (aiaudit-report).",
    ),
]  # fmt: skip
Config = Annotated[
    Path | None,
    typer.Option(
        "-c", "--config", metavar="FILE", help="Settings (aiaudit.yaml here, if there is one)."
    ),
]
Pricing = Annotated[
    list[Path] | None,
    typer.Option("--pricing", metavar="DIR", help="Your own prices; may be given again."),
]
Since = Annotated[
    str | None,
    typer.Option("--since", metavar="DATE", help="Leave out calls before this instant."),
]
Until = Annotated[
    str | None,
    typer.Option("--until", metavar="DATE", help="Leave out calls at and after this instant."),
]
Timezone = Annotated[
    str | None,
    typer.Option("--timezone", metavar="ZONE", help="Where a day begins, as Europe/London (UTC)."),
]
Formats = Annotated[
    list[str] | None,
    typer.Option("-f", "--format", metavar="FORMAT", help="html, md or json; may be given again."),
]
Strict = Annotated[
    bool, typer.Option("--strict", help="Exit 4 when the result is not usable as it is.")
]
FailOn = Annotated[
    list[str] | None,
    typer.Option(
        "--fail-on",
        metavar="RULE",
        help="Exit 1 on unpriced, rejected, unrecognised, unreconciled or a bound on a fact, "
        "as 'cost.list>10000'; may be given again.",
    ),
]
Readers = Annotated[
    list[str] | None,
    typer.Option(
        "--reader",
        metavar="ID=GLOB",
        help="Read these files as this format, see `aiaudit formats`; may be given again.",
    ),
]
Invoices = Annotated[
    list[str] | None,
    typer.Option(
        "--invoice",
        metavar="PROVIDER=USD",
        help="What a provider invoiced for the period; may be given again.",
    ),
]
KeepGoing = Annotated[
    bool, typer.Option("--keep-going", help="List files that are broken, and audit the others.")
]
KeepText = Annotated[
    bool, typer.Option("--keep-text", help="Keep the excerpts of prompts in audit.duckdb.")
]
Redact = Annotated[
    bool,
    typer.Option(
        "--redact",
        help="Write words for users, teams, projects, accounts, keys and sessions, "
        "made with the secret in AIAUDIT_REDACT_KEY.",
    ),
]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Print nothing but errors.")]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help="Print how long each stage took.")]
NoProgress = Annotated[bool, typer.Option("--no-progress", help="Show no progress bar.")]


def analyze(  # noqa: PLR0913  # one parameter for each flag
    paths: Paths,
    *,
    output: Output = None,
    config: Config = None,
    pricing: Pricing = None,
    since: Since = None,
    until: Until = None,
    timezone: Timezone = None,
    format_: Formats = None,
    strict: Strict = False,
    fail_on: FailOn = None,
    reader: Readers = None,
    invoice: Invoices = None,
    keep_going: KeepGoing = False,
    keep_text: KeepText = False,
    redact: Redact = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    no_progress: NoProgress = False,
) -> None:
    """Audit exports and write the report."""
    from aiaudit.settings import Flags, load

    flags = Flags(
        inputs=tuple(paths), output=output, overlays=tuple(pricing or ()), since=since, until=until,
        timezone=timezone, formats=tuple(format_ or ()), strict=strict,
        fail_on=tuple(fail_on or ()), readers=tuple(reader or ()), invoices=tuple(invoice or ()),
        keep_going=keep_going, keep_text=keep_text, redact=redact,
    )  # fmt: skip
    gates.parse(flags.fail_on)
    settings, progress = load(flags, config=config, environ=os.environ), not (no_progress or quiet)
    conduct(settings, quiet=quiet, verbose=verbose, progress=progress)


def conduct(settings: Settings, *, quiet: bool, verbose: bool, progress: bool) -> None:
    """Run an audit, print its summary and where it lies, then fail if it must.

    Raises:
        AuditError: an input cannot be audited.
        GateError: what was asked of the result does not hold; the result is written.
    """
    from aiaudit import audit
    from aiaudit.report import terminal

    with bar(shown=progress and is_watched()) as tick:
        outcome = audit.run(settings, progress=tick, made_at=made_at())
    if not quiet:
        for failure in outcome.audit.coverage.get("failures") or ():
            console.tell(f"aiaudit: left out: {failure}")
        if passed_over := gates.unrecognised(outcome.audit):
            console.tell(f"aiaudit: {passed_over}")
        terminal.summary(outcome.audit, console.terminal())
        console.say(console.inert(f"written: {written(settings)}"))
    if verbose:
        for stage, seconds in outcome.timings.items():
            console.tell(f"{stage:<16}{seconds:9.3f} s")
    gates.check(outcome.audit, settings)


def written(settings: Settings) -> str:
    """Return what a person opens next: the folder with the first name, then the other names."""
    names = {"html": "report.html", "md": "report.md", "json": "audit.json"}
    first, *others = (names[format_] for format_ in settings.formats)
    return ", ".join([str(settings.output / first), *others])


def made_at() -> str | None:
    """Return the time that the run may call its own: SOURCE_DATE_EPOCH, or none."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return None
    try:
        return datetime.fromtimestamp(int(epoch), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(f"SOURCE_DATE_EPOCH is {epoch!r}, not a number of seconds") from error
