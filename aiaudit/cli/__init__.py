"""The commands; the only place where a failure becomes an exit code."""

from __future__ import annotations

import gc
import os
import signal
import sys
from errno import ENOSPC
from io import TextIOWrapper
from typing import TYPE_CHECKING, Annotated, Final

import typer

from aiaudit import __version__
from aiaudit.cli import (
    analyze,
    classify,
    console,
    demo,
    explain,
    formats,
    init,
    price,
    pricing,
    reconcile,
    report,
)
from aiaudit.errors import AiauditError, CatalogueError, SettingsError, UsageError

if TYPE_CHECKING:
    from types import FrameType

BUG: Final = 70
INTERRUPTED: Final = 130
# Threads that wait for work do it at full speed; memory that Arrow keeps for later, others lack.
_LIBRARIES: Final = {
    "OPENBLAS_NUM_THREADS": "1",
    "POLARS_MAX_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
}
_OBJECTS: Final = 100_000  # that are made before rubbish is sought

app = typer.Typer(
    name="aiaudit",
    help="Audit what an organisation spends on AI models. Nothing leaves this machine.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.command("analyze")(analyze.analyze)
app.command("reconcile")(reconcile.reconcile)
app.command("demo")(demo.demo)
app.command("init")(init.init)
app.command("formats")(formats.formats)
app.command("report")(report.report)
app.command("explain")(explain.explain)
app.command("price")(price.price)
app.command("classify")(classify.classify)
app.add_typer(pricing.app, name="pricing")


def _print_version(asked: bool) -> None:  # noqa: FBT001  # Typer calls it so
    if asked:
        console.say(f"aiaudit {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    *,
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    pass


def _settle() -> None:
    """Keep small what libraries do beside the work: waiting threads, held memory, rubbish."""
    for name, value in _LIBRARIES.items():
        os.environ.setdefault(name, value)
    gc.set_threshold(_OBJECTS)


def main() -> None:
    """Run the program and leave with its exit code."""
    _settle()
    console.adopt()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupt)
    code = _code()
    console.settle()
    sys.exit(code)


def _code() -> int:
    try:
        app(prog_name="aiaudit")
    except SystemExit as end:
        return _end(end)
    except KeyboardInterrupt:
        return _interrupted()
    except BrokenPipeError:
        console.silence(sys.stdout)
        return 0
    except Exception as error:  # noqa: BLE001  # a bug should look like one, and end in 70
        return _error(error)
    return 0


# A library that is interrupted in the middle of a query may turn that into an error of its own.
_interrupts: Final[list[int]] = []


def _interrupt(number: int, frame: FrameType | None) -> None:
    _interrupts.append(number)
    signal.default_int_handler(number, frame)


def _end(end: SystemExit) -> int:
    """Return the code with which Typer ended; a reader of our output who left is no failure."""
    if isinstance(end.__context__, BrokenPipeError):
        console.silence(sys.stdout)
        return 0
    code = end.code if isinstance(end.code, int) else 0
    return _interrupted() if code == INTERRUPTED else code


def _interrupted() -> int:
    console.tell("aiaudit: interrupted")
    return INTERRUPTED


def _error(error: Exception) -> int:
    if isinstance(error, AiauditError) and error.exit_code != BUG:
        return _failure(error)
    if lack := _lack(error):
        return _failure(UsageError(lack))
    return _interrupted() if _interrupts else _bug(error)


def _lack(error: Exception) -> str | None:
    """Return what the machine, or a limit that the user set, had too little of."""
    if isinstance(error, OSError) and error.errno == ENOSPC:
        return "the disk is full"
    if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryException":
        return "this needs more memory than it may use: raise memory_limit, or lower threads"
    return None


def _failure(error: AiauditError) -> int:
    """Tell what is wrong; a mistake in a file begins its line with its place, as editors expect."""
    placed = isinstance(error, SettingsError | CatalogueError)
    for line in str(error).split("\n"):
        console.tell(line if placed else f"aiaudit: {line}")
    return error.exit_code


def _bug(error: Exception) -> int:
    import traceback

    for line in "".join(traceback.format_exception(error)).rstrip().split("\n"):
        console.tell(line)
    console.tell("aiaudit: this is a bug; please report it with the lines above")
    return BUG
