"""`aiaudit init`: a settings file with every key explained."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aiaudit.cli import console
from aiaudit.errors import UsageError

Output = Annotated[
    Path, typer.Option("-o", "--output", metavar="FILE", help="The file to write.")
]  # fmt: skip
Force = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]


def init(*, output: Output = Path("aiaudit.yaml"), force: Force = False) -> None:
    """Write a commented aiaudit.yaml."""
    from importlib.resources import files

    text = (files("aiaudit.settings") / "template.yaml").read_text("utf-8")
    try:
        with output.open("w" if force else "x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(f"{output} is there already; --force writes over it") from None
    except OSError as error:
        raise UsageError(f"{output} cannot be written: {error.strerror}") from None
    console.say(f"written: {console.inert(str(output))}")
