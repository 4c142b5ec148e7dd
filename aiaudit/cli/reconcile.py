"""`aiaudit reconcile`: what was billed beside what the calls cost, step by step to the invoice."""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Final

import typer

from aiaudit.cli import analyze, console, gates
from aiaudit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.ledger import Audit
    from aiaudit.settings import Settings

Format = Annotated[str, typer.Option("-f", "--format", metavar="FORMAT", help="text or json.")]
_ASCII: Final = str.maketrans({"\u2212": "-", "…": "~"})
_TABLES: Final = (
    "reconciliation", "reconciliation_lines", "reconciliation_bridge", "invoices",
)  # fmt: skip


def reconcile(  # noqa: PLR0913  # one parameter for each flag
    paths: analyze.Paths,
    *,
    invoice: analyze.Invoices = None,
    output: analyze.Output = None,
    config: analyze.Config = None,
    pricing: analyze.Pricing = None,
    since: analyze.Since = None,
    until: analyze.Until = None,
    format_: Format = "text",
    strict: analyze.Strict = False,
    fail_on: analyze.FailOn = None,
    reader: analyze.Readers = None,
    keep_going: analyze.KeepGoing = False,
) -> None:
    """Compare calls, usage exports, charges and invoices, by account, model, day and counter."""
    from aiaudit.settings import Flags, load

    if format_ not in ("text", "json"):
        raise UsageError("--format is text or json")
    gates.parse(fail_on or ())
    flags = Flags(
        inputs=tuple(paths),
        output=output,
        overlays=tuple(pricing or ()),
        since=since,
        until=until,
        formats=("json",),
        strict=strict,
        fail_on=tuple(fail_on or ()),
        readers=tuple(reader or ()),
        invoices=tuple(invoice or ()),
        keep_going=keep_going,
    )
    _conduct(load(flags, config=config, environ=os.environ), format_, kept=output is not None)


def _conduct(settings: Settings, format_: str, *, kept: bool) -> None:
    from aiaudit import audit

    with _kept(settings, asked=kept) as chosen:
        found = audit.run(chosen, made_at=analyze.made_at()).audit
    if passed_over := gates.unrecognised(found):
        console.tell(f"aiaudit: {passed_over}")
    _show(found, format_)
    gates.check(found, settings)


@contextmanager
def _kept(settings: Settings, *, asked: bool) -> Iterator[Settings]:
    """Give settings whose output is kept where the user asked for one, and gone otherwise."""
    if asked:
        yield settings
        return
    with TemporaryDirectory(prefix="aiaudit-") as folder:
        yield replace(settings, output=Path(folder))


def _show(found: Audit, format_: str) -> None:
    from aiaudit import ledger
    from aiaudit.report import reconciled
    from aiaudit.report.model import view

    if format_ == "json":
        document = json.loads(ledger.to_json(found))
        tables = {name: document["tables"][name] for name in _TABLES}
        console.say(
            json.dumps(
                {
                    "schema": "aiaudit.reconciliation/1",
                    "run": document["run"],
                    "reconciliation": document["coverage"]["reconciliation"],
                    "counted_once": document["coverage"]["counted_once"],
                    "tables": tables,
                },
                indent=1,
                sort_keys=True,
                ensure_ascii=False,
            )
        )
        return
    plain = not (sys.stdout.encoding or "").lower().startswith("utf")
    for line in reconciled.lines(view(found).basis):
        console.say(console.inert(line.translate(_ASCII) if plain else line))
