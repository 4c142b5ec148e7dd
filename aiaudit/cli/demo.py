"""`aiaudit demo`: the whole audit on the sample logs that ship with the program."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aiaudit.cli import console

Output = Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="Where results go.")]


def demo(*, output: Output = Path("aiaudit-demo")) -> None:
    """Audit the sample logs that ship with aiaudit: an invented company's month."""
    from aiaudit.cli.analyze import conduct
    from aiaudit.resources import shipped
    from aiaudit.settings import CONFIG, Flags, load

    samples = Path(str(shipped("sample_logs")))
    config = samples / CONFIG
    flags = Flags(inputs=(samples,), output=output)
    settings = load(flags, config=config if config.is_file() else None)
    conduct(settings, quiet=False, verbose=False, progress=True)
    console.say()
    console.say("Next:")
    console.say(f"  aiaudit explain savings.headline {console.inert(str(output / 'audit.json'))}")
    console.say("  aiaudit init")
    console.say("  aiaudit analyze YOUR-EXPORTS/")
